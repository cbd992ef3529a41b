"""The sketches' one promise: the order of learning and the cut into shards never show."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from modori.ledger.sketch import Lowest, Tally
from modori.octets.digest import hash64

entries = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=120)
names = st.lists(st.sampled_from([f"h{i}.d{i % 7}.{t}" for i in range(40) for t in ("example", "test")]), max_size=120)
cuts = st.lists(st.integers(0, 120), max_size=4)


def _pieces(items: list, at: list[int]) -> list[list]:
    edges = [0, *sorted(at), len(items)]
    return [items[a:b] for a, b in pairwise(edges)]


def _add(one: int, other: int) -> int:
    return one + other


@given(entries, cuts, st.randoms(use_true_random=False))
def test_lowest_is_the_same_in_any_order_and_any_shards(items: list, at: list[int], chance) -> None:
    for combine in (min, _add):
        whole = _lowest(items, combine)
        merged: Lowest[int, int] = Lowest(8)
        pieces = [_lowest(piece, combine) for piece in _pieces(items, at)]
        chance.shuffle(pieces)
        for piece in pieces:
            merged.merge(piece, combine)
        shuffled = list(items)
        chance.shuffle(shuffled)
        assert merged.items() == whole.items() == _lowest(shuffled, combine).items()
        assert merged.full == whole.full


def _lowest(items: list, combine: Callable[[int, int], int]) -> Lowest[int, int]:
    sketch: Lowest[int, int] = Lowest(8)
    for key, value in items:
        sketch.add(key, value, combine)
    return sketch


@given(entries)
def test_lowest_keeps_the_smallest_keys(items: list) -> None:
    kept = [key for key, _ in _lowest(items, min).items()]
    assert kept == sorted({key for key, _ in items})[:8]


def test_distinct_is_exact_when_small_and_close_when_large() -> None:
    small, large = Lowest[int, int](256), Lowest[int, int](256)
    for number in range(200):
        small.add(hash64(str(number % 100)), 0)
    for number in range(50_000):
        large.add(hash64(str(number)), 0)
    assert small.distinct() == 100
    assert abs(large.distinct() - 50_000) < 10_000


@given(names, cuts, st.randoms(use_true_random=False))
def test_tally_is_the_same_in_any_order_and_any_shards(items: list[str], at: list[int], chance) -> None:
    def tally(part: list[str]) -> Tally:
        made = Tally(10)
        for name in part:
            made.add(name)
        return made

    merged = Tally(10)
    pieces = [tally(piece) for piece in _pieces(items, at)]
    chance.shuffle(pieces)
    for piece in pieces:
        merged.merge(piece)
    assert merged.counts() == tally(items).counts()
    assert merged.total() == len(items)
    assert len(merged.counts()) <= 10
