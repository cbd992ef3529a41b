"""How many messages, from those that bounced: a zero-truncated beta-binomial (one message, k recipients, f failed).

A message is heard of only when at least one of its recipients failed. The failing share varies between messages as
Beta(mean * s, (1 - mean) * s); mean and s are unknown, and their posterior on a grid weighs how many messages nobody
heard of. A message with one recipient says nothing about the share: with such alone the prior speaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log
from typing import TypeAlias

from modori.count.mixture import Missing
from modori.count.zoom import Box

Groups: TypeAlias = dict[tuple[int, int], float]

LARGEST = 100  # recipients of one message that are told apart
TRUSTED = 100.0  # messages: more of them cannot make the beta law truer than it is
_WHOLE = Box((-5.5, 3.5), (0.0, 5.5))
_PASSES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """`weight` messages of `recipients` each, of which `failed` bounced."""

    recipients: int
    failed: int = 1
    weight: float = 1.0


def told_apart(samples: Iterable[Sample]) -> Groups:
    """Messages by (recipients, failed), made consistent: Bcc recipients fail without being named."""
    groups: dict[tuple[int, int], float] = defaultdict(float)
    for sample in samples:
        failed = max(1, min(sample.failed, LARGEST))
        groups[max(failed, min(sample.recipients, LARGEST)), failed] += max(sample.weight, 0.0)
    return groups


def missing(groups: Groups) -> list[Missing]:
    """Per point of the grid: its posterior weight, and mean and variance of the messages that nobody heard of.

    The grid is drawn three times, each time closer around where the posterior lies.
    """
    box, points = _WHOLE, []
    for _ in range(_PASSES):
        points = [(place, _point(place, groups)) for place in box.places(flat=largest_message(groups) == 1)]
        most = max(point.weight for _, point in points)
        points = [(place, point._replace(weight=exp(point.weight - most))) for place, point in points]
        box = box.around([place for place, point in points if point.weight > 1e-3])
    return [point for _, point in points if point.weight > 1e-3]


def surely_missing(groups: Groups) -> float:
    """Chao's lower bound on the messages nobody heard of, which holds whatever law the failing share follows."""
    bound = 0.0
    for k in {recipients for recipients, _ in groups if recipients > 1}:
        once, twice = groups.get((k, 1), 0.0), groups.get((k, 2), 0.0)
        bound += (k - 1) / k * max(once * (once - 1.0), 0.0) / (2.0 * (twice + 1.0))
    return bound


def largest_message(groups: Groups) -> int:
    """Recipients of the largest message."""
    return max(recipients for recipients, _ in groups)


def _point(place: tuple[float, float], groups: Groups) -> Missing:
    odds, spread = exp(place[0]), exp(place[1])
    mean = odds / (1.0 + odds)
    failing, passing, total = _rising(mean, spread, largest_message(groups))
    heard = sum(groups.values())
    evidence, expected, variance = 0.0, 0.0, 0.0
    for (k, f), weight in groups.items():
        silent = exp(passing[k] - total[k])  # P(no recipient of k fails)
        seen = max(1.0 - silent, 1e-9)
        evidence += weight * (failing[f] + passing[k - f] - total[k] - log(seen))
        expected += weight * silent / seen
        variance += weight * silent / seen**2
    return Missing(_log_prior(mean) + evidence * min(1.0, TRUSTED / heard), expected, variance)


def _log_prior(mean: float) -> float:
    """Beta(2, 6) on the scale of the log-odds; published shares of invalid addresses lie between 4 and 37 per cent."""
    return 2.0 * log(mean) + 6.0 * log(1.0 - mean)


def _rising(mean: float, spread: float, most: int) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
    """Logs of the rising factorials of a, b and a + b, of which every beta-binomial probability is made."""

    def logs(start: float) -> Sequence[float]:
        return tuple(accumulate((log(start + i) for i in range(most)), initial=0.0))

    return logs(mean * spread), logs((1.0 - mean) * spread), logs(spread)
