"""The control panel's send graph as CSV: any table with a column of times and a column of counts ("sendgraph").

Each row counts from its time to the next one's; a column of dates counts days. Times without a zone are Japan's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from statistics import median

from modori.evidence.clock import JAPAN
from modori.octets.charsets import decode
from modori.types import Fact, Paper, Place, Problem, SendCount

_READ = 4 * 1024 * 1024
_ROWS = 100_000
_TIME = re.compile(
    r"\s{0,9}(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T ]{1,2}(\d{1,2})(?::(\d\d)(?::(\d\d))?|時(?:(\d{1,2})分?)?))?"
    r"(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?\s{0,9}\Z"
)
_COUNT = re.compile(r"\s{0,9}(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})\s?(?:件|通)?\s{0,9}\Z")
_WANTED = re.compile(r"(?i)send|sent|送信|通数|件数|count|mails|messages|total|合計")
_DAY = 86400.0


def recognises(peek: bytes) -> bool:
    """Some rows whose columns are times and counts, and most rows are like them."""
    if b"\x00" in peek or b"\n" not in peek:
        return False
    rows = _rows(decode(peek[: peek.rfind(b"\n")]))[:50]
    good = sum(1 for row in rows if _columns(row))
    return good >= 2 and good * 2 >= len(rows)


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """One SendCount a row."""
    with paper.open() as stream:
        rows = _rows(decode(stream.read(_READ)))
    column = _column(rows)
    read = [(number, _time(row), _count(row, column)) for number, row in enumerate(rows, 1)]
    good = [(number, when, count) for number, when, count in read if when is not None and count is not None]
    step = _step([when for _, when, _ in good])
    for number, when, count in good:
        yield SendCount(Place(paper.place.source, line=number), when, when + step, count, "send-graph")
    unread = len(rows) - len(good) - (1 if rows and not _columns(rows[0]) else 0)  # the first may hold titles
    if unread > 0:
        note(Problem("log-lines-unread", Place(paper.place.source), {"lines": unread, "of": len(rows)}))


def _rows(text: str) -> list[list[str]]:
    lines = [line[:2000] for line in text.replace("\x00", "").splitlines()[:_ROWS] if line.strip()]
    sample = "".join(lines[:20])
    delimiter = max(",;\t", key=sample.count)
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _columns(row: Sequence[str]) -> bool:
    return _time(row) is not None and any(_COUNT.match(cell) for cell in row)


def _column(rows: Sequence[Sequence[str]]) -> int | None:
    """Of several columns of counts, the one whose title speaks of sending; else the first."""
    first = next((row for row in rows if _columns(row)), [])
    titles = rows[0] if rows and rows[0] is not first else []
    numbers = [at for at, cell in enumerate(first) if _COUNT.match(cell)]
    wanted = [at for at in numbers if at < len(titles) and _WANTED.search(titles[at])]
    return next(iter(wanted or numbers), None)


def _count(row: Sequence[str], column: int | None) -> int | None:
    if column is None or column >= len(row):
        return None
    found = _COUNT.match(row[column])
    return int(found[1].replace(",", "")) if found else None


def _time(row: Sequence[str]) -> float | None:
    """The first cell that is a date; a clock time in a cell of its own belongs to it."""
    for at, cell in enumerate(row[:10]):
        found = _TIME.match(cell)
        if found is not None:
            following = row[at + 1].strip() if at + 1 < len(row) else ""
            joined = _TIME.match(f"{cell.strip()} {following}") if found[4] is None and ":" in following else None
            return _moment(joined or found)
    return None


def _moment(found: re.Match[str]) -> float | None:
    year, month, date = int(found[1]), int(found[2]), int(found[3])
    try:
        moment = datetime(
            year,
            month,
            date,
            int(found[4] or 0),
            int(found[5] or found[7] or 0),
            int(found[6] or 0),
            tzinfo=_zone(found[8]),
        )
    except ValueError:
        return None
    return moment.timestamp() if 1970 <= year <= 2100 else None


def _zone(text: str | None) -> timezone:
    if text is None:
        return timezone(timedelta(seconds=JAPAN))
    if text == "Z":
        return UTC
    east = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(east if text[0] == "+" else -east)


def _step(times: Sequence[float]) -> float:
    """The usual distance of two rows: a minute to a day."""
    apart = [later - earlier for earlier, later in pairwise(times) if later > earlier]
    return min(_DAY, max(60.0, median(apart))) if apart else _DAY
