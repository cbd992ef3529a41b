"""From the bytes of one message to a Letter."""

from __future__ import annotations

import re

from modori.octets.headers import HEAD_LIMIT, head_end, head_map
from modori.read.folders import labelled_sent
from modori.types import Letter, Place

LIMIT = 32 * 1024 * 1024  # nobody's mail is larger; what is larger is read up to here
_DAY, _NOON = 86400, 43200
_TAKEOUT = b"X-GM-THRID:"
_STAMP = re.compile(rb" (\d\d):(\d\d)(?::\d\d)? ([+-])(\d\d)(\d\d)")


def one(
    raw: bytes, place: Place, sent: bool = False, arrived: float | None = None, clock: float | None = None
) -> Letter:
    """The letter in `raw`. `clock` is an arrival time by a clock whose zone nobody named (mbox), read as if UTC.

    X-Gmail-Labels is believed only where Google Takeout writes it, above everything that came with the letter.
    """
    end, body = head_end(raw)
    head = head_map(raw[: min(end, HEAD_LIMIT)])
    if not sent and raw.startswith(_TAKEOUT) and b"x-gmail-labels" in head:
        sent = labelled_sent(head[b"x-gmail-labels"])
    if clock is not None:
        arrived = _settle(clock, head.get(b"received", b""))
    return Letter(place, raw, head, body, sent, arrived)


def _settle(clock: float, received: bytes) -> float:
    """A From_ line without zone in UTC: RFC 4155 says it is UTC, but most servers write their local time.

    The server wrote its top Received line at the same moment, with a zone: whichever of the two readings brings the
    times of day nearer to one another holds.
    """
    stamp = _STAMP.search(received, received.rfind(b";"))
    if stamp is None:
        return clock
    hour, minute, sign, zone_hours, zone_minutes = stamp.groups()
    zone = (60 * int(zone_hours) + int(zone_minutes)) * (60 if sign == b"+" else -60)
    local = (clock - 3600 * int(hour) - 60 * int(minute) + _NOON) % _DAY - _NOON  # off by this much if it is local time
    universal = (local + zone + _NOON) % _DAY - _NOON  # and by this much if it is UTC
    return clock - zone if abs(local) < abs(universal) else clock
