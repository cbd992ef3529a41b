"""Letters with bare CR line ends (old Macintosh exports) made readable without moving a single offset."""

from __future__ import annotations

from dataclasses import replace

from modori.octets import headers
from modori.types import Letter

_PROBE = 4096


def uniform(letter: Letter) -> Letter:
    """The same letter with every lone CR as LF, byte for byte as long; itself when it has none near its top."""
    raw = letter.raw
    if raw.find(b"\r", 0, _PROBE) < 0 or raw.count(b"\r", 0, _PROBE) == raw.count(b"\r\n", 0, _PROBE + 1):
        return letter
    raw = raw.replace(b"\r\n", b"\0\n").replace(b"\r", b"\n").replace(b"\0\n", b"\r\n")
    head_end, body_at = headers.head_end(raw, 0, headers.HEAD_LIMIT)
    return replace(letter, raw=raw, head=headers.head_map(raw[:head_end]), body_at=body_at)
