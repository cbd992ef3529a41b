"""Quantiles of a weighted mixture of counts, each known by mean and variance, each near enough a log-normal."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
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
    quantile = _quantiles(parts)
    tail = (1.0 - share) / 2.0
    spans = [(quantile(cut), quantile(cut + share)) for cut in (tail * i / 3 + 1e-3 for i in range(6))]
    shortest = min(spans, key=lambda span: span[1] - span[0])
    return min(shortest[0], quantile(tail)), quantile(0.5), max(shortest[1], quantile(1.0 - tail))


def _quantiles(parts: Sequence[Missing]) -> Callable[[float], float]:
    total = sum(part.weight for part in parts)
    shapes = [(part.weight / total / 2.0, *_log_normal(part.mean, part.variance)) for part in parts]
    floor = min(centre - 6.0 * width for _, centre, width in shapes)
    step = (max(centre + 6.0 * width for _, centre, width in shapes) - floor) / _STEPS

    def below(place: float) -> float:
        return sum([weight * (1.0 + erf((place - centre) / width)) for weight, centre, width in shapes])

    table = [below(floor + number * step) for number in range(_STEPS + 1)]

    def quantile(wanted: float) -> float:
        number = min(max(bisect_left(table, wanted), 1), _STEPS)
        return exp(_between(below, wanted, floor + (number - 1) * step, floor + number * step))

    return quantile


def _between(below: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if below(middle) < wanted else (low, middle)
    return (low + high) / 2.0


def _log_normal(mean: float, variance: float) -> tuple[float, float]:
    """(centre, width times the square root of 2) of the log-normal with these moments."""
    mean = max(mean, 1e-6)
    square = log(1.0 + variance / mean**2)
    return log(mean) - square / 2.0, max(sqrt(2.0 * square), 1e-6)
