"""Where bars, lines and words lie in the picture of a chart; each shape is a string of SVG.

Shapes take `currentColor` and carry classes; all text goes through `escape`, and none of it comes from a letter unmade
safe (`words` sees to that).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from modori.show.axis import Mark, label, year
from modori.show.bars import Bars
from modori.show.words import Words
from modori.types import Surge

WIDE, HIGH = 720, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 8, 28, 44
_LABELS = 6


class Plane:
    """One chart: counts to places."""

    def __init__(self, bounces: Bars, sends: Bars, words: Words) -> None:
        self.bounces, self.sends, self._words = bounces, sends, words
        numbers = [*bounces.counts, *sends.counts]
        self._first, self._count = min(numbers), max(numbers) - min(numbers) + 1
        self._top = _round_up(max(bounces.most(), sends.most()))
        self._step = (WIDE - _LEFT - _RIGHT) / self._count

    def holds(self, moment: float) -> bool:
        return 0 <= self.bounces.number(moment) - self._first < self._count

    def peak(self) -> str:
        number = min(self.bounces.counts, key=lambda n: (-self.bounces.counts[n], n))
        return label(self._words, self.bounces, number)

    def surges(self, surges: Sequence[Surge]) -> list[str]:
        """The span of each surge, as a shade behind the bars."""
        return [self._shade(surge) for surge in surges if self._overlaps(surge)]

    def grid(self) -> list[str]:
        """Three lines across, with their counts."""
        return [self._level(self._top * share / 2) for share in range(3)]

    def columns(self) -> list[str]:
        """One bar a count of bounces."""
        return [self._column(number, count) for number, count in sorted(self.bounces.counts.items())]

    def line(self) -> list[str]:
        """What was sent, as steps: in the same scale, so that the two can be compared."""
        if not self.sends.counts:
            return []
        path = [f"M{self._x(self._first):.1f} {self._y(0.0):.1f}"]
        for number in range(self._first, self._first + self._count):
            path.append(f"V{self._y(self.sends.counts.get(number, 0.0)):.1f}H{self._x(number + 1):.1f}")
        name = escape(self._words.say("count.chart.sends"))
        steps = "".join(path)
        style = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2"'
        return [f'<path class="chart-sends" d="{steps}" {style}><title>{name}</title></path>']

    def marks(self, marks: Sequence[Mark]) -> list[str]:
        """A line from top to bottom at each alarm and event; the sign on top, the words in its <title>."""
        return [self._mark(mark) for mark in marks]

    def labels(self) -> list[str]:
        """A few moments below the axis."""
        every = max(1, -(-self._count // _LABELS))
        return [self._label(self._first + offset) for offset in range(0, self._count, every)]

    def _x(self, number: float) -> float:
        return _LEFT + (number - self._first) * self._step

    def _y(self, count: float) -> float:
        return HIGH - _BOTTOM - count / self._top * (HIGH - _TOP - _BOTTOM)

    def _at(self, moment: float) -> float:
        """The exact place of a moment, kept inside the picture."""
        within = (moment - self.bounces.begin(self._first)) / (3600.0 * self.bounces.grain)
        return _LEFT + min(max(within, 0.0), self._count) * self._step

    def _overlaps(self, surge: Surge) -> bool:
        begin, end = self.bounces.begin(self._first), self.bounces.begin(self._first + self._count)
        return surge.begin < end and (surge.end is None or surge.end >= begin)

    def _shade(self, surge: Surge) -> str:
        left = self._at(surge.begin)
        right = WIDE - _RIGHT if surge.end is None else self._at(surge.end)
        name = escape(self._words.say("count.chart.surge"))
        return (
            f'<rect class="chart-surge" x="{left:.1f}" y="{_TOP}" width="{max(right - left, 1.0):.1f}"'
            f' height="{HIGH - _TOP - _BOTTOM}" fill="currentColor" fill-opacity="0.08"><title>{name}</title></rect>'
        )

    def _level(self, count: float) -> str:
        y = self._y(count)
        return (
            f'<path class="chart-grid" d="M{_LEFT} {y:.1f}H{WIDE - _RIGHT}" stroke="currentColor"'
            f' stroke-opacity="0.25"/><text class="chart-count" x="{_LEFT - 6}" y="{y + 4:.1f}" font-size="11"'
            f' text-anchor="end" fill="currentColor">{escape(self._words.number(count))}</text>'
        )

    def _column(self, number: int, count: float) -> str:
        y = min(self._y(count), self._y(0.0) - 1.0)  # a single bounce is seen beside a thousand
        name = label(self._words, self.bounces, number)
        said = escape(self._words.say("count.chart.bar", {"label": name, "count": round(count)}))
        return (
            f'<rect class="chart-bounces" x="{self._x(number) + self._step * 0.08:.1f}" y="{y:.1f}"'
            f' width="{max(self._step * 0.84, 0.5):.1f}" height="{self._y(0.0) - y:.1f}" fill="currentColor"'
            f' fill-opacity="0.7"><title>{said}</title></rect>'
        )

    def _mark(self, mark: Mark) -> str:
        x, kind, sign = self._at(mark.when), *(("alarm", "▲") if mark.alarm else ("event", "●"))
        said = escape(f"{self._words.when(mark.when)} {mark.text}")
        return (
            f'<g class="chart-{kind}"><title>{said}</title>'
            f'<path d="M{x:.1f} {_TOP}V{HIGH - _BOTTOM}" stroke="currentColor" stroke-dasharray="2 3"/>'
            f'<text x="{x:.1f}" y="{_TOP - 6}" font-size="12" text-anchor="middle" fill="currentColor">{sign}</text>'
            "</g>"
        )

    def _label(self, number: int) -> str:
        x, y = self._x(number), HIGH - _BOTTOM
        name = escape(label(self._words, self.bounces, number))
        era = escape(year(self._words, self.bounces, number)) if number == self._first else ""
        text = f'<text class="chart-label" x="{x:.1f}" font-size="11" fill="currentColor" y='
        below = f'{text}"{y + 32}">{era}</text>' if era else ""
        return f'<path d="M{x:.1f} {y}v4" stroke="currentColor"/>{text}"{y + 17}">{name}</text>{below}'


def _round_up(count: float) -> float:
    """The next of 2, 4, 10, 20, 40, 100 ...: half of it is a whole number too."""
    scale = 1.0
    while True:
        for step in (2.0, 4.0, 10.0):
            if count <= step * scale:
                return step * scale
        scale *= 10.0
