"""Sends within a provider's window: how full it got, when the limit was crossed, when there is room again.

Sends are known by the epoch hour. A message counts in its hour and the following ones of a rolling window, so the
forecast is exact to the hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_HOUR = 3600.0
_CRUMB = 1e-6  # of a message: adding and taking away floats leaves some
_JAPAN = 9  # a calendar day of the providers whose limits are known to reset at midnight


@dataclass(frozen=True, slots=True)
class Window:
    """So many hours; rolling, or filled anew at every full one of them."""

    hours: int
    calendar: bool = False

    def opening(self, hour: int) -> int:
        """The first hour that still counts at `hour`."""
        if self.calendar:
            return hour - (hour + _JAPAN) % self.hours
        return hour - self.hours + 1


def load(sends: Mapping[int, float], window: Window, hour: int) -> float:
    """How many count at `hour`."""
    return sum(sends.get(past, 0.0) for past in range(window.opening(hour), hour + 1))


def loads(sends: Mapping[int, float], window: Window) -> dict[int, float]:
    """How many count at each hour in which something was sent, in order: one pass."""
    hours, found = sorted(sends), dict[int, float]()
    oldest, total = 0, 0.0
    for hour in hours:
        total += sends[hour]
        opening = window.opening(hour)
        while hours[oldest] < opening:
            total -= sends[hours[oldest]]
            oldest += 1
        found[hour] = total
    return found


def fullest(sends: Mapping[int, float], window: Window) -> float:
    """The most that any window held."""
    return max(loads(sends, window).values(), default=0.0)


def crossing(sends: Mapping[int, float], window: Window, limit: float) -> float | None:
    """The moment from which on more than the limit had been sent."""
    return next((hour * _HOUR for hour, total in loads(sends, window).items() if total > limit + _CRUMB), None)


def room(sends: Mapping[int, float], window: Window, limit: float, now: float) -> float | None:
    """When the limit allowed, or will allow, one more message after it was last reached; sending goes on as now.

    None when it never was reached, or when at the last hour's rate it will stay so.
    """
    full = max((hour for hour, total in loads(sends, window).items() if total >= limit - _CRUMB), default=None)
    if full is None:
        return None
    present = max(full, int(now // _HOUR))
    rate = max(sends.get(present, 0.0), sends.get(present - 1, 0.0))
    ahead = dict(sends)
    for hour in range(full + 1, present + 2 * window.hours + 1):
        if hour > present:
            ahead[hour] = rate
        if load(ahead, window, hour) < limit:
            return hour * _HOUR
    return None
