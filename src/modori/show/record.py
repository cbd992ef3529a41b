"""One failed recipient as one JSON object or one CSV row: what `modori parse` streams.

Names and order of the keys are a promise to other programs: add, never rename. Text is passed on as it came, apart
from what UTF-8 cannot hold; in CSV, what a spreadsheet would run as a formula is kept from it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from modori.show.json import iso, place
from modori.show.safe import encodable
from modori.types import Bounce, Failure, Original

CSV_COLUMNS = (
    "source", "offset", "dialect", "writer", "when", "recipient", "action", "status", "reply", "command", "reason",
    "permanent", "because", "remote", "diagnosis", "original_from", "original_to", "original_subject",
    "original_message_id", "original_date",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def records(bounce: Bounce, original: Original | None) -> Iterator[dict[str, Any]]:
    """An object for every failure of the bounce, in order; the failures have been explained."""
    shared = _shared(bounce)
    returned = _original(original) if original else None
    for failure in bounce.failures:
        yield {**shared, **_failure(failure), "original": returned}


def csv_head() -> bytes:
    """The line with the names of the columns (RFC 4180)."""
    return _line(CSV_COLUMNS)


def csv_rows(bounce: Bounce, original: Original | None) -> Iterator[bytes]:
    """A line for every failure of the bounce."""
    for record in records(bounce, original):
        returned = record.pop("original") or {}
        at = record.pop("place")
        flat = {**record, **at, **{f"original_{name}": value for name, value in returned.items()}}
        yield _line(cell(flat.get(column)) for column in CSV_COLUMNS)


def _shared(bounce: Bounce) -> dict[str, Any]:
    return {
        "place": place(bounce.place),
        "dialect": bounce.dialect,
        "writer": encodable(bounce.writer),
        "when": iso(bounce.when),
    }


def _failure(failure: Failure) -> dict[str, Any]:
    reason = failure.reason
    return {
        "recipient": encodable(failure.recipient),
        "action": failure.action,
        "status": failure.status,
        "reply": failure.reply or None,
        "command": failure.command,
        "diagnosis": encodable(failure.diagnosis),
        "remote": encodable(failure.remote_mta),
        "reason": reason.code if reason else "undefined",
        "permanent": bool(reason and reason.permanent),
        "because": encodable(reason.because) if reason else "",
        "alias": encodable(failure.alias),
        "feedback": encodable(failure.feedback),
    }


def _original(original: Original) -> dict[str, Any]:
    return {
        "from": encodable(original.sender),
        "to": [encodable(recipient) for recipient in original.recipients],
        "subject": encodable(original.subject),
        "message_id": encodable(original.message_id),
        "date": encodable(original.date),
        "complete": original.complete,
    }


def cell(value: object) -> str:
    """A value as CSV holds it, never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")
