"""One row of a picture: what was sent, or what came back, as bars over the common axis of time, in a scale of its own.

Ten thousand sent and thirty returned in one scale would show nothing of the thirty. What tells the rows apart is their
place, their words and their look (outlined or filled), never a colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from modori.show.axis import label
from modori.show.bars import Bars
from modori.show.plane import LEFT, RIGHT, WIDE, Plane
from modori.show.words import Words

CAPTION = 32  # pixels above the bars, for the words of the row
_LOOKS = {
    "sends": 'fill="currentColor" fill-opacity="0.12" stroke="currentColor"',
    "bounces": 'fill="currentColor" fill-opacity="0.75"',
}


@dataclass(frozen=True, slots=True)
class Panel:
    """`top` to `top + high` are the bars; the caption stands above."""

    kind: str  # bounces | sends
    caption: str
    bars: Bars
    plane: Plane
    words: Words
    top: float
    high: float

    def shapes(self) -> list[str]:
        """The caption, three lines across with their counts, and the bars."""
        levels = [self._level(self._most() * share / 2) for share in range(3)]
        return [self._caption(), *levels, *(self._bar(n, c) for n, c in sorted(self.bars.counts.items()))]

    def _most(self) -> float:
        return round_up(self.bars.most())

    def _y(self, count: float) -> float:
        return self.top + self.high * (1.0 - count / self._most())

    def _caption(self) -> str:
        return (
            f'<text class="chart-caption" x="{LEFT}" y="{self.top - 10:.1f}" font-size="12" fill="currentColor">'
            f"{escape(self.caption)}</text>"
        )

    def _level(self, count: float) -> str:
        y = self._y(count)
        return (
            f'<path class="chart-grid" d="M{LEFT} {y:.1f}H{WIDE - RIGHT}" stroke="currentColor"'
            f' stroke-opacity="0.25"/><text class="chart-count" x="{LEFT - 6}" y="{y + 4:.1f}" font-size="11"'
            f' text-anchor="end" fill="currentColor">{escape(self.words.number(count))}</text>'
        )

    def _bar(self, number: int, count: float) -> str:
        foot = self._y(0.0)
        y = min(self._y(count), foot - 1.5)  # a single bounce is seen beside a thousand
        name = label(self.words, self.bars, number)
        said = escape(self.words.say("count.chart.bar", {"label": name, "count": round(count)}))
        return (
            f'<rect class="chart-{self.kind}" x="{self.plane.x(number) + self.plane.step * 0.1:.1f}" y="{y:.1f}"'
            f' width="{max(self.plane.step * 0.8, 0.5):.1f}" height="{foot - y:.1f}" {_LOOKS[self.kind]}>'
            f"<title>{said}</title></rect>"
        )


def round_up(count: float) -> float:
    """The next of 2, 4, 10, 20, 40, 100 ...: half of it is a whole number too."""
    scale = 1.0
    while True:
        for step in (2.0, 4.0, 10.0):
            if count <= step * scale:
                return step * scale
        scale *= 10.0
