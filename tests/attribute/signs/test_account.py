"""Whose password: named by the own server's line or the panel's fields, and only where AUTH was used."""

from __future__ import annotations

import pytest

from modori.pipeline import Told, conclude
from tests.attribute.build import NOON, Mailbox, auth_line, by_program, forged, hijacked, many, original, own_bounce


def test_the_owners_account() -> None:
    assert many(hijacked()).signs()["account-named"].params["account"] == "info@kitchen.example"


def test_another_customers_account() -> None:
    found = many(hijacked(account="staff@florist.example")).signs()
    assert found["account-other"].params["account"] == "staff@florist.example"
    assert "account-named" not in found


def test_an_account_that_the_server_hides() -> None:
    assert "account-hidden" in many(hijacked(account="")).signs()


@pytest.mark.parametrize(
    "panel", ["X-Authenticated-Sender: host: info@kitchen.example", "X-Source-Auth: info@kitchen.example"]
)
def test_the_panels_fields_name_it_too(panel: str) -> None:
    letters = [own_bounce(original([auth_line(account="")], number=n, extra=[panel])) for n in range(4)]
    assert many(letters).signs()["account-named"].params["account"] == "info@kitchen.example"


def test_the_panels_fields_are_text_where_no_password_was_used() -> None:
    panel = ["X-Authenticated-Sender: host: info@kitchen.example"]
    assert "account-named" not in many(forged(extra=panel)).signs()
    assert "account-named" not in many(by_program(extra=panel)).signs()


def test_a_local_part_stands_for_the_own_address() -> None:
    assert "account-named" in many(hijacked(account="info")).signs()


@pytest.mark.parametrize("account", ["w123456", "shop-7@hosting.example", "info%kitchen.example"])
def test_a_login_name_of_the_providers_making_is_nobody_elses(account: str) -> None:
    """Many providers give out login names that look nothing like the address: calling them a neighbour's is the worst fault."""
    mailbox = many(hijacked(account=account))
    assert "account-other" not in mailbox.signs()
    assert mailbox.causes() == ["hijacked"]


def test_a_mailbox_of_nothing_but_bounces_knows_its_owner() -> None:
    ledger = Mailbox(letters=hijacked()).ledger()
    found = conclude(ledger, Told(), NOON)
    assert "info@kitchen.example" in found.owner.addresses
    assert found.verdict.cause == "hijacked"


def test_another_customer_of_an_access_provider_is_not_the_owner() -> None:
    """The owner's address lies in the provider's own domain, and so does everybody's."""
    mailbox = many(hijacked(account="hanako@nifty.com"))
    mailbox.me = ("taro@nifty.com",)
    assert "account-named" not in mailbox.signs()
    mailbox = many(hijacked(account="taro@nifty.com"))
    mailbox.me = ("taro@nifty.com",)
    assert "account-named" in mailbox.signs()
