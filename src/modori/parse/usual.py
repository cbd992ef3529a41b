"""The report built like nearly all are (RFC 6522): words, one delivery-status part, the original after it.

A dozen searches find its pieces, without walking the parts. Anything else (encoded parts, other line ends, a part
missing or doubled, an end that was cut off) is left to Anatomy.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    if named < 0 or raw.find(b"\r", body_at, named) >= 0:
        return None
    begin = raw.rfind(b"\n--", body_at - 1, named)
    line = raw[begin : raw.find(b"\n", begin + 1)].rstrip()
    end = raw.find(line, named)
    if begin < 0 or end < 0 or len(line) < 4:
        return None
    next_at = end + len(line) + 1
    head_end = raw.find(b"\n\n", next_at)
    close = raw.find(line, head_end)
    if close < 0 or head_end < 0 or raw[end + len(line) : next_at] != b"\n":
        return None
    heads = (raw[begin : raw.find(b"\n\n", named)] + raw[next_at:head_end]).lower()
    if any(word in heads for word in _ENCODED) or not any(kind in heads for kind in _RETURNED):
        return None
    at = head_end + 2
    while at < close and raw[at] == 10:
        at += 1
    if at >= close:
        return None
    return Usual(begin, end, at, close, b"headers" not in heads and _has_body(raw, at, close))


def _has_body(raw: bytes, at: int, end: int) -> bool:
    body = raw.find(b"\n\n", at, end)
    return body >= 0 and not raw[body : min(end, body + 4096)].isspace()
