"""In which order a letter is tried: machine-readable parts, known texts, plain words, automatic answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from modori.knowledge.dialect import Dialect, dialects, report_marks
from modori.parse import arf, autoreply, dsn, mdn, plain, sendmail, smtp, sns, table, usual
from modori.parse.anatomy import Anatomy, Returned
from modori.parse.dsn import Group
from modori.types import Action, Failure, Letter

GENERAL = "rfc3464"
GENERAL_WORDS = "plain"
MOST_EXPLAINED = 1000

Reader = Callable[[Anatomy, Dialect], list[Failure]]
GRAMMARS: dict[str, Reader] = {
    "arf": arf.read,
    "autoreply": autoreply.read,
    "mdn": mdn.read,
    "plain": plain.read,
    "sendmail": sendmail.read,
    "sns": sns.read,
    "table": lambda anatomy, dialect: table.read(anatomy, dialect),
}


MOST_WRAPPINGS = 3
# Whose first words tell who speaks, under whatever subject and sender, and inside a wrapping.
GREETING = (
    "sendmail", "exim", "postfix", "smail", "opensmtpd", "dragonfly", "phquery", "lsmtp", "notes", "messagingserver",
    "qmail",
)  # fmt: skip


_SUCCESS = re.compile(r"\bsuccessfully (delivered|relayed)\b")
_NOT = re.compile(
    r"\b(?:could not|not (?:yet )?been|was not|were not|fail(?:ed|ure)|undeliver|unable|unsuccessful|error)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, as which dialect, with the fields that the report has for the whole message."""

    dialect: str
    failures: list[Failure]
    original: Returned  # of the inner letter when a report came wrapped
    message: Group = field(default_factory=dict)


def quick(letter: Letter, candidates: Sequence[str]) -> Reading | None:
    """A usual report that leaves nothing open; None for everything else."""
    pieces = usual.find(letter.raw, letter.body_at)
    if pieces is None:
        return None
    message, groups = dsn.groups(letter.raw[pieces.status_at : pieces.status_end])
    failures = dsn.failures(groups, letter.raw, letter.body_at, pieces.status_at)
    if not failures or not all(map(_says_something, failures)):
        return None
    original = ((pieces.original_at, pieces.original_end), b"", pieces.complete)
    return Reading(_dialect(message, candidates), failures, original, message)


def read(anatomy: Anatomy, candidates: Sequence[str], depth: int = 0) -> Reading | None:
    """The first reading that names a recipient; a report inside a wrapping that names none is read instead of it."""
    message, failures = dsn.read(anatomy)
    if not failures and not anatomy.statuses:
        message, failures = dsn.in_words(anatomy.text)
    if failures:
        name = _dialect(message, candidates)
        return Reading(name, _explained(anatomy, name, failures), anatomy.original, message)
    for name in candidates:
        if name == GENERAL_WORDS:
            greeted = _greeted(anatomy, candidates, message) or _wrapped(anatomy, depth)
            if greeted is not None:
                return greeted
        dialect = dialects()[name]
        failures = GRAMMARS[dialect.grammar](anatomy, dialect)
        if failures:
            return Reading(name, _accepted(anatomy, _completed(message, failures)), anatomy.original, message)
    return None


def _completed(message: Group, failures: list[Failure]) -> list[Failure]:
    """The only recipient, whom the words name and the machine-readable part does not, with what that part says."""
    if len(failures) > 1 or not (b"status" in message or b"diagnostic-code" in message):
        return failures
    told = dsn.failure({**message, b"final-recipient": b"rfc822;" + failures[0].recipient.encode()})
    return [told] if told and _says_something(told) else failures


def _accepted(anatomy: Anatomy, failures: list[Failure]) -> list[Failure]:
    """A success report that lost its machine-readable part, as what its words say it is."""
    if "ccessfully" not in anatomy.text or not (said := _SUCCESS.search(anatomy.plain)):
        return failures
    action: Action = "relayed" if said[1] == "relayed" else "delivered"
    wholly = not _NOT.search(anatomy.plain)
    return [replace(f, action=action) if f.reply // 100 == 2 or (wholly and not f.reply) else f for f in failures]


def _greeted(anatomy: Anatomy, candidates: Sequence[str], message: Group) -> Reading | None:
    """As a dialect that needs no mark; only where the words report something, for it costs a dozen searches."""
    if not anatomy.reports and b"x-failed-recipients" not in anatomy.letter.head:
        return None
    for name in GREETING:
        dialect = dialects()[name]
        failures = GRAMMARS[dialect.grammar](anatomy, dialect) if name not in candidates else []
        if failures:
            return Reading(name, failures, anatomy.original, message)
    return None


def _wrapped(anatomy: Anatomy, depth: int) -> Reading | None:
    """The report that came inside this one."""
    inner = anatomy.inner() if depth < MOST_WRAPPINGS else None
    return read(Anatomy(inner), (GENERAL_WORDS,), depth + 1) if inner is not None else None


def _dialect(message: Group, candidates: Sequence[str]) -> str:
    for name, dialect in report_marks().items():
        if name in message:
            return dialect
    known = dialects()
    return next((n for n in candidates if known[n].grammar in ("table", "sendmail")), GENERAL)


def _explained(anatomy: Anatomy, name: str, failures: list[Failure]) -> list[Failure]:
    """Recipients whose Diagnostic-Code is missing or a bare number get what the human-readable text says of them."""
    if len(failures) > MOST_EXPLAINED or all(map(_says_something, failures)):
        return failures
    dialect = dialects()[name]
    told = {f.recipient.lower(): f for f in GRAMMARS[dialect.grammar](anatomy, dialect)}
    return [f if _says_something(f) else _with_words(f, told.get(f.recipient.lower()), anatomy) for f in failures]


def _says_something(failure: Failure) -> bool:
    if failure.action == "failed" and failure.reply // 100 == 2:
        return False  # the last answer that a failed session got, "250 OK", is not why it failed
    return len(failure.diagnosis) > 12 or any(c.isalpha() for c in failure.diagnosis)


def _with_words(failure: Failure, told: Failure | None, anatomy: Anatomy) -> Failure:
    words = told.diagnosis if told and told.diagnosis else plain.about(anatomy.text, failure.recipient)
    if not words:
        return failure
    reply = smtp.reply(words)
    status = smtp.status("" if failure.status.startswith("2") else failure.status, words, reply)
    return replace(failure, diagnosis=words, reply=reply, command=smtp.command(words), status=status)
