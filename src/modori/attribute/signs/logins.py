"""How the password was used besides: a trial letter first, guesses before it worked, sending without ever reading.

All from the provider's log or login history, which no stranger can write. Spammers try a stolen password with one
letter to a mailbox of their own; people who use a mailbox also read it.
"""

from __future__ import annotations

from modori.attribute.case import Case, Signs, distinct, is_mine, sign
from modori.attribute.signs.usual import tells, usual
from modori.types import Usage

_DAY = 86_400.0
_PAUSE = 60.0  # seconds between a trial and the flood, at least
_FLOOD = 5  # letters that follow
_GUESSES = 5
_READING = frozenset({"imap", "pop3", "webmail"})


def signs(case: Case) -> Signs:
    if not case.routes("auth", "own"):
        return
    known = usual(case)
    strange = [
        use
        for use in case.background.submissions
        if use.what[2] == "auth"
        and is_mine(case, use.what[1])
        and use.client_ip not in known
        and tells(case, use.client_ip)
        and case.during(use.first, use.last, _DAY)
    ]
    if not strange:
        return
    if known:
        yield from _trial(strange)
    yield from _guessed(case, strange)
    yield from _never_reads(case, strange)


def _trial(strange: list[Usage]) -> Signs:
    """The first letter from a new address went alone to one recipient, and the flood followed."""
    first, *later = sorted(strange, key=lambda use: (use.first, use.client_ip))
    alone = first.count == 1 and first.recipients == 1
    if alone and later and later[0].first - first.first >= _PAUSE and sum(use.count for use in later) >= _FLOOD:
        yield sign("probe", places=[first.place] if first.place else (), ip=first.client_ip, when=first.first)


def _guessed(case: Case, strange: list[Usage]) -> Signs:
    begun = {use.client_ip: use.first for use in strange}
    failed = [use for use in _logins(case, "failed") if use.first < begun.get(use.client_ip, 0.0)]
    if sum(use.count for use in failed) >= _GUESSES:
        yield sign(
            "password-guessed",
            places=[use.place for use in failed if use.place],
            count=sum(use.count for use in failed),
            ip=distinct(use.client_ip for use in failed)[0],
        )


def _never_reads(case: Case, strange: list[Usage]) -> Signs:
    """The owner reads mail by IMAP or POP; whoever sent these letters never did."""
    readers = {use.client_ip for use in _logins(case, "ok") if use.what[1] in _READING}
    senders = {use.client_ip for use in strange}
    if readers and not senders & readers:
        yield sign("auth-without-imap", places=[use.place for use in strange if use.place], count=len(senders))


def _logins(case: Case, result: str) -> list[Usage]:
    return [use for use in case.background.logins if use.what[2] == result and is_mine(case, use.what[0])]
