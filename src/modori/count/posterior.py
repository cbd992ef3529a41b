"""The zero-truncated beta-binomial: how many messages nobody heard of, at every point of a posterior.

The failing share varies between messages as Beta(mean * s, (1 - mean) * s); mean and s are unknown, and their posterior
on a grid weighs how many messages stayed silent. Every beta-binomial probability is made of log-gamma values.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import exp, lgamma, log

from modori.count.mixture import Missing, interval
from modori.count.recipients import Groups
from modori.count.zoom import Box

TRUSTED = 100.0  # messages: more of them cannot make the beta law truer than it is
_WHOLE = Box((-5.5, 3.5), (0.0, 5.5))
_COARSE, _FINE, _FLAT = (12, 4), (16, 8), (96, 1)  # cells in the mean and in the spread
_NEGLIGIBLE = 1e-3  # of the most probable point


def unheard(groups: Groups) -> tuple[float, float, float]:
    """(low, median, high) of the messages nobody heard of: 90 %."""
    if max(recipients for recipients, _ in groups) == 1:
        return _by_the_prior(max(1, round(sum(groups.values()))))
    return interval(_missing(_Heard(groups)))


@lru_cache(maxsize=4096)
def _by_the_prior(heard: int) -> tuple[float, float, float]:
    """A message with one recipient says nothing about the share: only their number counts."""
    heard_of = _Heard({(1, 1): float(heard)})
    return interval(_weighed([_point(place, heard_of) for place in _WHOLE.places(*_FLAT)]))


class _Heard:
    """All that the likelihood needs of the messages: how many were of each size, failed so often, passed so often."""

    def __init__(self, groups: Groups) -> None:
        self.sizes = _by((k, weight) for (k, _), weight in groups.items())
        self.failed = _by((f, weight) for (_, f), weight in groups.items())
        self.passed = _by((k - f, weight) for (k, f), weight in groups.items())
        self.number = sum(groups.values())
        self.trust = min(1.0, TRUSTED / self.number)


def _by(weights: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
    """The weights added up by number."""
    total: dict[int, float] = {}
    for number, weight in weights:
        total[number] = total.get(number, 0.0) + weight
    return list(total.items())


def _missing(heard: _Heard) -> list[Missing]:
    """Per point of the grid: its posterior weight, and mean and variance of the messages that nobody heard of.

    A coarse grid finds where the posterior lies, a fine one is drawn there.
    """
    places = _WHOLE.places(*_COARSE)
    points = [_point(place, heard) for place in places]
    least = max(point.weight for point in points) + log(_NEGLIGIBLE)
    likely = [place for place, point in zip(places, points, strict=True) if point.weight > least]
    return _weighed([_point(place, heard) for place in _WHOLE.around(likely, *_COARSE).places(*_FINE)])


def _weighed(points: list[Missing]) -> list[Missing]:
    """Log weights to weights, without the points that do not matter."""
    most = max(point.weight for point in points)
    weighed = (point._replace(weight=exp(point.weight - most)) for point in points)
    return [point for point in weighed if point.weight > _NEGLIGIBLE]


def _point(place: tuple[float, float], heard: _Heard) -> Missing:
    odds, spread = exp(place[0]), exp(place[1])
    mean = odds / (1.0 + odds)
    fail, keep = mean * spread, (1.0 - mean) * spread
    base = lgamma(spread) - lgamma(keep)
    evidence = heard.number * (base - lgamma(fail))
    evidence += sum([weight * lgamma(fail + f) for f, weight in heard.failed])
    evidence += sum([weight * lgamma(keep + passed) for passed, weight in heard.passed])
    expected, variance = 0.0, 0.0
    for k, weight in heard.sizes:
        whole = lgamma(spread + k)
        silent = exp(lgamma(keep + k) - whole + base)  # P(no recipient of k fails)
        seen = max(1.0 - silent, 1e-9)
        evidence -= weight * (whole + log(seen))
        expected += weight * silent / seen
        variance += weight * silent / seen**2
    return Missing(_log_prior(mean) + evidence * heard.trust, expected, variance)


def _log_prior(mean: float) -> float:
    """Beta(2, 6) on the scale of the log-odds; published shares of invalid addresses lie between 4 and 37 per cent."""
    return 2.0 * log(mean) + 6.0 * log(1.0 - mean)
