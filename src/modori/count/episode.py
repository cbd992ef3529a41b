"""One surge under way: when it began, how many came, and when it was over.

It began with the arrival from which on the likelihood of a raised rate is greatest. It is over when a whole day
has passed that the baseline explains, so that a hijacker's night is not an end; its last moment is the arrival before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import NamedTuple

from modori.count.baseline import Gamma
from modori.count.statistic import log_likelihood_ratio

QUIET_HOURS = 24.0
_GRAINS = 60  # an hour: the tail is kept by the minute, at most 1,440 entries, whatever arrives
_HOPELESS = 10.0  # nats below the best: no earlier beginning will catch up


class Arrival(NamedTuple):
    """A deduplicated bounce, in hours since the epoch, with the belief that was held just before it."""

    hour: float
    weight: float
    before: Gamma


@dataclass(slots=True)
class Episode:
    """A surge from its alarm on; times in hours since the epoch."""

    begin: float
    alarm: float
    baseline: Gamma  # as it was before the surge: its arrivals and its hours teach nothing about ordinary days
    count: float = 0.0
    peak: float = 0.0
    tail: deque[Arrival] = field(default_factory=deque)

    def fork(self) -> Episode:
        """A copy that may go on without this one."""
        return replace(self, tail=self.tail.copy())

    def add(self, arrival: Arrival) -> None:
        self.count += arrival.weight
        if self.tail and _minute(self.tail[-1]) == _minute(arrival):
            arrival = arrival._replace(weight=arrival.weight + self.tail.pop().weight)
        self.tail.append(arrival)

    def over(self, now: float) -> tuple[float, list[Arrival]] | None:
        """(the end, what came after it) when a day up to `now` was ordinary again; None while it goes on."""
        while self.tail and self.tail[0].hour + QUIET_HOURS < now:
            end = self.tail.popleft().hour
            later = sum(arrival.weight for arrival in self.tail)
            if later <= self._ordinary():
                self.count -= later
                return end, list(self.tail)
        return None

    def _ordinary(self) -> float:
        daily = self.baseline.rate * QUIET_HOURS
        return daily + 2.0 * sqrt(daily)


def _minute(arrival: Arrival) -> int:
    return int(arrival.hour * _GRAINS)


def beginning(recent: Sequence[Arrival], now: float) -> int:
    """Index of the arrival with which a raised rate most likely began."""
    best, chosen, count = float("-inf"), len(recent) - 1, 0.0
    for index in range(len(recent) - 1, -1, -1):
        arrival = recent[index]
        count += arrival.weight
        likelihood = log_likelihood_ratio(count, arrival.before.rate * (now - arrival.hour))
        if likelihood > best:
            best, chosen = likelihood, index
        elif likelihood < best - _HOPELESS:
            break
    return chosen
