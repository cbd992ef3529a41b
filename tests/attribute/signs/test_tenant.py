"""Whose part of a server: the owner's own machine, the owner's own site, somebody else's."""

from __future__ import annotations

import pytest

from tests.attribute.build import (
    NOON,
    OWNER,
    Mailbox,
    by_program,
    local_line,
    many,
    ordinary,
    original,
    report,
    stamp,
)  # fmt: skip

OWN_SERVER = "mail.kitchen.example"


def _on_own_server(server: str) -> Mailbox:
    line = f"from mail.friend.example (mail.friend.example [198.51.100.80])\n\tby {server} (Postfix) with ESMTP id 5\n\tfor <{OWNER}>; Sun, 3 May 2026 12:00:00 +0900"
    letters = [
        report(original([local_line("33", server)], number=n), server, [f"by {server} (Postfix)\n\tid 5AFF01; {stamp(NOON)}"], recipient=f"u{n}@shop.example")
        for n in range(8)
    ]
    return Mailbox(letters=[ordinary(n, received=[line]) for n in range(3)]).add(*letters)


def test_nobody_else_is_on_the_owners_own_server() -> None:
    assert "server-own" in _on_own_server(OWN_SERVER).signs()
    assert _on_own_server(OWN_SERVER).campaigns()[0].odds["neighbour"] < 0.01


def test_a_providers_server_is_shared() -> None:
    assert "server-own" not in _on_own_server("sv7.hosting.example").signs()


@pytest.mark.parametrize("extra", [
    ["X-PHP-Script: www.kitchen.example/wp/x.php for 203.0.113.7"],
    ["X-Source-Dir: kitchen.example:/public_html/wp"],
    ["X-PHP-Script: elsewhere.example/x.php for 203.0.113.7", "X-Source-Dir: kitchen.example:/public_html"],
])  # fmt: skip
def test_the_panel_names_the_owners_site(extra: list[str]) -> None:
    """The panel's line is added last, whatever the program wrote before."""
    found = many(by_program(extra=extra))
    assert "site-own" in found.signs()
    assert found.causes() == ["script"]


def test_another_site_opens_the_case_and_does_not_clear_the_owner() -> None:
    """A planted program can write the line, too."""
    for extra in (["X-PHP-Script: elsewhere.example/x.php for 203.0.113.7"], ["X-Source-Dir: elsewhere.example:/x"]):
        found = many(by_program(extra=extra))
        assert "site-other" in found.signs()
        assert found.causes() == ["undecided"]


def test_no_site_named() -> None:
    assert not {"site-own", "site-other"} & many(by_program(extra=["X-Source-Dir: "])).signs().keys()


def test_a_domain_where_anybody_has_a_mailbox_is_nobodys_own_server() -> None:
    mailbox = _on_own_server("mbox.nifty.com")
    mailbox.me = ("taro@nifty.com",)
    assert "server-own" not in mailbox.signs()
