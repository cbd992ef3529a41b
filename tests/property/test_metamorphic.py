"""Changes that change nothing: order, line ends, the servers' clock zone, more ordinary mail, fewer letters, shards."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import formatdate, parsedate_to_datetime
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modori.ledger import Ledger
from modori.octets.digest import hash64
from modori.pipeline import Told, conclude
from modori.pipeline.learning import learn
from modori.read.letter import one
from modori.types import Place
from tests.attribute.build import (
    HOME_IP,
    HOUR,
    NOON,
    OWNER,
    auth_line,
    by_program,
    forged,
    from_sent,
    hijacked,
    ordinary,
    own_bounce,
    sent,
)  # fmt: skip

Letters = list[tuple[bytes, bool]]  # (bytes, lies in Sent)


def _own() -> list[bytes]:
    return [
        own_bounce(
            from_sent(n, [auth_line(HOME_IP, when=NOON + n)], to=f"u{n}@shop.example"),
            recipient=f"u{n}@shop.example",
            when=NOON + n * HOUR,
        )
        for n in range(6)
    ]


def _stories() -> dict[str, Letters]:
    inbox = [ordinary(n) for n in range(5)]
    outbox = [sent(n, f"u{n}@shop.example") for n in range(8)]
    bounces = {
        "hijacked": hijacked(14),
        "forged": forged(14),
        "neighbour": hijacked(14, account="staff@florist.example"),
        "own": _own(),
        "hijack under a joe-job": [*forged(30), *hijacked(12)],
        "program": by_program(14, extra=["X-PHP-Originating-Script: 1017:cache.php"]),
    }
    return {
        name: [(raw, False) for raw in (*inbox, *found)] + [(raw, True) for raw in outbox]
        for name, found in bounces.items()
    }


STORIES = _stories()


def _ledger(letters: Letters) -> Ledger:
    read = [one(raw, Place("mail", hash64(raw) % 2**40, len(raw)), sent=is_sent) for raw, is_sent in letters]
    return learn(read, Ledger())


def _verdict(ledger: Ledger) -> tuple[str, list[str]]:
    report = conclude(ledger, Told(me=(OWNER,)), NOON + 30 * HOUR)
    return report.verdict.cause, sorted({c.cause for c in report.campaigns})


@cache
def _plain(story: str) -> tuple[str, list[str]]:
    return _verdict(_ledger(STORIES[story]))


EXPECTED = {"hijacked": "hijacked", "forged": "forged", "neighbour": "neighbour", "own": "own",
            "hijack under a joe-job": "hijacked", "program": "script"}  # fmt: skip
stories = st.sampled_from(sorted(STORIES))
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("story", sorted(STORIES))
def test_each_story_is_understood(story: str) -> None:
    assert _plain(story)[0] == EXPECTED[story]


@few
@given(stories, st.randoms(use_true_random=False))
def test_the_order_of_letters(story: str, random: object) -> None:
    letters = list(STORIES[story])
    random.shuffle(letters)  # type: ignore[attr-defined]  # Hypothesis types its Random as an object
    assert _verdict(_ledger(letters)) == _plain(story)


@few
@given(stories, st.lists(st.integers(0, 2), min_size=60, max_size=60))
def test_shards_and_their_merge(story: str, shards: list[int]) -> None:
    parts: list[Letters] = [[], [], []]
    for shard, letter in zip(shards, STORIES[story], strict=False):
        parts[shard].append(letter)
    whole = Ledger()
    for part in parts:
        whole.merge(_ledger(part))
    assert _verdict(whole) == _plain(story)


@pytest.mark.parametrize("story", sorted(STORIES))
def test_line_ends(story: str) -> None:
    assert _verdict(_ledger([(raw.replace(b"\n", b"\r\n"), s) for raw, s in STORIES[story]])) == _plain(story)


_STAMP = re.compile(rb"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0900")


def _rezoned(minutes: int) -> Callable[[re.Match[bytes]], bytes]:
    """The same moment as a server with another clock writes it."""
    sign = "-" if minutes < 0 else "+"

    def write(found: re.Match[bytes]) -> bytes:
        moment = parsedate_to_datetime(found[0].decode()).timestamp()
        zone = f"{sign}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
        return formatdate(moment + minutes * 60).replace("-0000", zone).encode()

    return write


@few
@given(stories, st.sampled_from([0, 60, -420, 330, 825, -720]))
def test_another_clock_zone(story: str, minutes: int) -> None:
    letters = [(_STAMP.sub(_rezoned(minutes), raw), is_sent) for raw, is_sent in STORIES[story]]
    assert _verdict(_ledger(letters)) == _plain(story)


@few
@given(stories, st.integers(1, 40))
def test_more_ordinary_mail(story: str, count: int) -> None:
    more = [(ordinary(100 + n, f"friend{n}@friend.example"), False) for n in range(count)]
    assert _verdict(_ledger([*STORIES[story], *more])) == _plain(story)


@few
@given(stories, st.sets(st.integers(0, 11), max_size=4))
def test_fewer_bounces(story: str, lost: set[int]) -> None:
    bounces = [pair for pair in STORIES[story] if b"delivery-status" in pair[0]]
    gone = {bounces[n][0] for n in lost if n < len(bounces) and n % 2 == 0}
    letters = [pair for pair in STORIES[story] if pair[0] not in gone]
    assert _verdict(_ledger(letters)) == _plain(story)
