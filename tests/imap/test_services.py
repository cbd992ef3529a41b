"""Which server an address is read from."""

from __future__ import annotations

import pytest

from modori.imap import ImapError, account, parse, service_of, services
from modori.show.words import Words


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("hana@gmail.com", "imap.gmail.com"),
        ("HANA@Gmail.COM.", "imap.gmail.com"),
        ("hana@yahoo.co.jp", "imap.mail.yahoo.co.jp"),
        ("hana@mail2.nifty.com", "imap.nifty.com"),
        ("hana@hanaya.example", ""),
        ("hana@notgmail.com", ""),
        ("hana", ""),
        ("", ""),
    ],
)
def test_the_address_leads_to_its_server(address: str, host: str) -> None:
    found = service_of(address)
    assert (found.host if found else "") == host


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_service_says_what_it_wants(lang: str) -> None:
    for service in services():
        assert service.name[lang]
        assert Words(lang).has(f"login.kind.{service.password}")
        assert account(f"hana@{service.domains[0]}", service.host).host == service.host
        assert all(lang in way for way in (service.make, service.allow) if way)


@pytest.mark.parametrize(
    ("server", "url"),
    [
        ("mail.example.jp", "imaps://info@shop.example@mail.example.jp"),
        ("mail.example.jp:143", "imap://info@shop.example@mail.example.jp"),
        ("mail.example.jp:9993", "imaps://info@shop.example@mail.example.jp:9993"),
        ("[2001:db8::1]", "imaps://info@shop.example@[2001:db8::1]"),
    ],
)
def test_a_server_and_a_user_are_an_account(server: str, url: str) -> None:
    assert account("info@shop.example", server).url == url


@pytest.mark.parametrize("server", ["", "a b", "a/b", "a?b", "a#b", "x@y", "a:b:c", "a:99999", "<b>"])
def test_what_is_no_server_is_refused(server: str) -> None:
    with pytest.raises(ImapError) as raised:
        account("info@shop.example", server)
    assert raised.value.id == "imap-url"


def test_folders_in_a_source_lead_back_to_themselves() -> None:
    found = account("hana", "imap.example.jp")
    names = ("INBOX", "A,B", "50%", "[Gmail]/迷惑メール", "a b?#")
    assert parse(found.folders(names)) == (found, names)
    assert parse(found.folders(())) == (found, ())
