"""Why the mail was refused: the words of a failure first, then its codes -> Reason.

A status code is what a server's author thought of; the text is what happened ("550 5.1.1 too many messages" is no
unknown user). From the surest witness to the weakest: a rule for that very host, the phrases, a specific status code
(RFC 3463), a weak phrase, the reply code with its command (RFC 5321), a vague status, and what the dialect implies.
The witness that decided stays in `Reason.because`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from modori.knowledge import codes, phrasebook, remote_rules, table
from modori.octets.fold import fold
from modori.types import Bounce, Failure, Reason

_BY_ACTION = {
    "complaint": "complaint",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
}


def explain(bounce: Bounce) -> Bounce:
    """The same bounce, every failure with its reason."""
    failures = tuple(replace(failure, reason=reason(failure, bounce.dialect)) for failure in bounce.failures)
    return replace(bounce, failures=failures)


def reason(failure: Failure, dialect: str = "") -> Reason:
    """Why this recipient was not reached."""
    known = _BY_ACTION.get(failure.action)
    if known:
        return Reason(known, False, failure.feedback or failure.action)
    text = fold(failure.diagnosis)
    code, because = next(_witnesses(failure, text, dialect))
    code = codes.turned(code, failure.status, failure.command, dialect)
    return Reason(code, _permanent(code, failure), because)


def _witnesses(failure: Failure, text: str, dialect: str) -> Iterator[tuple[str, str]]:
    """(reason, because) of everything that speaks, the surest first; the last one always does."""
    status, reply, command = failure.status, failure.reply, failure.command
    rules = [r for r in remote_rules.of_host(failure.remote_mta, text) if r.fits(text, status, reply, command)]
    yield from ((rule.reason, rule.because) for rule in rules if rule.text)
    phrase = phrasebook.best(text) if text else None
    if phrase and phrase.tier > 0:
        yield phrase.reason, phrase.text
    yield from ((rule.reason, rule.because) for rule in rules)
    if found := codes.by_stage(reply, command):
        yield found, f"{reply} {command}"
    if found := codes.by_status(status, vague=False):
        yield found, status
    if phrase:
        yield phrase.reason, phrase.text
    if found := codes.by_reply(reply, command):
        yield found, f"{reply} {command}"
    if failure.action == "delayed":
        yield "expired", failure.action
    if found := codes.by_status(status, vague=True):
        yield found, status
    if found := codes.by_reply_alone(reply):
        yield found, str(reply)
    yield _last_word(failure, text, dialect)


def _last_word(failure: Failure, text: str, dialect: str) -> tuple[str, str]:
    implied = table("codes")["dialect"].get(dialect)
    if implied:
        return implied, dialect
    if failure.action == "answered":
        return "auto-reply", failure.action
    return ("on-hold" if text else "undefined"), ""


def _permanent(code: str, failure: Failure) -> bool:
    """Whether the address is lost for good (Sisimai's "hard bounce"): by reason, for some by the class of the code."""
    permanence = table("reasons")[code]["permanent"]
    if permanence == "by-code":
        return not (failure.status or str(failure.reply or "")).startswith("4")
    return bool(permanence == "always")
