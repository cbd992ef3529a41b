"""The passwords page: make one, judge one, find the shared ones.

What is typed or handed over is neither shown again nor written anywhere: it comes by POST, lives as long as its
request, and the answer is not to be stored (guard.HEADERS).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from modori.passwords import exports, make, sharing, strength
from modori.show import passwords as said
from modori.show.words import Words
from modori.web.forms import TooLarge, fields, number, secret_files
from modori.web.page import language, page
from modori.web.starting import own

_MOST_BYTES = exports.MOST_BYTES + (1 << 20)  # the file, and what a form adds
_LISTED = 100  # accounts of one group
_GROUPS = 200
_CHOICES = ("kind", "words", "length", "symbols")


@dataclass(frozen=True, slots=True, repr=False)
class New:
    """A new password and how many there are like it."""

    password: str
    said: str


@dataclass(frozen=True, slots=True)
class Judged:
    """How strong a password is; it is not in here."""

    grade: str
    because: list[str]
    lasting: list[str]


@dataclass(frozen=True, slots=True)
class Members:
    """The accounts that share one password, in the order to change them; `more` are not listed."""

    heading: str
    leaked: bool
    accounts: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an export told. `lines` come before the groups, `after` behind them."""

    lines: list[str]
    groups: list[Members]
    after: list[str]


def start(request: Request) -> Response:
    return _page(request)


def _page(
    request: Request, *, new: New | None = None, judged: Judged | None = None, found: Found | None = None,
    choices: Mapping[str, str] | None = None, wrong: tuple[str, str] = ("", ""),
) -> Response:  # fmt: skip
    """`choices` are those of the form for new passwords; `wrong` names a form and says what is wrong in it."""
    return page(
        request, "passwords.html.jinja", 422 if wrong[0] else 200, here="/passwords", new=new, judged=judged,
        found=found, choices={"kind": "words", "words": str(make.WORDS), "length": str(make.LENGTH), "symbols": "yes",
        **(choices or {})}, wrong=wrong, make=make,
    )  # fmt: skip


# --- a new one ----------------------------------------------------------------------------------------------------


async def new(request: Request) -> Response:
    words, told = Words(language(request)), await fields(request)
    choices: dict[str, str] = {"symbols": "", **{name: told[name] for name in _CHOICES if name in told}}
    count = number(choices.get("words", ""), make.FEWEST, make.MOST)
    length = number(choices.get("length", ""), make.SHORTEST, make.LONGEST)
    if choices.get("kind") == "characters":
        if length is None:
            return _out_of_range(request, words, "length", make.SHORTEST, make.LONGEST)
        made = make.characters(length, choices["symbols"] == "yes")
    else:
        if count is None:
            return _out_of_range(request, words, "words", make.FEWEST, make.MOST)
        made = make.words(count, words.lang)
    return _page(request, new=New(made.password, said.made(words, made.bits)), choices=choices)


def _out_of_range(request: Request, words: Words, name: str, least: int, most: int) -> Response:
    return _page(request, wrong=("new", words.say(f"password.page.{name}_range", {"least": least, "most": most})))


# --- one that is there --------------------------------------------------------------------------------------------


async def check(request: Request) -> Response:
    told = await fields(request)
    words = Words(language(request))
    if not told.get("password"):
        return _page(request, wrong=("check", words.say("password.wrong.empty")))
    judged = await run_in_threadpool(strength.judge, told["password"], own(told.get("me", "")))
    return _page(
        request,
        judged=Judged(judged.grade, said.reasons(words, judged.because), said.lasting(words, judged.guesses)),
    )


# --- all of them --------------------------------------------------------------------------------------------------


async def reused(request: Request) -> Response:
    words = Words(language(request))
    try:
        told = await secret_files(request, _MOST_BYTES)
    except TooLarge:
        return _page(request, wrong=("reused", words.say("password.wrong.too-large", {"file": "CSV"})))
    file = told.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _page(request, wrong=("reused", words.say("password.page.choose")))
    try:
        found = await run_in_threadpool(_found, words, file, told)
    except exports.NoExport as wrong:
        return _page(request, wrong=("reused", words.say(f"password.wrong.{wrong}", {"file": file.filename})))
    finally:
        await file.close()
    return _page(request, found=found)


def _found(words: Words, file: UploadFile, told: FormData) -> Found:
    key = exports.Key()
    accounts = exports.read(file.file, key)
    leaked = str(told.get("leaked", ""))
    domains = sharing.own_domains(accounts, own(str(told.get("me", ""))))
    groups = sharing.groups(accounts, domains, key.digest(leaked) if leaked else None)
    shared = sum(len(group.accounts) > 1 for group in groups)
    lines = [words.say("password.reused.read", {"accounts": len(accounts), "groups": shared})]
    if leaked and not any(group.leaked for group in groups):
        lines.append(words.say("password.reused.leaked_none"))
    if not groups:
        lines.append(words.say("password.reused.none"))
    after = [words.say("password.reused.domains", {"domains": sorted(domains)})] if domains else []
    after.append(words.say("password.reused.delete", {"file": file.filename}))
    return Found(lines, _members(words, groups), after)


def _members(words: Words, groups: Sequence[sharing.Group]) -> list[Members]:
    return [
        Members(
            said.group(words, place, group.leaked, len(group.accounts)),
            group.leaked,
            [said.account(words, kind, one.host or one.name, one.user) for kind, one in group.accounts[:_LISTED]],
            max(0, len(group.accounts) - _LISTED),
        )
        for place, group in enumerate(groups[:_GROUPS])
    ]
