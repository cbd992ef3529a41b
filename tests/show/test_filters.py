"""Filters hold only what cannot break out of a string, and never exempt the very letters that were forged."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree  # of our own making: nothing hostile can be in its structure

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.show import filters
from modori.types import Campaign, Origin, Owner, Report, Verdict


def report(*campaigns: Campaign, owner: Owner | None = None) -> Report:
    known = owner or Owner(("info@kitchen.example",), ("kitchen.example",), ("mx1.hosting.example",))
    return Report(0.0, known, Verdict("forged", 0.99, "warning"), campaigns)


def campaign(cause: str, **origin: object) -> Campaign:
    return Campaign("1", cause, 0.99, 10, 10, 0.0, 1.0, origin=Origin(**origin))  # type: ignore[arg-type]


def test_own_servers_are_exempted_when_addresses_are_forged() -> None:
    script = filters.sieve(report(campaign("forged")), ["forged"], "Bounces", "en")
    assert 'not body :raw :contains ["mx1.hosting.example", "hosting.example"]' in script


def test_the_own_domain_never_exempts_what_was_forged_in_its_name() -> None:
    owner = Owner(("info@kitchen.example",), ("kitchen.example",), ("mail.kitchen.example", "kitchen.example"))
    script = filters.sieve(report(campaign("forged"), owner=owner), ["forged"], "Bounces", "en")
    assert '["mail.kitchen.example"]' in script


def test_a_break_in_is_known_by_where_it_came_from() -> None:
    script = filters.sieve(report(campaign("hijacked", ips=("203.0.113.9",))), ["hijacked"], "Bounces", "en")
    assert 'body :raw :contains ["203.0.113.9"]' in script
    assert "not body" not in script


@pytest.mark.parametrize("make", [filters.sieve, filters.gmail])
def test_nothing_to_tell_by_is_no_filter(make: object) -> None:
    assert callable(make)
    assert make(report(campaign("forged")), ["hijacked"], "Bounces", "en") == ""
    assert make(report(campaign("hijacked")), ["hijacked"], "Bounces", "en") == ""


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_whatever_letters_and_users_say_stays_inside_its_string(folder: str, ip: str, host: str) -> None:
    found = report(
        campaign("hijacked", ips=(ip, "203.0.113.9")), campaign("forged"), owner=Owner(inbound=(host, "mx.a.example"))
    )
    script = filters.sieve(found, ["hijacked", "forged"], folder, "en")
    code = [line for line in script.splitlines() if not line.startswith("#")]
    assert [line.lstrip()[:4] for line in code if line] == [
        "requ",
        *["if a", "body", "file", "stop", "}"],
        *["if a", "not ", "file", "stop", "}"],
    ]
    entries = ElementTree.fromstring(filters.gmail(found, ["hijacked", "forged"], folder, "en").partition("?>")[2])
    assert len(entries) == 3
