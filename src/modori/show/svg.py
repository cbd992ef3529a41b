"""The same counts as an SVG picture for the page and the HTML report: drawn here, without script, style or colour.

Shapes take `currentColor` and carry classes, so that the page's own stylesheet decides on light and dark; a content
security policy that forbids inline styles is satisfied. A reader who cannot see it gets <title> and <desc>, and each
bar its own <title> (WCAG 2.2, 1.1.1; SVG Accessibility API Mappings).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from modori.show.axis import Mark, marks
from modori.show.bars import DAY, HOUR, bars, fitting
from modori.show.plane import HIGH, WIDE, Plane
from modori.show.words import Words
from modori.types import Report

MOST_BARS = 200
_AROUND = 6 * 3600.0  # shown before and after the surge in the chart by hours


def by_day(report: Report, words: Words, sends: Mapping[int, float] | None = None) -> str:
    """Everything, by days (weeks when there are years of it); `sends` are messages by epoch hour, where known."""
    return _picture("day", report, words, report.tallies.by_hour, sends or {}, DAY)


def by_hour(report: Report, words: Words, sends: Mapping[int, float] | None = None) -> str:
    """The largest surge by hours, or the whole when there was none."""
    counts: Mapping[int, float] = report.tallies.by_hour
    sent = sends or {}
    if report.surges:
        surge = max(report.surges, key=lambda s: s.count)
        last = max(counts, default=0) * 3600.0 if surge.end is None else surge.end
        counts, sent = (_within(hours, surge.begin - _AROUND, last + _AROUND) for hours in (counts, sent))
    return _picture("hour", report, words, counts, sent, HOUR)


def _within(hours: Mapping[int, float], begin: float, end: float) -> dict[int, float]:
    return {hour: count for hour, count in hours.items() if begin <= hour * 3600 + 3599 and hour * 3600 <= end}


def _picture(
    name: str,
    report: Report,
    words: Words,
    bounces: Mapping[int, float],
    sends: Mapping[int, float],
    least: int,
) -> str:
    title = words.say(f"count.chart.{name}")
    if not bounces:
        return _frame(name, title, words.say("count.chart.empty"), [])
    both = {hour: bounces.get(hour, 0.0) + sends.get(hour, 0.0) for hour in (*bounces, *sends)}
    grain = fitting(both, MOST_BARS, words.zone, least).grain
    plane = Plane(bars(bounces, grain, words.zone), bars(sends, grain, words.zone), words)
    beside = [mark for mark in marks(report, words) if plane.holds(mark.when)]
    shapes = [
        *plane.surges(report.surges),
        *plane.grid(),
        *plane.columns(),
        *plane.line(),
        *plane.marks(beside),
        *plane.labels(),
    ]
    return _frame(name, title, _description(words, bounces, sends, plane, beside), shapes)


def _frame(name: str, title: str, description: str, shapes: Sequence[str]) -> str:
    """The document; `name` keeps the ids of two charts on one page apart."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{name}" viewBox="0 0 {WIDE} {HIGH}" role="img"'
        f' aria-labelledby="chart-{name}-title chart-{name}-desc">'
        f'<title id="chart-{name}-title">{escape(title)}</title>'
        f'<desc id="chart-{name}-desc">{escape(description)}</desc>' + "".join(shapes) + "</svg>"
    )


def _description(
    words: Words, bounces: Mapping[int, float], sends: Mapping[int, float], plane: Plane, beside: Sequence[Mark]
) -> str:
    return words.say(
        "count.chart.desc",
        {
            "span": words.span(min(bounces) * 3600.0, max(bounces) * 3600.0 + 3540.0),
            "count": round(sum(bounces.values())),
            "peak": plane.peak(),
            "most": round(plane.bounces.most()),
            "sent": round(sum(sends.values())) or None,
            "alarms": [words.when(mark.when) for mark in beside if mark.alarm],
        },
    )
