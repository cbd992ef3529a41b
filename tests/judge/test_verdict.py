"""Odds to answers: what must hold whatever the signs are, and the decisions that matter most."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.judge import danger, posterior, settle, verdict, weights
from modori.knowledge import table
from modori.types import ACT_NOW, Campaign, Sign

IDS = sorted(table("signs")["sign"])


def sign(identity: str, strength: float = 1.0) -> Sign:
    entry = table("signs")["sign"][identity]
    toward, bits = max(entry["weights"].items(), key=lambda item: abs(item[1]))
    return Sign(identity, toward, bits * strength, entry["group"])


def campaign(*identities: str, bounces: int = 50) -> Campaign:
    return settle(Campaign("c", "undecided", 0.0, bounces, bounces, 1.0, 2.0, signs=tuple(map(sign, identities))))


some_signs = st.lists(st.sampled_from(IDS), max_size=12)


@given(some_signs, st.integers(1, 100_000))
def test_shares_add_up_to_one(identities: list[str], bounces: int) -> None:
    odds = posterior([sign(i) for i in identities], bounces)
    assert sum(odds.values()) == pytest.approx(1.0)
    assert all(0.0 <= share <= 1.0 for share in odds.values())


@given(some_signs, st.randoms(use_true_random=False))
def test_the_order_of_signs_does_not_matter(identities: list[str], chance) -> None:
    shuffled = list(identities)
    chance.shuffle(shuffled)
    found, again = campaign(*identities), campaign(*shuffled)
    assert (found.cause, found.odds) == (again.cause, again.odds)


@given(some_signs, st.sampled_from(IDS))
def test_saying_a_thing_twice_proves_it_once(identities: list[str], repeated: str) -> None:
    once, twice = campaign(*identities, repeated), campaign(*identities, repeated, repeated)
    assert once.odds == twice.odds


@given(st.sampled_from(IDS), st.floats(0.05, 1.0))
def test_a_weaker_sign_says_the_same_more_softly(identity: str, strength: float) -> None:
    full, half = weights(sign(identity)), weights(sign(identity, strength))
    assert half == pytest.approx({key: bits * strength for key, bits in full.items()})


@given(some_signs)
def test_no_calm_answer_beside_real_danger(identities: list[str]) -> None:
    """The worst fault: telling a hijacked user that all is well."""
    found = campaign(*identities)
    if found.cause not in ACT_NOW and found.cause != "undecided":
        assert danger(found.odds) <= 0.02


@pytest.mark.parametrize(
    ("identities", "cause"),
    [
        (["own-relay-authenticated", "account-named", "many-networks"], "hijacked"),
        (["own-relay-authenticated", "account-named", "usual-network", "not-in-sent", "recipients-unknown"], "device"),
        (["own-relay-authenticated", "account-named", "message-id-in-sent"], "own"),
        (["own-relay-authenticated", "account-other"], "neighbour"),
        (["local-submission", "script-named", "sender-own", "not-automatic"], "script"),
        (["local-submission", "form-notified", "auto-submitted", "sender-own"], "autoreply"),
        (["local-submission", "forwarded-same-letter", "sender-foreign"], "forwarded"),
        (["foreign-top-hop"], "forged"),
        (["foreign-top-hop-unproven", "foreign-writers-only"], "forged"),
        (["injected-from-outside"], "forged"),
        (["foreign-top-hop", "own-below-untrusted", "outside-headers"], "forged"),
        ([], "undecided"),
        (["own-relay-wrote"], "undecided"),
        (["local-submission", "auto-submitted"], "undecided"),
    ],
)
def test_causes(identities: list[str], cause: str) -> None:
    assert campaign(*identities).cause == cause


def test_a_small_hijack_under_a_big_joe_job_comes_first() -> None:
    hijack = campaign("own-relay-authenticated", "account-named", "many-networks", bounces=5)
    forged = replace(campaign("foreign-top-hop", bounces=5000), id="f")
    found = verdict([forged, hijack], surging=True)
    assert (found.cause, found.severity) == ("hijacked", "critical")


def test_a_few_of_ones_own_bounces_are_everyday_life() -> None:
    own = campaign("own-relay-authenticated", "message-id-in-sent", bounces=2)
    assert verdict([own], surging=False).cause == "none"
    assert verdict([own], surging=True).cause == "own"
    assert verdict([replace(own, bounces=8)], surging=False).cause == "own"


def test_nothing_at_all_is_none() -> None:
    assert verdict([], surging=False).cause == "none"


def test_an_open_case_names_what_is_likeliest() -> None:
    found = verdict([campaign("own-relay-wrote")], surging=True)
    assert found.cause == "undecided"
    assert found.likely in ACT_NOW | {"own", "forged"}
    assert found.hijack_odds > 0.02
