"""Dates as mail writes them (RFC 5322 section 3.3 and its obsolete forms) to epoch seconds.

The hot form is read by one regex and a cache of days; anything else goes to the standard library, and what that
cannot read is None, never a guess.
"""

from __future__ import annotations

import re
from calendar import timegm
from email.utils import parsedate_tz
from functools import lru_cache

_HOT = re.compile(
    rb"(?:[A-Za-z]{3},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})\s+(\d\d?):(\d\d)(?::(\d\d))?\s*(?:([+-])(\d\d):?(\d\d))?"
)
_USUAL = re.compile(rb"\s*+(?:[A-Za-z]{3},?[ \t]++)?(\d\d? [A-Za-z]{3} \d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4})(?!:)")
_MONTHS = {m: i for i, m in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


@lru_cache(maxsize=4096)
def _day(year: int, month: int, day: int) -> int:
    return timegm((year, month, day, 0, 0, 0))


@lru_cache(maxsize=4096)
def _midnight(day: bytes) -> int | None:
    """Of "2 Nov 2026", None when there is no such month or year."""
    number, mon, year = day.split(b" ")
    month = _MONTHS.get(mon.lower())
    return _day(int(year), month, int(number)) if month and 1970 <= int(year) <= 2100 and int(number) <= 31 else None


@lru_cache(maxsize=256)
def _offset(zone: bytes) -> int:
    """Seconds east of UTC of "+0900"."""
    seconds = (int(zone[1:3]) * 60 + int(zone[3:])) * 60
    return seconds if zone.startswith(b"+") else -seconds


def date(value: bytes) -> float | None:
    """Seconds since the epoch of a Date: value or of the tail of a Received line; None when it is none."""
    usual = _USUAL.match(value)
    if usual:
        day, hour, minute, second, zone = usual.groups()
        midnight = _midnight(day)
        if midnight is not None and hour < b"24" and minute < b"60":
            return float(midnight + int(hour) * 3600 + int(minute) * 60 + int(second) - _offset(zone))
    found = _HOT.search(value[:512])
    if found and found[7]:
        day, mon, year, hour, minute, second, sign, zh, zm = found.groups()
        month = _MONTHS.get(mon.lower())
        if month and 1970 <= int(year) <= 2100 and int(day) <= 31 and int(hour) < 24 and int(minute) < 60:
            offset = (int(zh) * 60 + int(zm)) * 60
            stamp = _day(int(year), month, int(day)) + int(hour) * 3600 + int(minute) * 60 + int(second or 0)
            return float(stamp - offset if sign == b"+" else stamp + offset)
    return _odd(value)


def zone_minutes(value: bytes) -> int | None:
    """Minutes east of UTC that a Date: value claims, None when it names none."""
    found = _HOT.search(value[:512])
    if found is None or not found[7]:
        return None
    minutes = int(found[8]) * 60 + int(found[9])
    return minutes if found[7] == b"+" else -minutes


def _odd(value: bytes) -> float | None:
    try:
        parts = parsedate_tz(value[:512].decode("latin-1"))
        if parts is None or not (1970 <= parts[0] <= 2100 and 1 <= parts[2] <= 31 and parts[3] < 24 and parts[4] < 60):
            return None
        return float(timegm((*parts[:6], 0, 0, 0)) - (parts[9] or 0))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
