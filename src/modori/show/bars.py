"""Counts an hour as the bars of a chart: hours, days or weeks of the user's own clock, never more than fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

HOUR, DAY, WEEK = 1, 24, 168
_BEFORE, _AFTER = 3 * 24, 24  # hours of sending that are shown around what came back
_GRAINS = (HOUR, 3, 6, 12, DAY, WEEK, 4 * WEEK, 52 * WEEK)


@dataclass(frozen=True, slots=True)
class Bars:
    """`counts` by bar number; bar n holds the local hours from n * grain on. Bars without a count are left out."""

    grain: int
    zone_minutes: int
    counts: Mapping[int, float]

    def number(self, moment: float) -> int:
        """The bar that a moment falls into."""
        return int((moment + self.zone_minutes * 60) // (3600 * self.grain))

    def begin(self, number: int) -> float:
        """When a bar begins, in epoch seconds."""
        return float(number * self.grain * 3600 - self.zone_minutes * 60)

    def most(self) -> float:
        """The highest bar."""
        return max(self.counts.values(), default=0.0)

    def span(self) -> range:
        """All bar numbers from the first to the last."""
        return range(min(self.counts), max(self.counts) + 1) if self.counts else range(0)


def bars(by_hour: Mapping[int, float], grain: int, zone_minutes: int = 0) -> Bars:
    """Epoch hours put together by `grain` local hours."""
    counts: dict[int, float] = {}
    for hour, count in by_hour.items():
        if count > 0:
            number = (hour * 60 + zone_minutes) // (grain * 60)
            counts[number] = counts.get(number, 0.0) + count
    return Bars(grain, zone_minutes, counts)


def fitting(by_hour: Mapping[int, float], most: int, zone_minutes: int = 0, least: int = HOUR) -> Bars:
    """The finest bars, not finer than `least`, that are at most `most`, gaps included."""
    tried = bars(by_hour, least, zone_minutes)
    for grain in (g for g in _GRAINS if g >= least):
        tried = bars(by_hour, grain, zone_minutes)
        if len(tried.span()) <= most:
            return tried
    return tried


def near(sends: Mapping[int, float], bounces: Mapping[int, float]) -> Mapping[int, float]:
    """What was sent shortly before, while and just after something came back; all of it when nothing did."""
    if not bounces:
        return sends
    first, last = min(bounces) - _BEFORE, max(bounces) + _AFTER
    return {hour: count for hour, count in sends.items() if first <= hour <= last}


def rows(found: Bars, marked: Iterable[int]) -> list[int | None]:
    """Bar numbers in order, those with a mark too; None for a stretch of two and more in which nothing happened."""
    numbers = sorted({*found.counts, *marked})
    shown: list[int | None] = [*numbers[:1]]
    for before, number in pairwise(numbers):
        if number - before == 2:
            shown.append(before + 1)
        elif number - before > 2:
            shown.append(None)
        shown.append(number)
    return shown


def compact(by_hour: Mapping[int, float], marks: Iterable[float], most: int, zone_minutes: int = 0) -> Bars:
    """The finest bars that take at most `most` rows when empty stretches are one row each."""
    moments = list(marks)
    tried = bars(by_hour, HOUR, zone_minutes)
    for grain in _GRAINS:
        tried = bars(by_hour, grain, zone_minutes)
        if len(rows(tried, (tried.number(moment) for moment in moments))) <= most:
            return tried
    return tried
