"""The mixture Shiryaev-Roberts statistic of a point process (Shin, Ramdas and Rinaldo, "E-detectors", 2022).

For one rate ratio r, R sums over every past moment s the likelihood ratio of "since s the rate is r times the
baseline" against "nothing changed". Between arrivals R grows by one an hour and decays with the baseline's exposure; at
an arrival it is multiplied by r. The mean over a grid of ratios has expectation t after t hours without a change,
whatever the grid: hence "alarm at A" means at least A hours between false alarms.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from modori.count.baseline import Gamma

RATIOS: tuple[float, ...] = tuple(2.0 * 500.0 ** (i / 5) for i in range(6))  # 2 to 1000; twice as many gain nothing
AT_REST: tuple[float, ...] = (0.0,) * len(RATIOS)

_EXCESS = tuple(r - 1.0 for r in RATIOS)
_LOGS = tuple(log(r) for r in RATIOS)
_FORGOTTEN = 50.0  # nats of decay after which the past is nothing (and floats would underflow, which is slow)
_LARGEST = 300.0  # the logarithm of a factor beyond which no decision needs more


def advance(values: Sequence[float], baseline: Gamma, hours: float, weight: float) -> list[float]:
    """The statistic per ratio after `hours` of silence and then an arrival, exactly, under the gamma-Poisson null.

    In silence the null's rate falls as shape / (baseline.hours + t): decay and growth both have closed forms.
    """
    shape, before = baseline
    end = before + hours
    share = before / end
    exposure = -shape * log(share)
    after = []
    for value, excess, factor in zip(values, _EXCESS, _factors(weight), strict=True):
        rest = end / (excess * shape + 1.0)
        if excess * exposure < _FORGOTTEN:
            rest += exp(-excess * exposure) * (value - share * rest)
        after.append(rest * factor)
    return after


def _factors(weight: float) -> Sequence[float]:
    if weight == 1.0:
        return RATIOS
    return [exp(min(weight * log_ratio, _LARGEST)) for log_ratio in _LOGS]


def height(values: Sequence[float]) -> float:
    """The statistic itself: the mean over the grid."""
    return sum(values) / len(values)


def log_likelihood_ratio(count: float, expected: float) -> float:
    """Of "the rate rose by a ratio of the grid" against "it did not": `count` arrivals where `expected` were due."""
    terms = [count * log_ratio - excess * expected for excess, log_ratio in zip(_EXCESS, _LOGS, strict=True)]
    most = max(terms)
    return most + log(sum(exp(term - most) for term in terms) / len(terms))
