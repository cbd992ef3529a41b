"""What was sent and what came back as bars in a terminal: one row an hour, a day or a week, alarms and events between.

Bars lie, because Japanese labels do not fit under standing ones; empty stretches take one row; eighths of a block keep
a single bounce visible beside a thousand. Sent and returned stand side by side, each in a scale of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from modori.show.axis import SIGNS, Mark, foremost, label, marks, year
from modori.show.bars import Bars, bars, compact, near, rows
from modori.show.width import columns, cut, pad
from modori.show.words import Words
from modori.types import Report

ROWS = 24
_BLOCKS = "▏▎▍▌▋▊▉█"
_HOLLOW = "░"
_INDENT = "  "
_LEAST = 4  # columns of a bar
_MARKS = 8
_WORTH_DRAWING = 5

Hours = Mapping[int, float]


def worth_drawing(report: Report) -> bool:
    """A handful is told in words."""
    sent = sum(report.sends.by_hour.values()) if report.sends else 0.0
    return max(report.tallies.bounces, sent) >= _WORTH_DRAWING


def chart(report: Report, words: Words, width: int = 80, own: Iterable[Mark] = ()) -> list[str]:
    """Lines of at most `width` columns; none when nothing came back and nothing is known to have been sent."""
    bounces = report.tallies.by_hour
    beside = foremost(marks(report, words, own), _MARKS)
    if report.sends is None:
        return drawn(bounces, beside, words, width)
    return drawn(bounces, beside, words, width, near(report.sends.by_hour, bounces), report.sends.basis)


def drawn(
    bounces: Hours, marked: Iterable[Mark], words: Words, width: int, sends: Hours | None = None, basis: str = ""
) -> list[str]:
    """The chart of any counts by epoch hour, in the zone of `words`."""
    both = {hour: bounces.get(hour, 0.0) + (sends or {}).get(hour, 0.0) for hour in (*bounces, *(sends or {}))}
    if not both:
        return []
    beside = list(marked)
    whole = compact(both, (mark.when for mark in beside), ROWS, words.zone)
    series = [("bounces", "█", bars(bounces, whole.grain, words.zone))]
    if sends:
        series.insert(0, (f"sends_{basis}", _HOLLOW, bars(sends, whole.grain, words.zone)))
    shown = rows(whole, {whole.number(mark.when) for mark in beside})
    widest = max(columns(label(words, whole, number)) for number in shown if number is not None)
    layout = _Layout(whole, [_Column(*one, words) for one in series], words, min(widest, width // 3), width)
    lines = layout.head() if sends else []
    last_year = ""
    for number in shown:
        if number is None:
            lines.append(layout.gap())
            continue
        if (this_year := year(words, whole, number)) != last_year:
            lines.append(cut(_INDENT + this_year, width))
            last_year = this_year
        lines.append(layout.row(number))
        lines += [layout.mark(mark) for mark in beside if whole.number(mark.when) == number]
    return lines


@dataclass(frozen=True, slots=True)
class _Column:
    """What was sent, or what came back: bars of one look."""

    name: str
    look: str
    bars: Bars
    words: Words

    def figure(self, number: int) -> str:
        return self.words.number(round(self.bars.counts.get(number, 0.0)))

    def figures(self) -> int:
        """The columns that the longest figure takes."""
        return columns(self.words.number(round(self.bars.most())))

    def drawn(self, number: int, room: int) -> str:
        found = bar(self.bars.counts.get(number, 0.0), self.bars.most(), room)
        return found if self.look == _BLOCKS[-1] else self.look * len(found)


class _Layout:
    """Label, bars and counts of one chart in their columns."""

    def __init__(self, whole: Bars, series: Sequence[_Column], words: Words, labels: int, width: int) -> None:
        self._bars, self._series, self._words, self._labels, self._width = whole, series, words, labels, width
        taken = len(_INDENT) + labels + sum(one.figures() + 2 for one in series)
        self._room = max(_LEAST if len(series) > 1 else 1, (width - taken) // len(series))

    def head(self) -> list[str]:
        """What the rows show, in the order of the columns."""
        named = [f"{one.look}{one.look} {self._words.say(f'count.chart.{one.name}')}" for one in self._series]
        return [cut(_INDENT + line, self._width) for line in named]

    def row(self, number: int) -> str:
        cells = [self._cell(one, number) for one in self._series]
        name = pad(cut(label(self._words, self._bars, number), self._labels), self._labels)
        return cut(" ".join([_INDENT + name, *cells]).rstrip(), self._width)

    def _cell(self, one: _Column, number: int) -> str:
        found = " ".join(part for part in (one.drawn(number, self._room), one.figure(number)) if part)
        return found if one is self._series[-1] else pad(found, self._room + one.figures() + 1)

    def mark(self, mark: Mark) -> str:
        text = f"{SIGNS[mark.kind]} {self._words.clock(mark.when)} {mark.text}"
        return cut(f"{_INDENT}{' ' * self._labels} {text}", self._width)

    def gap(self) -> str:
        return cut(f"{_INDENT}{pad('⋮', self._labels)} {self._words.say('count.chart.none')}", self._width)


def bar(count: float, most: float, room: int) -> str:
    """A bar in eighths of a column, `room` columns long for the highest count; what is not nothing is seen."""
    if count <= 0.0 or most <= 0.0:
        return ""
    eighths = max(1, round(count / most * room * 8))
    return _BLOCKS[-1] * (eighths // 8) + (_BLOCKS[eighths % 8 - 1] if eighths % 8 else "")
