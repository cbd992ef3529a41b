"""What a letter proves by itself: a notice about the account, or a report that somebody attached."""

from __future__ import annotations

import re
from collections.abc import Callable

from modori.evidence.notice import notice
from modori.types import Fact, Letter, Problem

_REPORT = re.compile(rb"(?i)report[ _-]{0,2}domain|dmarc")
_PACKED = re.compile(rb"(?i)application/(?:x-)?(?:gzip|zip|zip-compressed)")


def _ignore(problem: Problem) -> None:
    """For callers that do not collect problems."""


def from_letter(letter: Letter, trusted: bool, note: Callable[[Problem], None] = _ignore) -> list[Fact]:
    """Facts of one letter; `trusted` = its topmost Authentication-Results was written by the user's own server."""
    found = notice(letter, trusted)
    facts: list[Fact] = [] if found is None else [found]
    subject = letter.head.get(b"subject", b"")
    if _REPORT.search(subject[:200]) or _PACKED.match(letter.head.get(b"content-type", b"")):
        from modori.evidence.dmarc import attached  # its XML parser is loaded for reports alone

        facts += attached(letter, note)
    return facts
