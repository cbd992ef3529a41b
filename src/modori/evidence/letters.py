"""What a letter proves by itself: a notice about the account, or a report that somebody attached."""

from __future__ import annotations

from collections.abc import Callable

from modori.evidence.notice import notice
from modori.types import Fact, Letter, Problem

_PACKED = (b"application/gzip", b"application/x-gzip", b"application/zip", b"application/x-zip")


def _ignore(problem: Problem) -> None:
    """For callers that do not collect problems."""


def from_letter(letter: Letter, trusted: bool, note: Callable[[Problem], None] = _ignore) -> list[Fact]:
    """Facts of one letter; `trusted` = its topmost Authentication-Results was written by the user's own server."""
    found = notice(letter, trusted)
    facts: list[Fact] = [] if found is None else [found]
    if _may_bring_report(letter):
        from modori.evidence.dmarc import attached  # its XML parser is loaded for reports alone

        facts += attached(letter, note)
    return facts


def _may_bring_report(letter: Letter) -> bool:
    """RFC 7489 section 7.2.1.1 fixes the subject; some senders keep to the attachment's type alone."""
    subject = letter.head.get(b"subject", b"")[:80].lower()
    if b"report" in subject and (b"domain" in subject or b"dmarc" in subject):
        return True
    return letter.head.get(b"content-type", b"").lower().startswith(_PACKED)
