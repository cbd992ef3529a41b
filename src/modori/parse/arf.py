"""Complaints in the Abuse Reporting Format (RFC 5965), authentication failures (RFC 6591), and Hotmail's bare JMRP.

Nobody refused anything here: a recipient pressed "spam", so the action is "complaint" and the reason lies in the type.
"""

from __future__ import annotations

import re

from modori.knowledge.dialect import Dialect
from modori.octets.addresses import addresses, clean
from modori.octets.headers import HEAD_LIMIT, fields, head_end, head_map
from modori.parse.anatomy import Anatomy
from modori.types import Failure

FEEDBACK = b"message/feedback-report"
_TYPE = re.compile(r"[a-z][a-z-]{0,40}")
_MOST = 1000


def read(anatomy: Anatomy, dialect: Dialect) -> list[Failure]:
    """One complaint per complaining recipient that the report names."""
    report = next((p for p in anatomy.parts if p.kind == FEEDBACK), None)
    if report is None:
        return _bare(anatomy)
    said = [(name.lower(), value.strip()) for name, value in fields(report.content(anatomy.raw))]
    kind = _TYPE.match(dict(reversed(said)).get(b"feedback-type", b"abuse").decode("latin-1").lower())
    feedback = kind[0] if kind else "other"
    named = [value for name, value in said if name in (b"original-rcpt-to", b"removal-recipient", b"redacted-address")]
    recipients = [a for value in named[:_MOST] if "@" in (a := clean(value)) and not a.endswith("@")]
    recipients = recipients or _original_recipients(anatomy) or [clean(v) for v in named[:1]] or ["redacted"]
    diagnosis = anatomy.text.strip().partition("\n\n")[0]
    return [_complaint(r, feedback, " ".join(diagnosis.split())) for r in dict.fromkeys(recipients)]


def _bare(anatomy: Anatomy) -> list[Failure]:
    """Hotmail's JMRP: nothing but the original, with the complaining recipient in a header of its own."""
    if anatomy.returned is None or anatomy.statuses:
        return []
    recipients = _original_recipients(anatomy)
    return [_complaint(r, "abuse", "") for r in recipients]


def _original_recipients(anatomy: Anatomy) -> list[str]:
    at, inner, _ = anatomy.original
    source, begin = (inner, 0) if inner else (anatomy.raw, at[0] if at else 0)
    if not inner and not at:
        return []
    end, _ = head_end(source, begin, min(len(source), begin + HEAD_LIMIT))
    head = head_map(source[begin:end])
    for name in (b"x-hmxmroriginalrecipient", b"x-rcpt-to", b"to", b"cc"):
        if found := addresses(head.get(name, b""))[:_MOST]:
            return found
    return []


def _complaint(recipient: str, feedback: str, diagnosis: str) -> Failure:
    return Failure(recipient=recipient, action="complaint", feedback=feedback, diagnosis=diagnosis[:2000])
