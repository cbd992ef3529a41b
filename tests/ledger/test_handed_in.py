"""Letters handed in at the own server teach how the owner's mail looks; the sum does not depend on the shards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modori.ledger import Ledger
from modori.ledger.views import background
from modori.types import Correspondence, Place, Submission

letters = st.builds(
    Correspondence,
    place=st.builds(Place, st.just("inbox"), st.integers(0, 9)),
    message_id=st.sampled_from(["", "a@k.example", "b@k.example"]),
    sender=st.sampled_from(["info@kitchen.example", "yuki@friend.example"]),
    name=st.just(""),
    subject=st.just(""),
    moment=st.floats(1e9, 2e9),
    received_ip=st.sampled_from(["", "203.0.113.5", "203.0.113.6"]),
    signed=st.booleans(),
    handed_in=st.booleans(),
)
lines = st.builds(
    Submission,
    place=st.just(Place("maillog")),
    when=st.floats(1e9, 2e9),
    host=st.just("out1"),
    queue_id=st.just("A1"),
    method=st.sampled_from(["auth", "local"]),
    client_ip=st.sampled_from(["203.0.113.5", "203.0.113.6"]),
    message_id=st.sampled_from(["", "a@k.example"]),
)
items = st.lists(st.one_of(letters, lines), max_size=20)


def _learned(found: list[Correspondence | Submission]) -> Ledger:
    ledger = Ledger()
    for item in found:
        ledger.learn(item)
    return ledger


@given(items, items)
def test_shards_add_up(one: list[Correspondence | Submission], other: list[Correspondence | Submission]) -> None:
    whole = background(_learned([*one, *other]))
    merged = _learned(other)
    merged.merge(_learned(one))
    seen = background(merged)
    assert (seen.signed, seen.unsigned, seen.clients) == (whole.signed, whole.unsigned, whole.clients)


def test_only_what_was_handed_in_at_home_counts() -> None:
    home = Correspondence(Place("i"), "a@k.example", "info@kitchen.example", "", "", 1e9, received_ip="203.0.113.5", handed_in=True)
    away = Correspondence(Place("j"), "b@k.example", "info@kitchen.example", "", "", 1e9, received_ip="203.0.113.9")
    seen = background(_learned([home, away]))
    assert seen.unsigned == {"kitchen.example": 1}
    assert [ip for _, ip in seen.clients.values()] == ["203.0.113.5"]
