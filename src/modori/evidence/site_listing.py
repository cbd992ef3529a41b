"""A listing of a site's files with their times, for sites whose copy lost them (source id "site_listing").

2026-07-14T09:25:20+09:00   457  wp-content/uploads/2026/05/cache-helper.php      (time, size, path)
-rw-r--r-- 1 user group 457 2026-07-14 09:25 uploads/x.php                        (ls -l --time-style=long-iso)
1784025920.0 457 ./uploads/x.php                                                  (find -printf '%T@ %s %p\\n')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from modori.evidence.clock import JAPAN, Clock
from modori.evidence.lines import lines
from modori.evidence.sitetimes import newer, out_of_month
from modori.evidence.sitetree import ENTRIES_MOST, Entry
from modori.evidence.siteverdict import judged
from modori.types import Fact, Paper, Place, Problem

_ISO = re.compile(
    rb"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,10})?(?:Z| ?[+-]\d\d:?\d\d)?)"
    rb"[ \t,]{1,40}(\d{1,15})[ \t,]{1,40}(\S.{0,1000})$"
)
_LS = re.compile(
    rb"-[-rwxsStT.+]{9,11} {1,9}\d{1,9} \S{1,64} {1,40}\S{1,64} {1,40}(\d{1,15}) "
    rb"(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?:\.\d{1,10})?(?: [+-]\d{4})?) (.{1,1000})$"
)
_FIND = re.compile(rb"(\d{9,10}(?:\.\d{1,10})?)[ \t]{1,9}(\d{1,15})[ \t]{1,9}(\S.{0,1000})$")
_FOLDER = re.compile(rb"(\S.{0,1000}):$")  # ls -lR names the folder above its files
_ASIDE = re.compile(rb"total \d|[dl][-rwxsStT.+]{9,11} ")


def recognises(peek: bytes) -> bool:
    """Most of the first lines are entries."""
    found = [line.rstrip(b"\r") for line in peek.split(b"\n")[:40] if line.strip()]
    found = [line for line in found if not _FOLDER.match(line) and not _ASIDE.match(line)]
    hits = sum(1 for line in found if _ISO.match(line) or _LS.match(line) or _FIND.match(line))
    return hits >= 2 and 2 * hits >= len(found)


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """The files whose place, name and time matter; what they do a listing cannot tell."""
    found, unread = _listed(paper)
    late = newer([entry for entry, _ in found])
    for entry, line in found:
        around = {"newer-than-neighbours"} if entry.path in late else set()
        if out_of_month(entry):
            around.add("out-of-month")
        place = Place(paper.place.source, line=line)
        fact = judged(place, entry.path, b"", entry.modified, entry.size, frozenset(around))
        if fact is not None:
            yield fact
    if unread:
        note(Problem("log-lines-unread", Place(paper.place.source), {"lines": unread, "of": unread + len(found)}))


def _listed(paper: Paper) -> tuple[list[tuple[Entry, int]], int]:
    clock = Clock(JAPAN, 2000, 1)
    found: list[tuple[Entry, int]] = []
    unread = 0
    folder = ""
    with paper.open() as stream:
        for _, number, line in lines(stream):
            entry = _entry(line, clock, folder)
            named = _FOLDER.match(line)
            if entry is not None and len(found) < ENTRIES_MOST:
                found.append((entry, number))
            elif named:
                folder = named[1].decode("utf-8", "replace").removeprefix("./").rstrip("/") + "/"
            elif line.strip() and not _ASIDE.match(line):
                unread += 1
    return found, unread


def _entry(line: bytes, clock: Clock, folder: str) -> Entry | None:
    if found := _ISO.match(line):
        stamp, size, path = found.groups()
        when = clock.full(_with_seconds(stamp))
    elif found := _LS.match(line):
        size, stamp, path = found.groups()
        when = clock.full(_with_seconds(stamp))
    elif found := _FIND.match(line):
        stamp, size, path = found.groups()
        when = float(stamp)
    else:
        return None
    name = path.decode("utf-8", "replace").removeprefix("./")
    return Entry(folder + name if "/" not in name else name, when, int(size))


def _with_seconds(stamp: bytes) -> bytes:
    return stamp if stamp[16:17] == b":" else stamp[:16] + b":00" + stamp[16:]
