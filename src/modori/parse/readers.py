"""In which order a letter is tried: machine-readable parts, known texts, plain words, automatic answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from modori.knowledge.dialect import Dialect, dialects, report_marks
from modori.parse import arf, autoreply, dsn, mdn, plain, sendmail, table
from modori.parse.anatomy import Anatomy
from modori.parse.dsn import Group
from modori.types import Failure

GENERAL = "rfc3464"

Reader = Callable[[Anatomy, Dialect], list[Failure]]
GRAMMARS: dict[str, Reader] = {
    "arf": arf.read,
    "autoreply": autoreply.read,
    "mdn": mdn.read,
    "plain": plain.read,
    "sendmail": sendmail.read,
    "table": lambda anatomy, dialect: table.read(anatomy.text, dialect),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, as which dialect, with the fields that the report has for the whole message."""

    dialect: str
    failures: list[Failure]
    message: Group = field(default_factory=dict)


def read(anatomy: Anatomy, candidates: Sequence[str]) -> Reading | None:
    """The first reading that names a recipient."""
    message: Group = {}
    if anatomy.statuses:
        message, failures = dsn.read(anatomy)
        if failures:
            name = _dialect(message, candidates)
            return Reading(name, _explained(anatomy, name, failures), message)
    known = dialects()
    for name in candidates:
        dialect = known.get(name)
        failures = GRAMMARS[dialect.grammar](anatomy, dialect) if dialect else []
        if failures:
            return Reading(name, failures, message)
    return None


def _dialect(message: Group, candidates: Sequence[str]) -> str:
    marks = report_marks()
    written = next((marks[name] for name in message if name in marks), "")
    return written or next((n for n in candidates if dialects()[n].grammar in ("table", "sendmail")), GENERAL)


def _explained(anatomy: Anatomy, name: str, failures: list[Failure]) -> list[Failure]:
    """Recipients without a Diagnostic-Code get what the human-readable text says of them."""
    if all(f.diagnosis for f in failures) or len(failures) > 1000:
        return failures
    dialect = dialects()[name]
    told = {f.recipient.lower(): f for f in GRAMMARS[dialect.grammar](anatomy, dialect)} if dialect.grammar != "plain" else {}
    return [f if f.diagnosis else _with_words(f, told.get(f.recipient.lower()), anatomy) for f in failures]


def _with_words(failure: Failure, told: Failure | None, anatomy: Anatomy) -> Failure:
    words = told.diagnosis if told and told.diagnosis else plain.about(anatomy.text, failure.recipient)
    if not words:
        return failure
    reading = table.build(failure.recipient, words)
    return replace(
        failure, diagnosis=words, reply=reading.reply, command=reading.command, status=failure.status or reading.status
    )
