"""Many mailboxes: the calibrated e-values are e-values, and e-BH believes the strongest only as far as it may."""

from math import exp, log

from hypothesis import given
from hypothesis import strategies as st

from modori.count.discovery import false_discovery, log_e_value


def test_the_calibrator_has_mean_one_under_the_worst_case() -> None:
    """For P(peak >= y T) = 1 / y, y >= 1, the mean of the e-value is the integral of e(y) / y^2: at most 1."""
    steps, mean = 200_000, 0.0
    for number in range(steps):
        share = (number + 0.5) / steps  # 1 / y is uniform
        mean += exp(log_e_value(1.0 / share, 1.0)) / steps
    assert 0.9 < mean <= 1.0


def test_nothing_stands_without_evidence() -> None:
    assert false_discovery([]) == []
    assert false_discovery([log_e_value(1.0, 1000.0)] * 50) == [False] * 50


def test_the_strong_stand_among_many_quiet_ones() -> None:
    evidence = [0.0] * 990 + [log(1e5)] * 10
    assert false_discovery(evidence, 0.05) == [False] * 990 + [True] * 10


def test_one_alone_must_pay_for_all() -> None:
    assert false_discovery([log(1e5)] + [0.0] * 99_999, 0.05)[0] is False
    assert false_discovery([log(3e6)] + [0.0] * 99_999, 0.05)[0] is True


@given(st.floats(1.0, 1e30), st.floats(1.0, 1e30), st.floats(1.0, 1e5))
def test_a_higher_peak_is_never_less_evidence(one: float, other: float, hours: float) -> None:
    low, high = sorted((one, other))
    assert log_e_value(low, hours) <= log_e_value(high, hours) + 1e-9
