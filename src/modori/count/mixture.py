"""Quantiles of a weighted mixture of counts, each known by mean and variance, each near enough a log-normal."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import erf, exp, log, sqrt
from typing import NamedTuple

_STEPS, _HALVINGS = 32, 4  # of a dozen widths: a fortieth of one


class Missing(NamedTuple):
    """One possibility for the number of messages that nobody heard of."""

    weight: float
    mean: float
    variance: float


def interval(parts: Sequence[Missing], share: float = 0.9) -> tuple[float, float, float]:
    """(low, median, high), spanning both the equal-tailed and the shortest interval that hold `share`.

    They differ where the tail is long, as under the prior; an honest statement should not depend on the choice.
    """
    law = _Law(parts)
    tail = (1.0 - share) / 2.0
    cuts = [tail * i / 3 + 1e-3 for i in range(6)]
    shortest = min(cuts, key=lambda cut: exp(law.about(cut + share)) - exp(law.about(cut)))
    return (
        exp(min(law.exactly(shortest), law.exactly(tail))),
        exp(law.exactly(0.5)),
        exp(max(law.exactly(shortest + share), law.exactly(1.0 - tail))),
    )


class _Law:
    """The mixture's distribution on the scale of the logarithm: a table first, then closing in between two entries."""

    def __init__(self, parts: Sequence[Missing]) -> None:
        total = sum(part.weight for part in parts)
        self._shapes = [(part.weight / total / 2.0, *_log_normal(part.mean, part.variance)) for part in parts]
        self._floor = min(centre - 6.0 * width for _, centre, width in self._shapes)
        roof = max(centre + 6.0 * width for _, centre, width in self._shapes)
        self._step = (roof - self._floor) / _STEPS
        self._table = [self._below(self._floor + number * self._step) for number in range(_STEPS + 1)]

    def about(self, wanted: float) -> float:
        """The quantile, as straight lines between the entries have it."""
        number = self._entry(wanted)
        low, high = self._table[number - 1], self._table[number]
        share = (wanted - low) / (high - low) if high > low else 1.0
        return self._floor + (number - 1 + share) * self._step

    def exactly(self, wanted: float) -> float:
        """The quantile."""
        high = self._floor + self._entry(wanted) * self._step
        low = high - self._step
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self._below(middle) < wanted else (low, middle)
        return (low + high) / 2.0

    def _entry(self, wanted: float) -> int:
        return min(max(bisect_left(self._table, wanted), 1), _STEPS)

    def _below(self, place: float) -> float:
        return sum([weight * (1.0 + erf((place - centre) / width)) for weight, centre, width in self._shapes])


def _log_normal(mean: float, variance: float) -> tuple[float, float]:
    """(centre, width times the square root of 2) of the log-normal with these moments."""
    mean = max(mean, 1e-6)
    square = log(1.0 + variance / mean**2)
    return log(mean) - square / 2.0, max(sqrt(2.0 * square), 1e-6)
