"""modori password: make, judge, and find what is shared. Nothing is stored, and nothing that was typed is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from getpass import getpass

from modori.cli import console
from modori.cli.guard import guarded
from modori.errors import ModoriError, UsageError
from modori.passwords import make
from modori.passwords.sharing import Group
from modori.show import passwords as shown
from modori.show import safe
from modori.show.words import Words

WEAK = 10  # a finding, as the exit statuses of `check` from 10 on
_MOST = 100
_LISTED = 40  # accounts of one group


def new(length: int, words: int, symbols: bool, count: int, lang: str) -> int:
    """Print new passwords, one a line, and on standard error how strong they are."""

    def work() -> int:
        tongue = console.language(lang)
        _within(tongue, "length", length, make.SHORTEST, make.LONGEST)
        _within(tongue, "count", count, 1, _MOST)
        if words:
            _within(tongue, "words", words, make.FEWEST, make.MOST)
        made = [make.words(words, tongue) if words else make.characters(length, symbols) for _ in range(count)]
        for one in made:
            print(one.password)
        print(shown.made(Words(tongue), made[0].bits), file=sys.stderr)
        return 0

    return guarded(work)


def check(me: Sequence[str], lang: str) -> int:
    """0 when it is good enough, 10 when it is weak."""

    def work() -> int:
        from modori.passwords import strength

        words = Words(console.language(lang))
        found = strength.judge(_secret(words, "password"), me)
        bullet = "  ・" if words.lang == "ja" else "  - "
        lines = [words.say(f"password.grade.{found.grade}")]
        lines += [bullet + reason for reason in shown.reasons(words, found.because)]
        lines += shown.lasting(words, found.guesses)
        if found.grade != "strong":
            lines.append(words.say("password.line.advice"))
        print("\n".join(lines))
        return WEAK if found.grade == "weak" else 0

    return guarded(work)


def reused(file: str, me: Sequence[str], lang: str) -> int:
    """0 when no password is shared and none leaked, 10 when one is."""

    def work() -> int:
        from modori.passwords import exports, sharing

        words = Words(console.language(lang))
        key = exports.Key()
        try:
            with open(file, "rb") as stream:
                accounts = exports.read(stream, key)
        except exports.NoExport as wrong:
            raise UsageError(words.say(f"password.wrong.{wrong}", {"file": file})) from wrong
        except OSError as wrong:
            raise UsageError(words.say("password.wrong.unreadable", {"file": file, "why": wrong.strerror})) from wrong
        leaked = _secret(words, "leaked", needed=False) if sys.stdin.isatty() else ""
        domains = sharing.own_domains(accounts, me)
        groups = sharing.groups(accounts, domains, key.digest(leaked) if leaked else None)
        for line in _told(words, groups, len(accounts), bool(leaked)):
            print(line)
        if domains:
            _say(words, "reused.domains", domains=sorted(domains))
        _say(words, "reused.delete", file=safe.line(os.path.basename(file)))
        return WEAK if groups else 0

    return guarded(work)


# --- what is said -------------------------------------------------------------------------------------------------


def _told(words: Words, groups: Sequence[Group], accounts: int, asked: bool) -> Iterator[str]:
    shared = sum(len(group.accounts) > 1 for group in groups)
    yield words.say("password.reused.read", {"accounts": accounts, "groups": shared})
    if asked and not any(group.leaked for group in groups):
        yield words.say("password.reused.leaked_none")
    if not groups:
        yield words.say("password.reused.none")
    for number, group in enumerate(groups):
        yield ""
        yield shown.group(words, number, group.leaked, len(group.accounts))
        yield from _members(words, group)


def _members(words: Words, group: Group) -> Iterator[str]:
    for place, (kind, account) in enumerate(group.accounts[:_LISTED], 1):
        yield f"  {place:>2}. {shown.account(words, kind, account.host or account.name, account.user)}"
    if len(group.accounts) > _LISTED:
        yield "      " + words.say("password.reused.more", {"count": len(group.accounts) - _LISTED})


def _say(words: Words, key: str, **params: object) -> None:
    print(words.say(f"password.{key}", params), file=sys.stderr)


# --- what is asked ------------------------------------------------------------------------------------------------


def _secret(words: Words, what: str, needed: bool = True) -> str:
    """Typed without echo on a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        try:
            given = getpass(words.say(f"password.ask.{what}") + " ")
        except EOFError:
            given = ""
    else:
        given = sys.stdin.buffer.readline(1 << 16).decode("utf-8", "replace").rstrip("\r\n")
    if needed and not given:
        raise ModoriError(words.say("password.wrong.empty"))
    return given


def _within(lang: str, option: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise UsageError(Words(lang).say(f"password.wrong.{option}", {"least": least, "most": most}))
