"""The report built like nearly all are (RFC 6522): words, one delivery-status part, the original after it.

A dozen searches find its pieces, without walking the parts. Anything else (encoded parts, a part missing or doubled) is
left to Anatomy.
"""

from __future__ import annotations

from dataclasses import dataclass

_SHORTEST = 4  # line end, two hyphens, a boundary
REACH = 64 * 1024  # the words of a report are shorter
_RETURNED = (b"message/rfc822", b"rfc822-headers", b"message/global")
_ENCODED = (b"base64", b"quoted-printable")


@dataclass(slots=True)
class Usual:
    """Offsets of the delivery-status part (with its head) and of the returned original."""

    status_at: int
    status_end: int
    original_at: int
    original_end: int
    complete: bool


def find(raw: bytes, body_at: int) -> Usual | None:
    """Where the pieces of a usual report lie; None for any rarer shape."""
    named = raw.find(b"message/delivery-status", body_at, body_at + REACH)
    begin = raw.rfind(b"\n--", body_at - 1, named) if named >= 0 else -1
    if begin < 0:
        return None
    line = raw[begin : raw.find(b"\n", begin + 1)].rstrip()
    end = raw.find(line, named)
    if end < 0 or len(line) < _SHORTEST:
        return None
    blank = b"\n\r\n" if raw.find(b"\r", begin, named) >= 0 else b"\n\n"
    next_at = raw.find(b"\n", end + len(line)) + 1
    head_end = raw.find(blank, next_at)
    if head_end < 0 or next_at <= 0 or raw[end + len(line) : next_at].strip():
        return None
    heads = (raw[begin : raw.find(blank, named)] + raw[next_at:head_end]).lower()
    if any(word in heads for word in _ENCODED) or not any(kind in heads for kind in _RETURNED):
        return None
    close = raw.find(line, head_end)
    stop = close if close >= 0 else len(raw)  # cut off: the last part is not closed
    at = head_end + len(blank)
    while at < stop and raw[at] in b"\r\n":
        at += 1
    if at >= stop:
        return None
    whole = close >= 0 and b"headers" not in heads
    return Usual(begin, end, at, stop, whole and _has_body(raw, at, stop, blank))


def _has_body(raw: bytes, at: int, end: int, blank: bytes) -> bool:
    body = raw.find(blank, at, end)
    return body >= 0 and not raw[body : min(end, body + 4096)].isspace()
