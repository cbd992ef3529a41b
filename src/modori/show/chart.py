"""The bounces as bars in a terminal: one row an hour, a day or a week, alarms and events in between.

Bars lie, because Japanese labels do not fit under standing ones; empty stretches take one row; eighths of a block keep
a single bounce visible beside a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from modori.show.axis import Mark, label, marks, year
from modori.show.bars import Bars, compact, rows
from modori.show.width import columns, cut, pad
from modori.show.words import Words
from modori.types import Report

ROWS = 24
_BLOCKS = "▏▎▍▌▋▊▉█"
_INDENT = "  "


def chart(report: Report, words: Words, width: int = 80) -> list[str]:
    """Lines of at most `width` columns; none when nothing came back."""
    return drawn(report.tallies.by_hour, marks(report, words), words, width)


def drawn(by_hour: Mapping[int, float], marked: Iterable[Mark], words: Words, width: int) -> list[str]:
    """The chart of any counts by epoch hour, in the zone of `words`."""
    if not by_hour:
        return []
    beside = list(marked)
    found = compact(by_hour, (mark.when for mark in beside), ROWS, words.zone)
    shown = rows(found, {found.number(mark.when) for mark in beside})
    widest = max(columns(label(words, found, number)) for number in shown if number is not None)
    layout = _Layout(found, words, min(widest, width // 3), width)
    lines: list[str] = []
    last_year = ""
    for number in shown:
        if number is None:
            lines.append(layout.gap())
            continue
        if (this_year := year(words, found, number)) != last_year:
            lines.append(cut(_INDENT + this_year, width))
            last_year = this_year
        lines.append(layout.row(number))
        lines += [layout.mark(mark) for mark in beside if found.number(mark.when) == number]
    return lines


class _Layout:
    """Label, bar and count of one chart in their columns."""

    def __init__(self, bars: Bars, words: Words, labels: int, width: int) -> None:
        self._bars, self._words, self._labels, self._width = bars, words, labels, width
        figures = columns(words.number(round(bars.most())))
        self._room = max(1, width - len(_INDENT) - labels - figures - 2)

    def row(self, number: int) -> str:
        count = self._bars.counts.get(number, 0.0)
        name = pad(cut(label(self._words, self._bars, number), self._labels), self._labels)
        parts = (_INDENT + name, bar(count, self._bars.most(), self._room), self._words.number(round(count)))
        return cut(" ".join(part for part in parts if part), self._width)

    def mark(self, mark: Mark) -> str:
        sign = "▲" if mark.alarm else "●"
        text = f"{sign} {self._words.clock(mark.when)} {mark.text}"
        return cut(f"{_INDENT}{' ' * self._labels} {text}", self._width)

    def gap(self) -> str:
        return cut(f"{_INDENT}{pad('⋮', self._labels)} {self._words.say('count.chart.none')}", self._width)


def bar(count: float, most: float, room: int) -> str:
    """A bar in eighths of a column, `room` columns long for the highest count; what is not nothing is seen."""
    if count <= 0.0 or most <= 0.0:
        return ""
    eighths = max(1, round(count / most * room * 8))
    return _BLOCKS[-1] * (eighths // 8) + (_BLOCKS[eighths % 8 - 1] if eighths % 8 else "")
