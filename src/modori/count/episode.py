"""One surge under way: when it began, how many came, and when it was over.

It began with the arrival from which on the likelihood of a raised rate is greatest. It is over when a whole day
has passed that the baseline explains, so that a hijacker's night is no end; its last arrival is again the likeliest.
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
ACCUSTOMED_HOURS = 30 * 24.0
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
    baseline: Gamma  # as it was before the surge
    count: float = 0.0
    end: float | None = None
    peak: float = 0.0
    tail: deque[Arrival] = field(default_factory=deque)

    def fork(self) -> Episode:
        """A copy that may go on without this one."""
        return replace(self, tail=self.tail.copy())

    def add(self, arrival: Arrival) -> None:
        self.count += arrival.weight
        if self.tail and _minute(self.tail[-1]) == _minute(arrival):
            arrival = Arrival(arrival.hour, arrival.weight + self.tail.pop().weight, arrival.before)
        self.tail.append(arrival)

    def accustomed(self, now: float) -> bool:
        """What has gone on for so long is how things are: a further rise must be seen on top of it."""
        return now - self.begin > ACCUSTOMED_HOURS

    def over(self, now: float) -> list[Arrival]:
        """Sets `end`, and returns what came after it, when a day up to `now` was ordinary again."""
        if not self.tail or self.tail[0].hour + QUIET_HOURS >= now:
            return []
        later = sum(arrival.weight for arrival in self.tail)
        while self.tail and self.tail[0].hour + QUIET_HOURS < now:
            last = self.tail.popleft()
            later -= last.weight
            if later <= self._ordinary():
                return self._close(last)
        return []

    def _close(self, last: Arrival) -> list[Arrival]:
        """Of the few arrivals after `last`, the first may still belong to the surge: as many as make it likeliest."""
        best, kept, count = 0.0, 0, 0.0
        for number, arrival in enumerate(self.tail, 1):
            count += arrival.weight
            likelihood = log_likelihood_ratio(count, self.baseline.rate * (arrival.hour - last.hour))
            if likelihood > best:
                best, kept = likelihood, number
        later = list(self.tail)[kept:]
        self.count -= sum(arrival.weight for arrival in later)
        self.end = (self.tail[kept - 1] if kept else last).hour
        return later

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
