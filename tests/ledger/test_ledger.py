"""The Ledger: merge is associative and commutative with an empty identity, and a flood does not make it grow."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.ledger import Ledger
from modori.ledger.cell import CELLS, WITNESSES
from modori.ledger.views import background, clusters
from modori.types import (
    AuthRow,
    Bounce,
    Correspondence,
    Failure,
    Login,
    Notice,
    Original,
    Place,
    Problem,
    Reason,
    Submission,
    Visit,
    Witness,
)

HOUR = 3600.0


def bounce(number: int, subject: str = "s", writer: str = "mx.else.example", hour: int = 0) -> Witness:
    place = Place("box", number * 1000, 900)
    moment = 1_780_000_000.0 + hour * HOUR + number
    failure = Failure(f"u{number}@d{number % 50}.example", reason=Reason("user-unknown", True, "5.1.1"))
    original = Original(
        sender="me@shop.example", message_id=f"{number}@x", when=moment - 5, recipients=("a@b.example",), head=b"X: y\n"
    )
    key = ("other", "smtp", "", "me@shop.example", writer, subject)
    return Witness(number * 7919, Bounce(place, "postfix", writer, moment, (failure,)), b"", moment, original, b"", key, number, 1)


def facts(number: int) -> list:
    place, when = Place("log", number), 1_780_000_000.0 + number
    return [
        Submission(place, when, "h", f"Q{number}", "auth", f"u{number % 3}@x", f"203.0.113.{number % 9}", nrcpt=2),
        Login(place, when, "h", "u@x", f"203.0.113.{number % 5}", "imap", number % 2 == 0),
        AuthRow(place, when, when + 86400, "r", "shop.example", f"198.51.100.{number % 7}", number, False, True),
        Notice(place, when, "new-login", "X", None),
        Visit(place, when, when, "203.0.113.9", "POST", f"/{number % 4}.php", 200),
        Problem("truncated", place),
        Correspondence(place, f"m{number}", f"p{number % 6}@q.example", "", f"subject {number}", when, to=("me@shop.example",)),
    ]


items = st.lists(
    st.one_of(
        st.builds(
            bounce,
            st.integers(0, 400),
            st.sampled_from([f"s{i}" for i in range(300)]),
            st.sampled_from([f"mx.w{i}.example" for i in range(20)]),
            st.integers(0, 50),
        ),
        st.integers(0, 200).flatmap(lambda n: st.sampled_from(facts(n))),
    ),
    max_size=60,
)


def learned(parts: list) -> Ledger:
    ledger = Ledger()
    for part in parts:
        ledger.learn(part)
    return ledger


def seen(ledger: Ledger) -> tuple:
    return clusters(ledger.cells), background(ledger), ledger.arrivals(), ledger.by_domain.counts(), ledger.problems.values()


@given(items, st.integers(0, 60), st.randoms(use_true_random=False))
def test_in_one_piece_in_shards_and_in_any_order(parts: list, cut: int, chance) -> None:
    whole = seen(learned(parts))
    left, right = learned(parts[:cut]), learned(parts[cut:])
    left.merge(right)
    assert seen(left) == whole
    other, last = learned(parts[cut:]), learned(parts[:cut])
    other.merge(last)
    assert seen(other) == whole
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert seen(learned(shuffled)) == whole


@given(items)
def test_the_empty_ledger_changes_nothing(parts: list) -> None:
    ledger = learned(parts)
    before = seen(ledger)
    ledger.merge(Ledger())
    fresh = Ledger()
    fresh.merge(ledger)
    assert seen(ledger) == before == seen(fresh)


def test_a_ledger_survives_pickling() -> None:
    ledger = learned([bounce(1), *facts(2)])
    assert seen(pickle.loads(pickle.dumps(ledger))) == seen(ledger)


@pytest.mark.parametrize("varied", ["subject", "writer"])
def test_a_flood_stays_bounded(varied: str) -> None:
    """Whatever a flood varies, the number of cells and of witnesses has an end, and no bounce is lost."""
    ledger = Ledger()
    for number in range(3000):
        text = f"v{number}"
        ledger.learn(bounce(number, subject=text) if varied == "subject" else bounce(number, writer=f"{text}.example"))
    found = clusters(ledger.cells)
    assert len(found) <= CELLS
    assert sum(c.bounces for c in found) == 3000
    assert all(len(c.witnesses) <= WITNESSES for c in found)
    assert sum(count for c in found for count in c.hours.values()) == 3000


def test_shards_agree_although_only_their_union_overflows() -> None:
    parts = [bounce(number, subject=f"v{number}") for number in range(CELLS + 50)]
    left, right = learned(parts[:100]), learned(parts[100:])
    left.merge(right)
    assert seen(left) == seen(learned(parts))


def test_arrivals_give_weight_to_an_original_once() -> None:
    again = bounce(1)
    later = replace(again, moment=again.moment + 3 * HOUR, digest=5)
    ledger = learned([again, replace(again, moment=again.moment + 0.5), bounce(2), later])
    assert [weight for _, weight in ledger.arrivals()] == [1.0, 0.0, 1.0, 0.0]
    assert ledger.hours[int(again.moment // HOUR)].bounces == 3


def test_bounces_of_one_letter_within_a_second_stay_apart_and_copies_do_not() -> None:
    """A letter to a stale list comes back several times at once: each is one of the three that make a surge."""
    one = bounce(1)
    ledger = learned([one, replace(one, digest=7), replace(one, digest=8), one])
    assert [weight for _, weight in ledger.arrivals()] == [1.0, 0.0, 0.0]


def test_the_date_of_a_returned_letter_is_kept_unless_no_retry_explains_it() -> None:
    one, early, late = bounce(1), bounce(2), bounce(3)
    early = replace(early, original=Original(when=early.moment - 9 * 86400))
    late = replace(late, original=Original(when=late.moment + 500))
    (cluster,) = clusters(learned([one, early, late, replace(one, digest=5)]).cells)
    assert cluster.sent == {1: one.moment - 5, 3: late.moment}


def test_a_warning_of_delay_is_no_bounce() -> None:
    late = bounce(1)
    late = Witness(1, Bounce(late.bounce.place, "postfix", "w", 1.0, (Failure("a@b", "delayed"),)), b"", 1.0, key=late.key)
    ledger = learned([late])
    assert (ledger.counts["bounces"], ledger.counts["delays"], len(ledger.cells)) == (0, 1, 0)
