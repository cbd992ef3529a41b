"""How many messages, from those that bounced: a zero-truncated beta-binomial (one message, k recipients, f failed).

A message is heard of only when at least one of its recipients failed. The failing share varies between messages as
Beta(mean * s, (1 - mean) * s); mean and s are unknown, and their posterior on a grid weighs how many messages nobody
heard of. A message with one recipient says nothing about the share: with such alone the prior speaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import exp, log

from modori.count.mixture import Missing

LARGEST = 100  # recipients of one message that are told apart
_MEANS = tuple((i + 0.5) / 40 for i in range(40))
_SPREADS = tuple(1.5 * 1.8**i for i in range(8))  # s from wild variation to none worth the name


@dataclass(frozen=True, slots=True)
class Sample:
    """`weight` messages of `recipients` each, of which `failed` bounced."""

    recipients: int
    failed: int = 1
    weight: float = 1.0


def prior(mean: float) -> float:
    """Beta(2, 6), not normalised: published shares of invalid addresses lie between 4 and 37 per cent."""
    return mean * (1.0 - mean) ** 5


def told_apart(samples: Iterable[Sample]) -> dict[tuple[int, int], float]:
    """Messages by (recipients, failed), made consistent: Bcc recipients fail without being named."""
    groups: dict[tuple[int, int], float] = defaultdict(float)
    for sample in samples:
        failed = max(1, min(sample.failed, LARGEST))
        groups[max(failed, min(sample.recipients, LARGEST)), failed] += max(sample.weight, 0.0)
    return groups


def missing(groups: dict[tuple[int, int], float]) -> list[Missing]:
    """Per point of the grid: its posterior weight, and mean and variance of the messages that nobody heard of."""
    heard: dict[int, float] = defaultdict(float)
    for (recipients, _), weight in groups.items():
        heard[recipients] += weight
    spreads = _SPREADS if max(heard) > 1 else _SPREADS[:1]  # single recipients cannot tell one spread from another
    points = [_point(mean, spread, groups, heard) for mean in _MEANS for spread in spreads]
    most = max(point.weight for point in points)
    weighed = [point._replace(weight=exp(point.weight - most)) for point in points]
    return [point for point in weighed if point.weight > 1e-3]


def _point(mean: float, spread: float, groups: dict[tuple[int, int], float], heard: dict[int, float]) -> Missing:
    failing, passing, total = _rising(mean, spread, max(heard))
    evidence, expected, variance = log(prior(mean)), 0.0, 0.0
    for (k, f), weight in groups.items():
        evidence += weight * (failing[f] + passing[k - f] - total[k])
    for k, weight in heard.items():
        silent = exp(passing[k] - total[k])  # P(no recipient of k fails)
        seen = max(1.0 - silent, 1e-9)
        evidence -= weight * log(seen)
        expected += weight * silent / seen
        variance += weight * silent / seen**2
    return Missing(evidence, expected, variance)


@lru_cache(maxsize=1024)
def _rising(mean: float, spread: float, most: int) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
    """Logs of the rising factorials of a, b and a + b, of which every beta-binomial probability is made."""

    def logs(start: float) -> Sequence[float]:
        return tuple(accumulate((log(start + i) for i in range(most)), initial=0.0))

    return logs(mean * spread), logs((1.0 - mean) * spread), logs(spread)
