"""The interval holds what it says on simulated incidents, and the best source at hand speaks first."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modori.count.volume import Overlap, Sample, estimate
from modori.types import Place, SendCount, Volume

samples = st.lists(
    st.builds(Sample, st.integers(0, 200), st.integers(0, 200), st.floats(0.0, 1e6)), min_size=1, max_size=12
)


def incident(rng: random.Random, messages: int, recipients: int) -> list[Sample]:
    """What bounces of `messages` whose failing share varies as Beta(2, 6)."""
    heard = []
    for _ in range(messages):
        share = rng.betavariate(2, 6)
        failed = sum(rng.random() < share for _ in range(recipients))
        if failed:
            heard.append(Sample(recipients, failed))
    return heard


@pytest.mark.parametrize("recipients", [3, 10])
def test_the_interval_covers_what_was_sent(recipients: int) -> None:
    rng = random.Random(11)
    covered = 0
    for _ in range(20):
        volume = estimate(incident(rng, 300, recipients))
        assert volume is not None
        assert volume.basis == "truncated-beta-binomial"
        covered += volume.low <= 300 <= volume.high
    assert covered >= 17


@pytest.mark.parametrize(
    ("recipients", "dead", "shares"),
    [(5, 0.3, (0.04, 0.5)), (5, 0.5, (0.01, 0.4)), (10, 0.3, (0.1, 0.7)), (5, 0.7, (0.1, 0.7))],
)
def test_a_clean_and_a_dead_list_are_covered_too(recipients: int, dead: float, shares: tuple[float, float]) -> None:
    """A single beta law takes them for a smaller sending to one middling list."""
    rng = random.Random(5)
    covered = 0
    for _ in range(10):
        drawn = [shares[rng.random() < dead] for _ in range(400)]
        failed = [sum(rng.random() < share for _ in range(recipients)) for share in drawn]
        volume = estimate([Sample(recipients, count) for count in failed if count])
        assert volume is not None
        covered += volume.low <= 400 <= volume.high
    assert covered >= 8


def test_many_sizes_of_messages_stay_cheap_and_finite() -> None:
    volume = estimate([Sample(size, failed) for size in range(1, 101, 7) for failed in range(1, size + 1, 9)])
    assert volume is not None
    assert volume.low <= volume.median <= volume.high < 10_000


def test_single_recipients_leave_the_prior() -> None:
    volume = estimate([Sample(1, 1, 100.0)])
    assert volume is not None
    assert volume.basis == "prior"
    assert 400 <= volume.median <= 480
    assert 110 <= volume.low <= 190
    assert volume.high == pytest.approx(1900, rel=0.15)


def test_nothing_is_said_of_nothing() -> None:
    assert estimate([]) is None
    assert estimate([Sample(3, 1, 0.0)]) is None


def test_a_log_that_covers_the_incident_is_exact() -> None:
    assert estimate([Sample(5, 2, 30.0)], submissions=60) == Volume(60, 60, 60, "log")


def test_a_log_that_shows_fewer_than_bounced_is_a_fragment() -> None:
    volume = estimate([Sample(5, 2, 30.0)], submissions=12)
    assert volume is not None
    assert volume.basis == "truncated-beta-binomial"


def graph(begin: float, count: int, basis: str = "send-graph") -> SendCount:
    return SendCount(Place("graph.csv"), begin, begin + 3600, count, basis)


def test_the_send_graph_adds_up_once() -> None:
    bars = [graph(0, 100), graph(3600, 250), graph(3600, 250)]
    assert estimate([Sample(1, 1, 40.0)], bars) == Volume(350, 350, 350, "send-graph")


def test_a_counter_is_a_lower_bound_and_says_so() -> None:
    volume = estimate([Sample(1, 1, 5.0)], [graph(0, 1000, "notice")])
    assert volume is not None
    assert volume.basis == "counter"
    assert volume.low == 1000
    assert volume.high >= 1000


def test_a_counter_may_count_recipients() -> None:
    volume = estimate([Sample(5, 5, 30.0)], [graph(0, 150, "limit-bounce")])
    assert volume is not None
    assert volume.low == 30


def test_counters_of_disjoint_hours_add_up_and_overlapping_ones_do_not() -> None:
    apart = [graph(0, 120, "limit-bounce"), graph(3600, 130, "limit-bounce")]
    overlapping = [graph(0, 120, "limit-bounce"), graph(1800, 130, "limit-bounce")]
    whole, part = estimate([], apart), estimate([], overlapping)
    assert whole is not None
    assert part is not None
    assert (whole.low, part.low) == (250, 130)


def test_two_sources_recapture() -> None:
    volume = estimate([Sample(1, 1, 100.0)], overlap=Overlap(bounced=100, second=50, both=25))
    assert volume is not None
    assert volume.basis == "capture-recapture"
    assert volume.low < 200 < volume.high
    assert volume.median == pytest.approx(197, abs=2)


@pytest.mark.parametrize("both", [0, 6, 51])
def test_two_sources_with_hardly_a_common_message_say_nothing(both: int) -> None:
    volume = estimate([Sample(1, 1, 100.0)], overlap=Overlap(100, 50, both))
    assert volume is not None
    assert volume.basis == "prior"


def test_two_sources_that_agree_wholly_leave_nothing_out() -> None:
    volume = estimate([Sample(1, 1, 30.0)], overlap=Overlap(30, 30, 30))
    assert volume == Volume(30, 30, 30, "capture-recapture")


@settings(max_examples=25)
@given(samples)
def test_never_fewer_than_were_heard_of(heard: list[Sample]) -> None:
    volume = estimate(heard)
    if volume is not None:
        assert int(sum(sample.weight for sample in heard)) <= volume.low <= volume.median <= volume.high


@settings(max_examples=25)
@given(samples, st.randoms(use_true_random=False))
def test_the_order_of_samples_does_not_matter(heard: list[Sample], rng: random.Random) -> None:
    shuffled = heard.copy()
    rng.shuffle(shuffled)
    one, other = estimate(heard), estimate(shuffled)
    assert (one is None) == (other is None)
    if one and other:
        assert one.median == pytest.approx(other.median, rel=1e-6, abs=1)


@settings(max_examples=20)
@given(st.integers(2, 20), st.integers(1, 1000))
def test_more_messages_heard_of_mean_more_messages(recipients: int, count: int) -> None:
    few = estimate([Sample(recipients, 1, float(count))])
    many = estimate([Sample(recipients, 1, float(2 * count))])
    assert few is not None
    assert many is not None
    assert few.low <= many.low
    assert few.median < many.median
