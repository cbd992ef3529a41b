"""Where moments lie in the picture of a chart: the axis of time that its rows share, and what is marked on it.

Shapes take `currentColor` and carry classes; all text goes through `escape`, and none of it comes from a letter unmade
safe (`words` sees to that).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from modori.show.axis import SIGNS, Mark, label, year
from modori.show.bars import Bars
from modori.show.words import Words
from modori.types import Surge

WIDE, LEFT, RIGHT = 720, 52, 10
FOOT = 44  # pixels below the rows, for two lines of words
_LABELS = 5
_WORDY = 120.0  # pixels that a label takes, in the larger letters of a small screen too
_BROAD = 26.0  # pixels that a sign and its number take
_STOREYS = 4  # signs that would touch stand above each other
_STOREY = 15


@dataclass(frozen=True, slots=True)
class Plane:
    """`bars` give the grain and the clock; `first` and `count` say which of their numbers are shown."""

    bars: Bars
    first: int
    count: int
    words: Words

    @property
    def step(self) -> float:
        """Pixels of one bar."""
        return (WIDE - LEFT - RIGHT) / self.count

    def x(self, number: float) -> float:
        return LEFT + (number - self.first) * self.step

    def holds(self, moment: float) -> bool:
        return 0 <= self.bars.number(moment) - self.first < self.count

    def storeys(self, marks: Sequence[Mark]) -> list[int]:
        """For each mark the height at which its sign stands clear of the ones before."""
        ends = [0.0] * _STOREYS
        found = []
        for mark in marks:
            at = self._at(mark.when)
            storey = next((n for n, end in enumerate(ends) if at - end >= _BROAD), _STOREYS - 1)
            ends[storey] = at
            found.append(storey)
        return found

    def head(self, marks: Sequence[Mark]) -> float:
        """Pixels above the rows, for the signs."""
        return 8.0 + _STOREY * (max(self.storeys(marks), default=-1) + 1)

    def marks(self, marks: Sequence[Mark], foot: float) -> list[str]:
        """A line from top to bottom at each mark, its sign and number on top, the words in its <title>."""
        head = self.head(marks)
        return [
            self._mark(number, mark, head - 4.0 - storey * _STOREY, foot)
            for number, (mark, storey) in enumerate(zip(marks, self.storeys(marks), strict=True), 1)
        ]

    def surges(self, surges: Sequence[Surge], top: float, foot: float) -> list[str]:
        """The span of each surge, as a shade behind the bars."""
        return [self._shade(surge, top, foot) for surge in surges if self.overlaps(surge)]

    def overlaps(self, surge: Surge) -> bool:
        begin, end = self.bars.begin(self.first), self.bars.begin(self.first + self.count)
        return surge.begin < end and (surge.end is None or surge.end >= begin)

    def labels(self, foot: float) -> list[str]:
        """A few moments below the axis."""
        every = max(1, -(-self.count // _LABELS))
        return [self._label(self.first + offset, foot) for offset in range(0, self.count, every)]

    def _at(self, moment: float) -> float:
        """The exact place of a moment, kept inside the picture."""
        within = (moment - self.bars.begin(self.first)) / (3600.0 * self.bars.grain)
        return LEFT + min(max(within, 0.0), self.count) * self.step

    def _shade(self, surge: Surge, top: float, foot: float) -> str:
        left = self._at(surge.begin)
        right = WIDE - RIGHT if surge.end is None else self._at(surge.end)
        name = escape(self.words.say("count.chart.surge"))
        return (
            f'<rect class="chart-surge" x="{left:.1f}" y="{top:.1f}" width="{max(right - left, 1.0):.1f}"'
            f' height="{foot - top:.1f}" fill="currentColor" fill-opacity="0.1"><title>{name}</title></rect>'
        )

    def _mark(self, number: int, mark: Mark, sign: float, foot: float) -> str:
        x = self._at(mark.when)
        said = escape(f"{self.words.when(mark.when)} {mark.text}")
        return (
            f'<g class="chart-{mark.kind}"><title>{said}</title>'
            f'<path d="M{x:.1f} {sign + 3:.1f}V{foot:.1f}" stroke="currentColor" stroke-dasharray="2 3"/>'
            f'<text x="{min(x, WIDE - 14):.1f}" y="{sign:.1f}" font-size="12" text-anchor="middle"'
            f' fill="currentColor">{SIGNS[mark.kind]}{number}</text></g>'
        )

    def _label(self, number: int, foot: float) -> str:
        tick = f'<path d="M{self.x(number):.1f} {foot:.1f}v4" stroke="currentColor"/>'
        last = self.x(number) > WIDE - _WORDY
        if last and self.step < _WORDY / 2:
            return tick  # its words would run out of the picture, or into those before
        x, anchor = (self.x(number + 1), "end") if last else (self.x(number), "start")
        name = escape(label(self.words, self.bars, number))
        era = escape(year(self.words, self.bars, number)) if number == self.first else ""
        text = f'<text class="chart-label" x="{x:.1f}" font-size="11" text-anchor="{anchor}" fill="currentColor" y='
        below = f'{text}"{foot + 32:.1f}">{era}</text>' if era else ""
        return f'{tick}{text}"{foot + 17:.1f}">{name}</text>{below}'
