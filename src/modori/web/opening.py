"""The letter behind a sign: found again where it lies, and shown as plain text.

Only places that the report itself names can be opened. A letter in a plain file is read directly; one in an archive is
found by reading the archive again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modori import read
from modori.imap import is_url
from modori.show import safe
from modori.types import Letter, Paper, Place

_MOST_BYTES = 1 << 18
_MOST_LINES = 600
_LONGEST = 400
_AROUND = 12  # lines of a log before and after the one that was named


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The lines as they are stored, made harmless; `letter` when it is one; `cut` when there is more."""

    letter: Letter | None
    lines: tuple[Line, ...]
    cut: bool


def opened(sources: Sequence[str], place: Place, quote: str, copy: bytes | None = None) -> Opened | None:
    """What lies at `place` in the job's `sources`; None when it is not there any more.

    Of a letter on a mail server there is a `copy`, or nothing: opening it logs in nowhere.
    """
    if is_url(place.source):
        return _letter(read.one(copy, place), quote) if copy is not None else None
    for item in read.read(_near(sources, place), lambda problem: None):
        if isinstance(item, Letter) and item.place == place:
            return _letter(item, quote)
        if isinstance(item, Paper) and item.place.source == place.source:
            return _paper(item, place)
    return None


def _near(sources: Sequence[str], place: Place) -> list[str]:
    """The one file that holds the place, when it is below a source: no need to read the others."""
    file = place.source.partition("!")[0]
    below = [source for source in sources if file == source or file.startswith(source.rstrip("/") + "/")]
    return [file] if below else list(sources)


def _letter(letter: Letter, quote: str) -> Opened:
    rows = letter.raw[:_MOST_BYTES].decode("utf-8", "replace").splitlines()
    told = quote.partition(": ")[2] or quote
    words = told.split()[:4]
    first = next((n for n, row in enumerate(rows, 1) if words and _holds(row, words)), 0)
    lines = tuple(_line(n, row, n == first) for n, row in enumerate(rows[:_MOST_LINES], 1))
    return Opened(letter, lines, len(rows) > _MOST_LINES or len(letter.raw) > _MOST_BYTES)


def _holds(row: str, words: Sequence[str]) -> bool:
    return " ".join(words) in " ".join(row.split())


def _paper(paper: Paper, place: Place) -> Opened:
    """The lines around the one that was named, or the first ones."""
    first = max(1, place.line - _AROUND)
    lines: list[Line] = []
    with paper.open() as stream:
        for number, row in enumerate(iter(lambda: stream.readline(_MOST_BYTES), b""), 1):
            if number >= first:
                lines.append(_line(number, row.decode("utf-8", "replace"), number == place.line))
            if len(lines) > 2 * _AROUND:
                return Opened(None, tuple(lines), True)
    return Opened(None, tuple(lines), first > 1)


def _line(number: int, row: str, marked: bool) -> Line:
    return Line(number, safe.line(row, _LONGEST), marked)
