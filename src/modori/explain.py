"""Why the mail was refused: the words of a failure first, then its codes -> Reason.

A status code is what a server's author thought of; the text is what happened ("550 5.1.1 too many messages" is no
unknown user). From the surest witness to the weakest: a rule for that very host, the phrases, a specific status code
(RFC 3463), a weak phrase, the reply code with its command (RFC 5321), a vague status, and what the dialect implies.
The witness that decided stays in `Reason.because`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from modori.knowledge import codes, phrasebook, remote_rules, table
from modori.octets.fold import LIMIT, fold
from modori.types import Bounce, Failure, Reason

# Letters read of all diagnoses of one report together, and of each at least: many long ones are nobody's honest report.
_OF_ALL, _ENOUGH = 1 << 20, 300
_BY_ACTION = dict.fromkeys(("delivered", "relayed", "expanded"), "delivered")


def explain(bounce: Bounce) -> Bounce:
    """The same bounce, every failure with its reason."""
    dialect, writer = bounce.dialect, bounce.writer
    most = max(_ENOUGH, _OF_ALL // max(len(bounce.failures), 1))
    told = [_because(failure, reason(failure, dialect, writer, most)) for failure in bounce.failures]
    return _with(bounce, tuple(told))


def _with(b: Bounce, told: tuple[Failure, ...]) -> Bounce:
    """The bounce with other failures: what `replace` does in thrice the time, for every bounce of a flood."""
    return Bounce(
        b.place, b.dialect, b.writer, b.when, told, b.original_at, b.original_raw, b.original_complete, b.queue_id,
        b.envelope_sender, b.arrival,
    )  # fmt: skip


def _because(f: Failure, why: Reason) -> Failure:
    """The same for a failure and its reason."""
    return Failure(
        f.recipient, f.action, f.status, f.reply, f.command, f.diagnosis, f.remote_mta, why, f.alias, f.feedback
    )


def reason(failure: Failure, dialect: str = "", writer: str = "", most: int = LIMIT) -> Reason:
    """Why this recipient was not reached, by the first `most` letters of its diagnosis.

    Where no refusing host is named, the writer speaks for itself.
    """
    if failure.action == "complaint":
        return Reason(codes.by_feedback(failure.feedback), False, failure.feedback)
    known = _BY_ACTION.get(failure.action)
    if known:
        return Reason(known, False, failure.action)
    return _decided(
        _Case(
            fold(failure.diagnosis, most),
            failure.status,
            failure.reply,
            failure.command,
            failure.remote_mta,
            failure.action,
            dialect,
            writer,
        )
    )


class _Case(NamedTuple):
    """All that bears on the reason: the bounces of a flood differ in their addresses, which `fold` has taken out."""

    text: str
    status: str
    reply: int
    command: str
    host: str
    action: str
    dialect: str
    writer: str


@lru_cache(maxsize=1024)
def _decided(case: _Case) -> Reason:
    code, because = next(_witnesses(case))
    code = codes.turned(code, case.status, case.command, case.dialect)
    return Reason(code, _permanent(code, case), because)


def _witnesses(case: _Case) -> Iterator[tuple[str, str]]:
    """(reason, because) of everything that speaks, the surest first; the last one always does."""
    matching = (rule for rule in remote_rules.of_host(case.host, case.text, case.writer) if rule.fits(case[:4]))
    rules = [(rule.reason, rule.because, bool(rule.text)) for rule in matching]
    yield from ((code, because) for code, because, worded in rules if worded)
    phrase = phrasebook.best(case.text)
    if phrase and phrase.tier > 0:
        yield phrase.reason, phrase.text
    yield from ((code, because) for code, because, worded in rules if not worded)
    if found := codes.by_stage(case.reply, case.command):
        yield found, f"{case.reply} {case.command}"
    if found := codes.by_status(case.status, vague=False):
        yield found, case.status
    if phrase:
        yield phrase.reason, phrase.text
    yield from _vaguely(case)


def _vaguely(case: _Case) -> Iterator[tuple[str, str]]:
    """What is left when neither words nor an exact code speak."""
    if found := codes.by_reply(case.reply, case.command):
        yield found, f"{case.reply} {case.command}"
    if case.action == "delayed":
        yield "expired", case.action
    if found := codes.by_status(case.status, vague=True):
        yield found, case.status
    if found := codes.by_reply_alone(case.reply):
        yield found, str(case.reply)
    if found := codes.by_dialect(case.dialect):
        yield found, case.dialect
    if case.action == "answered":
        yield "auto-reply", case.action
    yield ("on-hold" if case.text else "undefined"), ""


def _permanent(code: str, case: _Case) -> bool:
    """Whether the address is lost for good (Sisimai's "hard bounce"): by reason, for some by the class of the code."""
    permanence = table("reasons")[code]["permanent"]
    if permanence == "by-code":
        return not (case.status or str(case.reply)).startswith("4")
    return bool(permanence == "always")
