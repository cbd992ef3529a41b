"""The promises of the detector: quick on what matters, silent on what does not, the same in whatever way it is fed."""

import pickle
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modori.count.surge import Detector, Gamma, detect

HOUR = 3600.0
DAY = 24 * HOUR
START = 1_700_000_000.0

moments = st.floats(START, START + 29 * DAY)
arrivals = st.lists(st.tuples(moments, st.sampled_from([0.0, 1.0, 1.0, 1.0, 2.5, 40.0])), max_size=40)


def poisson(rng: random.Random, rate: float, begin: float, end: float) -> Iterator[tuple[float, float]]:
    """Arrivals at `rate` an hour from `begin` to `end`."""
    moment = begin + rng.expovariate(rate) * HOUR
    while moment < end:
        yield moment, 1.0
        moment += rng.expovariate(rate) * HOUR


def ordinary_days(rng: random.Random, daily: float, end: float) -> Detector:
    """A mailbox with ordinary days behind it and no false alarm going on at `end`."""
    detector = Detector(START)
    for moment, weight in poisson(rng, daily / 24, START, end):
        detector.learn(moment, weight)
    alarmed = any(surge.end is None for surge in detector.surges(end))
    return ordinary_days(rng, daily, end) if alarmed else detector


def bounces_until_alarm(rng: random.Random, daily: float, hourly: float) -> int:
    """How many bounces of a surge arrive before the alarm, after 60 ordinary days."""
    change = START + 60 * DAY
    detector = ordinary_days(rng, daily, change)
    for number, (moment, weight) in enumerate(poisson(rng, hourly, change, change + 60 * DAY), 1):
        detector.learn(moment, weight)
        if any(surge.alarm >= change for surge in detector.surges()):
            return number
    raise AssertionError("no alarm")


@pytest.mark.parametrize(
    ("daily", "hourly", "most"), [(0.5, 5, 3.5), (0.5, 30, 3.5), (5, 5, 6.0), (5, 30, 6.0), (5, 1, 14.0)]
)
def test_a_surge_is_told_after_a_few_bounces(daily: float, hourly: float, most: float) -> None:
    rng = random.Random(20_260)
    needed = [bounces_until_alarm(rng, daily, hourly) for _ in range(60)]
    assert sum(needed) / len(needed) <= most


@pytest.mark.parametrize("daily", [0.5, 5.0])
def test_false_alarms_are_rarer_than_promised(daily: float) -> None:
    rng, promised, years = random.Random(7), 500.0, 3
    hours = years * 8760.0
    alarms = 0
    for _ in range(4):
        quiet = poisson(rng, daily / 24, START, START + hours * HOUR)
        alarms += len(detect(quiet, begin=START, false_alarm_hours=promised))
    assert 4 * hours / max(alarms, 1) >= promised


def test_two_bounces_nine_days_apart_are_no_surge() -> None:
    assert detect([(START + 20 * DAY, 1.0), (START + 29 * DAY, 1.0)], begin=START, now=START + 31 * DAY) == ()


def test_a_bounce_a_week_is_no_surge() -> None:
    weekly = [(START + 30 * DAY + week * 7 * DAY, 1.0) for week in range(8)]
    assert detect(weekly, begin=START) == ()


def test_two_at_once_are_no_surge_but_three_are() -> None:
    pair = [(START + 30 * DAY, 1.0), (START + 30 * DAY + 60, 1.0)]
    assert detect(pair, begin=START) == ()
    assert len(detect([*pair, (START + 30 * DAY + 90, 1.0)], begin=START)) == 1


def test_a_further_bounce_of_a_known_original_counts_among_the_three_only() -> None:
    again = [(START + 30 * DAY + second, 0.0) for second in (10, 20, 30)]
    assert detect([(START + 30 * DAY, 1.0), *again], begin=START) == ()
    (surge,) = detect([(START + 30 * DAY, 1.0), (START + 30 * DAY + 60, 1.0), *again], begin=START)
    assert surge.count == 2


def test_a_letter_to_a_stale_list_is_told_with_the_second_that_comes_back() -> None:
    """Three bounces of one letter within one second, then the next letter's: in whatever order they are given."""
    at_once = [(START + 30 * DAY, weight) for weight in (0.0, 1.0, 0.0)]
    (surge,) = detect([*at_once, (START + 30 * DAY + 100, 1.0)], begin=START)
    assert surge.begin == START + 30 * DAY
    assert surge.alarm == START + 30 * DAY + 100


def test_a_surge_has_its_begin_its_end_and_its_count() -> None:
    ordinary = [(START + day * 2 * DAY, 1.0) for day in range(15)]
    first = START + 30 * DAY
    burst = [(first + number * 300.0, 1.0) for number in range(50)]
    later = [(first + 3 * DAY + day * 2 * DAY, 1.0) for day in range(5)]
    (surge,) = detect([*later, *burst, *ordinary], begin=START)
    assert surge.begin == pytest.approx(first)
    assert surge.alarm <= first + 3 * 300.0
    assert surge.end == pytest.approx(first + 49 * 300.0)
    assert surge.count == 50
    assert surge.expected == pytest.approx(0.5 / 24 * 50 * 300 / 3600, rel=0.2)
    assert surge.evidence > 20


def test_a_night_does_not_end_a_surge_but_a_quiet_day_does() -> None:
    first = START + 30 * DAY
    evening = [(first + number * 300.0, 1.0) for number in range(20)]
    morning = [(first + 12 * HOUR + number * 300.0, 1.0) for number in range(20)]
    next_week = [(first + 7 * DAY + number * 300.0, 1.0) for number in range(20)]
    found = detect([*evening, *morning, *next_week], begin=START)
    assert [surge.count for surge in found] == [40, 20]
    assert found[0].end is not None
    assert found[1].end is None
    assert detect(evening, begin=START, now=first + 3 * DAY)[0].end == pytest.approx(evening[-1][0])


def test_ordinary_bounces_just_after_a_surge_do_not_prolong_it() -> None:
    daily = [(START + day * DAY / 4, 1.0) for day in range(120)]
    first = START + 30 * DAY
    burst = [(first + number * 60.0, 1.0) for number in range(60)]
    after = [(first + HOUR + number * DAY / 4, 1.0) for number in range(1, 20)]
    (surge,) = detect([*daily, *burst, *after], begin=START)
    assert surge.end == pytest.approx(burst[-1][0])
    assert surge.count == 60


def test_what_lasts_becomes_usual_and_a_further_rise_is_told() -> None:
    first = START + 30 * DAY
    leak = [(first + number * HOUR / 2, 1.0) for number in range(45 * 48)]
    flood = [(first + 40 * DAY + number * 60.0, 1.0) for number in range(120)]
    after = first + 90 * DAY
    lasting, sudden = detect([*leak, *flood], begin=START, now=after)
    assert lasting.begin == pytest.approx(first)
    assert lasting.end == pytest.approx(leak[-1][0])
    assert lasting.count == len(leak) + len(flood)
    assert sudden.begin == pytest.approx(first + 40 * DAY, abs=HOUR)
    assert sudden.count == pytest.approx(120, abs=6)
    assert detect([*leak, *flood], begin=START)[0].end is None


def test_a_busy_mailbox_seen_for_the_first_time_is_no_surge() -> None:
    rng = random.Random(4)
    alarms = [detect(poisson(rng, 20 / 24, START, START + 30 * DAY), begin=START) for _ in range(40)]
    assert sum(1 for found in alarms if found) <= 7  # one a year is promised: 8 % in 30 days


def test_a_folder_of_nothing_but_bounces_is_a_surge() -> None:
    rng = random.Random(4)
    assert all(detect(poisson(rng, 30, START, START + 4 * HOUR)) for _ in range(20))


def test_a_flood_known_only_by_its_size_is_one_surge() -> None:
    flood = [(START + 30 * DAY + hour * HOUR, 25_000.0) for hour in range(40)]
    (surge,) = detect(flood, begin=START)
    assert surge.count == 1_000_000


def test_a_known_baseline_is_believed() -> None:
    hourly = [(START + number * HOUR, 1.0) for number in range(30)]
    assert detect(hourly, begin=START, baseline=Gamma(1.0, 720.0))
    assert detect(hourly, begin=START, baseline=Gamma(720.0, 720.0)) == ()


def test_moments_that_are_no_moments_are_passed_over() -> None:
    bad = [(float("nan"), 1.0), (float("inf"), 1.0), (START, float("nan")), (START, -1.0)]
    assert detect(bad) == ()
    assert Detector().surges(START) == ()


@given(arrivals, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(found: list[tuple[float, float]], rng: random.Random) -> None:
    shuffled = found.copy()
    rng.shuffle(shuffled)
    assert detect(shuffled, begin=START) == detect(found, begin=START)


@given(arrivals)
def test_live_and_after_the_fact_agree(found: list[tuple[float, float]]) -> None:
    live = Detector(START)
    for moment, weight in sorted(found, key=lambda arrival: (arrival[0], -arrival[1])):
        live.learn(moment, weight)
        live.surges(moment + 1.0)  # asking changes nothing
        live = pickle.loads(pickle.dumps(live))
    assert live.surges() == detect(found, begin=START)


@given(arrivals, arrivals)
@settings(max_examples=50)
def test_parts_merged_are_the_whole(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> None:
    assert detect([*one, *other], begin=START) == detect(sorted([*other, *one]), begin=START)


@given(arrivals, st.floats(1.0, 50.0))
def test_more_bounces_at_the_end_never_silence_the_alarm(found: list[tuple[float, float]], more: float) -> None:
    last = max((moment for moment, _ in found), default=START)
    few = detect([*found, (last, 1.0)], begin=START)
    many = detect([*found, (last, 1.0 + more)], begin=START)
    assert len(many) >= len(few)


@given(arrivals)
def test_surges_follow_one_another_and_never_count_twice(found: list[tuple[float, float]]) -> None:
    surges = detect(found, begin=START)
    assert sum(surge.count for surge in surges) <= sum(weight for _, weight in found) + len(surges)
    for surge, following in pairwise(surges):
        assert surge.end is not None
        assert surge.begin <= surge.alarm
        assert surge.end <= following.begin
