"""What was sent and what came back as an SVG picture for the page and the HTML report: drawn here, without script.

Shapes take `currentColor` and carry classes, so that the page's own stylesheet decides on light and dark; a content
security policy that forbids inline styles is satisfied. A reader who cannot see it gets <title> and <desc>, each bar
its own <title> (WCAG 2.2, 1.1.1; SVG Accessibility API Mappings), and the numbered signs are told in words below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from modori.show.axis import SIGNS, Mark, foremost, label, marks
from modori.show.bars import DAY, HOUR, Bars, bars, fitting, near
from modori.show.panel import CAPTION, Panel
from modori.show.plane import FOOT, WIDE, Plane
from modori.show.words import Words
from modori.types import Report, Surge

MOST_BARS = 200
_AROUND = {"hour": 6 * 3600.0, "day": 7 * 86400.0}  # what is marked so long before or after the bars is shown too
_ALONE, _TOGETHER = 170.0, 110.0  # pixels of a row of bars

Hours = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Key:
    """What a sign in the picture means. `kind` is a mark's, or surge."""

    kind: str
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title, and the meaning of its signs in order of time."""

    title: str
    picture: str
    keys: tuple[Key, ...] = ()


def by_day(report: Report, words: Words, own: Iterable[Mark] = ()) -> Chart:
    """Everything, by days (weeks when there are years of it); `own` is what the user did."""
    bounces = report.tallies.by_hour
    return _Drawing("day", report, words, own, bounces, near(_sent(report), bounces), DAY).chart()


def by_hour(report: Report, words: Words, own: Iterable[Mark] = ()) -> Chart:
    """The largest surge by hours, or the whole when there was none."""
    bounces: Hours = report.tallies.by_hour
    sends = near(_sent(report), bounces)
    if report.surges:
        begin, end = _around(max(report.surges, key=lambda s: s.count), bounces)
        bounces, sends = _within(bounces, begin, end), _within(sends, begin, end)
    return _Drawing("hour", report, words, own, bounces, sends, HOUR).chart()


def _sent(report: Report) -> Hours:
    return report.sends.by_hour if report.sends else {}


def _around(surge: Surge, bounces: Hours) -> tuple[float, float]:
    last = max(bounces, default=0) * 3600.0 if surge.end is None else surge.end
    return surge.begin - _AROUND["hour"], last + _AROUND["hour"]


def _within(hours: Hours, begin: float, end: float) -> dict[int, float]:
    return {hour: count for hour, count in hours.items() if begin <= hour * 3600 + 3599 and hour * 3600 <= end}


class _Drawing:
    """One chart in the making."""

    def __init__(
        self, name: str, report: Report, words: Words, own: Iterable[Mark], bounces: Hours, sends: Hours, least: int
    ) -> None:
        self._name, self._report, self._words = name, report, words
        self._bounces, self._sends = bounces, sends
        both = {hour: bounces.get(hour, 0.0) + sends.get(hour, 0.0) for hour in (*bounces, *sends)}
        whole = fitting(both, MOST_BARS, words.zone, least)
        self._rows = self._told(whole.grain)
        self._marks = self._beside(marks(report, words, own), both)
        span = sorted({*whole.counts, *(whole.number(mark.when) for mark in self._marks)})
        self._plane = Plane(whole, span[0], span[-1] - span[0] + 1, words) if span else Plane(whole, 0, 1, words)

    def chart(self) -> Chart:
        shown = {kind for kind, _, _ in self._rows}
        kinds = "_both" if len(shown) > 1 else "_sends" if "sends" in shown else ""
        title = self._words.say(f"count.chart.{self._name}{kinds}")
        if not self._rows:
            return Chart(title, self._frame(title, self._words.say("count.chart.empty"), 0.0, []))
        plane, head = self._plane, self._plane.head(self._marks)
        high = _ALONE if len(self._rows) == 1 else _TOGETHER
        tops = [head + CAPTION + number * (high + CAPTION) for number in range(len(self._rows))]
        foot = tops[-1] + high
        panels = [
            Panel(kind, caption, found, plane, self._words, top, high)
            for (kind, caption, found), top in zip(self._rows, tops, strict=True)
        ]
        shapes = [
            *plane.surges(self._report.surges, tops[0], foot),
            *(shape for panel in panels for shape in panel.shapes()),
            *plane.marks(self._marks, foot),
            *plane.labels(foot),
        ]
        return Chart(title, self._frame(title, self._description(), foot, shapes), self._keys())

    def _beside(self, found: list[Mark], hours: Hours) -> list[Mark]:
        if not hours:
            return []
        begin = min(hours) * 3600.0 - _AROUND[self._name]
        end = max(hours) * 3600.0 + 3600.0 + _AROUND[self._name]
        return foremost(mark for mark in found if begin <= mark.when <= end)

    def _told(self, grain: int) -> list[tuple[str, str, Bars]]:
        """The rows that have something to show: kind, caption, bars."""
        basis = self._report.sends.basis if self._report.sends else ""
        rows = [
            ("sends", self._words.say(f"count.chart.sends_{basis}"), bars(self._sends, grain, self._words.zone)),
            ("bounces", self._words.say("count.chart.bounces"), bars(self._bounces, grain, self._words.zone)),
        ]
        return [row for row in rows if row[2].counts]

    def _frame(self, title: str, description: str, foot: float, shapes: Sequence[str]) -> str:
        """The document; the chart's name keeps the ids of two charts on one page apart."""
        name = self._name
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{name}" role="img"'
            f' viewBox="0 0 {WIDE} {foot + FOOT:.0f}" aria-labelledby="chart-{name}-title chart-{name}-desc">'
            f'<title id="chart-{name}-title">{escape(title)}</title>'
            f'<desc id="chart-{name}-desc">{escape(description)}</desc>' + "".join(shapes) + "</svg>"
        )

    def _keys(self) -> tuple[Key, ...]:
        words = self._words
        signs = [
            Key(mark.kind, f"{SIGNS[mark.kind]}{number}", f"{words.when(mark.when)} {mark.text}")
            for number, mark in enumerate(self._marks, 1)
        ]
        shaded = any(self._plane.overlaps(surge) for surge in self._report.surges)
        return (*signs, *([Key("surge", "░", words.say("count.chart.surge"))] if shaded else []))

    def _description(self) -> str:
        words, hours = self._words, [*self._bounces, *self._sends]
        returned = bars(self._bounces, self._plane.bars.grain, words.zone)
        peak = min(returned.counts, key=lambda n: (-returned.counts[n], n), default=None)
        params = {
            "span": words.span(min(hours) * 3600.0, max(hours) * 3600.0 + 3540.0),
            "count": round(sum(self._bounces.values())),
            "peak": None if peak is None else label(words, returned, peak),
            "most": round(returned.most()) or None,
            "sent": round(sum(self._sends.values())) or None,
            "alarms": [words.when(mark.when) for mark in self._marks if mark.kind == "alarm"],
            "events": [mark.text for mark in self._marks if mark.kind != "alarm"],
        }
        return words.say("count.chart.desc", params)
