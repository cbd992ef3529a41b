"""The server's clock: turns the local stamps of a log into UTC seconds, though they name no year and no zone.

BSD syslog stamps (RFC 3164 section 4.1.2) carry neither. Both are found in the log itself, because several ids that
mail servers write hold the epoch: `evidence/epochs.py` reads them, and the difference to the stamp beside them is the
zone. Where nothing tells, the year is the last one that does not lie after the file's own time, and the zone Japan's,
where the servers this program mostly meets are kept.
"""

from __future__ import annotations

import time
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from modori.evidence.epochs import dated
from modori.evidence.lines import blocks
from modori.types import Paper

JAPAN = 9 * 3600
_MONTHS = {name: i for i, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_QUARTER = 900  # zones lie on quarters of an hour
_SLACK = 90  # seconds between an id's birth and the line that shows it
_SAMPLE_BLOCKS = 4
_ENOUGH = 100  # clues

_Stamp: TypeAlias = tuple[int, int, int, int]  # year or 0, month, date, second of the day


@lru_cache(maxsize=8192)
def day(year: int, month: int, date: int) -> int:
    """Midnight of a day as if it were UTC."""
    return timegm((year, month, date, 0, 0, 0))


class Clock:
    """Local stamps to UTC. Remembers the last month, so that December to January turns the year, and back."""

    def __init__(self, zone: int, year: int, month: int) -> None:
        self.zone = zone
        self._year = year
        self._month = month
        self._last = b""
        self._when: float | None = None

    def bsd(self, stamp: bytes) -> float | None:
        """ "Feb 19 09:50:50" to seconds, None when it is no stamp."""
        if stamp != self._last:
            self._last = stamp
            self._when = self._read(stamp)
        return self._when

    def _read(self, stamp: bytes) -> float | None:
        month = _MONTHS.get(stamp[:3])
        seconds = seconds_of_day(stamp[7:15])
        date = stamp[4:6].strip()
        if month is None or seconds is None or not date.isdigit() or not 1 <= int(date) <= 31:
            return None
        self._turn(month)
        return float(day(self._year, month, int(date)) + seconds - self.zone)

    def _turn(self, month: int) -> None:
        """Keep each stamp nearest to the one before: a jump over half a year crosses New Year."""
        if month - self._month > 6:
            self._year -= 1
        elif self._month - month > 6:
            self._year += 1
        self._month = month

    def full(self, stamp: bytes) -> float | None:
        """ "2026-02-19 09:50:50" (or with a T), optionally with a fraction and a zone, to seconds."""
        if stamp[:19] != self._last:  # the fraction changes with every line, the second does not
            self._last = stamp[:19]
            self._when = _local(self._last)
        if self._when is None:
            return None
        offset = _offset(stamp[19:].lstrip(b".,0123456789")) if len(stamp) > 19 else None
        return self._when - (self.zone if offset is None else offset)


def _local(stamp: bytes) -> float | None:
    """ "2026-02-19 09:50:50" as if it were UTC."""
    seconds = seconds_of_day(stamp[11:])
    ymd = stamp[:10].split(b"-")
    if seconds is None or len(ymd) != 3 or not b"".join(ymd).isdigit():
        return None
    year, month, date = map(int, ymd)
    if not (1970 <= year <= 2100 and 1 <= month <= 12 and 1 <= date <= 31):
        return None
    return float(day(year, month, date) + seconds)


def seconds_of_day(text: bytes) -> int | None:
    """ "09:50:50" to 35450."""
    if len(text) != 8 or text[2] != 58 or text[5] != 58:  # the colons
        return None
    hour, minute, second = text[:2], text[3:5], text[6:]
    if not (hour.isdigit() and minute.isdigit() and second.isdigit()):
        return None
    return int(hour) * 3600 + int(minute) * 60 + int(second)


@lru_cache(maxsize=64)
def _offset(zone: bytes) -> int | None:
    """Seconds east of UTC of "+09:00", " +0900" or "Z"; None when nothing is named."""
    zone = zone.strip()
    if zone == b"Z":
        return 0
    digits = zone[1:].replace(b":", b"")
    if zone[:1] not in (b"+", b"-") or len(digits) != 4 or not digits.isdigit():
        return None
    east = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return east if zone[:1] == b"+" else -east


def calibrate(paper: Paper, now: float | None = None) -> Clock:
    """The clock of a log, from the ids in its first megabytes, else from the file's time."""
    latest = paper.modified or now or time.time()
    opening: tuple[int, int] | None = None
    clues: list[tuple[int, int, int]] = []
    with paper.open() as stream:
        for _, found in islice(blocks(stream), _SAMPLE_BLOCKS):
            opening = opening or _opening(found)
            clues += islice(_clues(b"\n".join(found), latest), _ENOUGH)
            if len(clues) >= _ENOUGH:
                break
    zone = Counter(clue[0] for clue in clues).most_common(1)[0][0] if clues else JAPAN
    year, month = clues[0][1:] if clues else _guess(opening, latest + zone)
    return Clock(zone, year, month)


def _opening(lines: list[bytes]) -> tuple[int, int] | None:
    """Month and day of the first stamp."""
    return next((stamp[1:3] for stamp in map(_stamp, lines) if stamp), None)


def _clues(block: bytes, latest: float) -> Iterator[tuple[int, int, int]]:
    """(seconds east, year, month) that an id and the stamp beside it give away, line by line."""
    for line, moment in dated(block, latest):
        stamp = _stamp(line)
        clue = None if stamp is None else _zone(stamp, moment)
        if clue is not None:
            yield clue


def _stamp(line: bytes) -> _Stamp | None:
    """The stamp of a line that begins with a local stamp."""
    line = line[:48]
    if line[:1] == b"<":
        line = line.partition(b">")[2]
    month = _MONTHS.get(line[:3])
    if month is not None:
        seconds, date, year = seconds_of_day(line[7:15]), line[4:6].strip(), b"0"
    elif line[4:5] == b"-" and line[7:8] == b"-" and line[5:7].isdigit():
        seconds, date, year, month = seconds_of_day(line[11:19]), line[8:10], line[:4], int(line[5:7])
    else:
        return None
    if seconds is None or not date.isdigit() or not year.isdigit():
        return None
    return int(year), month, int(date), seconds


def _zone(stamp: _Stamp, moment: float) -> tuple[int, int, int] | None:
    """(seconds east, year, month) that make the stamp and `moment` the same moment; None when none does."""
    named, month, date, seconds = stamp
    middle = time.gmtime(moment).tm_year
    for year in (named,) if named else (middle, middle - 1, middle + 1):
        if not (1 <= month <= 12 and 1 <= date <= 31 and 1970 <= year <= 2100):
            continue
        apart = day(year, month, date) + seconds - moment
        east = round(apart / _QUARTER) * _QUARTER
        if -12 * 3600 <= east <= 14 * 3600 and abs(apart - east) <= _SLACK:
            return east, year, month
    return None


def _guess(opening: tuple[int, int] | None, latest: float) -> tuple[int, int]:
    """(year, month) for a log that names neither: its first line cannot lie after the file's own time."""
    today = time.gmtime(latest + 86400)
    if opening is None:
        return today.tm_year, today.tm_mon
    return today.tm_year - (opening > (today.tm_mon, today.tm_mday)), opening[0]
