"""The closed form against what it stands for: the differential equation of the statistic, and its martingale."""

from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.count.baseline import Gamma
from modori.count.statistic import AT_REST, RATIOS, advance, height, log_likelihood_ratio

rates = st.floats(0.5, 50.0)
spans = st.floats(0.01, 200.0)


def integrated(value: float, ratio: float, baseline: Gamma, hours: float, steps: int = 20_000) -> float:
    """dR/dt = 1 - (r - 1) rate(t) R by the implicit Euler method."""
    step = hours / steps
    for number in range(1, steps + 1):
        rate = baseline.shape / (baseline.hours + number * step)
        value = (value + step) / (1.0 + step * (ratio - 1.0) * rate)
    return value


def test_silence_follows_the_differential_equation() -> None:
    belief = Gamma(3.0, 100.0)
    values = advance([5.0] * len(RATIOS), belief, 7.0, 0.0)
    for ratio, value in list(zip(RATIOS, values, strict=True))[::5]:
        assert value == pytest.approx(integrated(5.0, ratio, belief, 7.0), rel=2e-2)


def test_an_arrival_multiplies_each_value_by_its_ratio() -> None:
    quiet = advance(AT_REST, Gamma(1.0, 24.0), 10.0, 0.0)
    struck = advance(AT_REST, Gamma(1.0, 24.0), 10.0, 1.0)
    assert all(isclose(s, q * r) for s, q, r in zip(struck, quiet, RATIOS, strict=True))


@given(rates, spans, st.floats(0.1, 100.0), st.floats(0.1, 100.0))
def test_silence_may_be_cut_anywhere(shape: float, hours: float, one: float, other: float) -> None:
    belief = Gamma(shape, hours)
    at_once = advance(AT_REST, belief, one + other, 0.0)
    in_two = advance(advance(AT_REST, belief, one, 0.0), belief.wait(one), other, 0.0)
    assert all(isclose(a, b, rel_tol=1e-6) for a, b in zip(at_once, in_two, strict=True))


@given(st.floats(0.0, 1e6))
def test_no_weight_overflows(weight: float) -> None:
    values = advance(advance(AT_REST, Gamma(1.0, 24.0), 1.0, weight), Gamma(1.0, 24.0), 1.0, weight)
    assert height(values) < float("inf")


def test_the_likelihood_ratio_is_the_mean_over_the_grid() -> None:
    plain = sum(r**3 * exp(-(r - 1.0) * 0.01) for r in RATIOS) / len(RATIOS)
    assert log_likelihood_ratio(3, 0.01) == pytest.approx(log(plain))


def test_the_expected_statistic_under_no_change_is_the_time() -> None:
    """E[R(t)] = t: sum over 0, 1, 2, 3 arrivals in a short time, each probability known."""
    belief, hours = Gamma(2.0, 10.0), 0.5
    start = 4.0
    none = (belief.hours / (belief.hours + hours)) ** belief.shape
    # One arrival at u has density shape/(hours+u) * P(silence before) * P(silence after, with shape + 1).
    steps, mean = 400, none * height(advance([start] * len(RATIOS), belief, hours, 0.0))
    for number in range(steps):
        at = (number + 0.5) * hours / steps
        seen = belief.wait(at)
        before = (belief.hours / seen.hours) ** belief.shape
        after = (seen.hours / (belief.hours + hours)) ** (belief.shape + 1.0)
        density = belief.shape / seen.hours * before * after
        values = advance(advance([start] * len(RATIOS), belief, at, 1.0), seen.after(0.0, 1.0), hours - at, 0.0)
        mean += density * height(values) * hours / steps
    assert mean < start + hours  # what two and more arrivals add is missing
