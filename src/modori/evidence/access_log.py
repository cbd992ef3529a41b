"""Web server access logs: who called which program of the site (Apache mod_log_config's common and combined formats).

    203.0.113.9 - - [19/Feb/2026:09:50:50 +0900] "POST /mail/send.cgi HTTP/1.1" 200 512 "-" "agent"
    www.example.jp:443 203.0.113.9 - - [...] "..." 200 512                     (a virtual host's name before)

Only requests that the server answered matter: a scanner's 404 is weather. They are added up by address and path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from modori.evidence.clock import day, seconds_of_day
from modori.evidence.lines import lines
from modori.evidence.webpaths import marks
from modori.types import Fact, Paper, Place, Problem, Visit

_LINE = re.compile(
    rb"(?:[\w.:*-]{1,255} )?([0-9A-Fa-f.:]{3,45}) \S{1,64} [^\[\"]{1,200}?"
    rb"\[(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d:\d\d:\d\d)(?: ([+-])(\d\d)(\d\d))?\] "
    rb'"([A-Z]{3,10}) ([^\s"]{1,8192})[^"]{0,20}" (\d{3}) '
)
_MONTHS = {name: i for i, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_STATIC = tuple(b".css .js .png .jpg .jpeg .gif .ico .svg .woff .woff2 .webp .htm .html".split())
_MOST = 100_000


def recognises(peek: bytes) -> bool:
    """One of the first lines is a request."""
    return any(_LINE.match(line) for line in peek.split(b"\n")[:10])


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """One Visit per address, method and path; the table is handed out and begun anew when it is full."""
    table: dict[tuple[bytes, bytes, bytes], _Tally] = {}
    unread = number = 0
    with paper.open() as stream:
        for offset, number, line in lines(stream):
            found = None if _plain(line) else _LINE.match(line)
            if found is not None:
                _book(table, found, Place(paper.place.source, offset, len(line), number))
                if len(table) >= _MOST:
                    yield from _visits(table)
                    table.clear()
            elif b'] "' not in line and line.strip():  # a request that is no HTTP is noise, but it was read
                unread += 1
    yield from _visits(table)
    if unread:
        note(Problem("log-lines-unread", Place(paper.place.source), {"lines": unread, "of": number}))


def _plain(line: bytes) -> bool:
    """A GET of something that is no program: most of any log, passed over without a regex."""
    start = line.find(b'] "GET ')
    if start < 0:
        return False
    path = line[start + 7 : line.find(b" ", start + 7)]
    return path.endswith(_STATIC) or (path.endswith(b"/") and b"admin" not in path)


class _Tally:
    __slots__ = ("count", "last", "marks", "place", "status", "when")

    def __init__(self, when: float, place: Place, found_marks: tuple[str, ...]) -> None:
        self.when = self.last = when
        self.place = place
        self.marks = found_marks
        self.count = self.status = 0


def _book(table: dict[tuple[bytes, bytes, bytes], _Tally], found: re.Match[bytes], place: Place) -> None:
    ip, method, target, status = found[1], found[9], found[10], int(found[11])
    path = target.partition(b"?")[0]
    when = _when(found)
    if status >= 400 or when is None:
        return
    key = ip, method, path
    tally = table.get(key)
    if tally is None:
        matters = marks(method, path)
        if not matters:
            return
        tally = table[key] = _Tally(when, place, matters)
    tally.count += 1
    tally.status = status
    tally.when, tally.last = min(tally.when, when), max(tally.last, when)


def _when(found: re.Match[bytes]) -> float | None:
    month, seconds = _MONTHS.get(found[3]), seconds_of_day(found[5])
    year, date = int(found[4]), int(found[2])
    if month is None or seconds is None or not 1970 <= year <= 2100 or not 1 <= date <= 31:
        return None
    east = (int(found[7]) * 60 + int(found[8])) * 60 if found[6] else 0
    return float(day(year, month, date) + seconds - (east if found[6] != b"-" else -east))


def _visits(table: dict[tuple[bytes, bytes, bytes], _Tally]) -> Iterator[Fact]:
    for (ip, method, path), tally in table.items():
        yield Visit(
            tally.place,
            tally.when,
            tally.last,
            ip.decode("latin-1").lower(),
            method.decode("latin-1"),
            path.decode("utf-8", "replace"),
            tally.status,
            tally.count,
            tally.marks,
        )
