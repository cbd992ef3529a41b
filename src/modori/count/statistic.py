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

RATIOS: tuple[float, ...] = tuple(2.0 * 500.0 ** (i / 15) for i in range(16))  # 2 to 1000, a log grid
AT_REST: tuple[float, ...] = (0.0,) * len(RATIOS)

_STEPS = tuple((r - 1.0, log(r)) for r in RATIOS)
_LARGEST = 690.0  # exp() of it is still a float, and no decision needs more
_CEILING = exp(_LARGEST)


def advance(values: Sequence[float], baseline: Gamma, hours: float, weight: float) -> list[float]:
    """The statistic per ratio after `hours` of silence and then an arrival, exactly, under the gamma-Poisson null.

    In silence the null's rate falls as shape / (baseline.hours + t): decay and growth both have closed forms.
    """
    end = baseline.hours + hours
    share = baseline.hours / end
    shrink = log(share)
    after = []
    for value, (excess, log_ratio) in zip(values, _STEPS, strict=True):
        power = excess * baseline.shape
        decay = exp(power * shrink)
        before = value * decay + end / (power + 1.0) * (1.0 - decay * share)
        after.append(min(before * exp(min(weight * log_ratio, _LARGEST)), _CEILING))
    return after


def height(values: Sequence[float]) -> float:
    """The statistic itself: the mean over the grid."""
    return sum(values) / len(values)


def log_likelihood_ratio(count: float, expected: float) -> float:
    """Of "the rate rose by a ratio of the grid" against "it did not": `count` arrivals where `expected` were due."""
    terms = [count * log_ratio - excess * expected for excess, log_ratio in _STEPS]
    most = max(terms)
    return most + log(sum(exp(term - most) for term in terms) / len(terms))
