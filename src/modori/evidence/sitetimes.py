"""Which files of a site do not fit in by their time: newer than all their neighbours, or than the folder's own date.

A copy that gave every file the time of the copying says nothing, and is told by its narrow spread.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from statistics import median

from modori.evidence.sitetree import Entry

_COPY_SPREAD = 600.0
_NEWER = 30 * 86400.0
_FEW = 0.1  # of all files: more new ones are an update
_MONTH_FOLDER = re.compile(r"(?:^|/)(20\d\d)/(0[1-9]|1[0-2])/")


def telling(entries: Sequence[Entry]) -> bool:
    """The files' times are those of the site, not of a copy."""
    times = [entry.modified for entry in entries if entry.modified is not None]
    return len(times) > 1 and max(times) - min(times) > _COPY_SPREAD


def newer(entries: Sequence[Entry]) -> frozenset[str]:
    """The few files that came long after the rest of the site."""
    times = [entry.modified for entry in entries if entry.modified is not None]
    if not telling(entries):
        return frozenset()
    bound = median(times) + _NEWER
    late = [entry.path for entry in entries if entry.modified is not None and entry.modified > bound]
    return frozenset(late) if len(late) <= max(1.0, _FEW * len(times)) else frozenset()


def out_of_month(entry: Entry) -> bool:
    """It lies in an upload folder of one month and was written in another."""
    found = _MONTH_FOLDER.search(entry.path)
    if found is None or entry.modified is None:
        return False
    written = time.gmtime(entry.modified)
    return abs((written.tm_year * 12 + written.tm_mon) - (int(found[1]) * 12 + int(found[2]))) > 1
