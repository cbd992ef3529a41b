"""Addresses of mailboxes on servers, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.imap import Account, ImapError, account_of, is_url, parse, shown


@pytest.mark.parametrize(
    ("source", "account", "folders"),
    [
        ("imaps://taro@mail.example.jp/INBOX", Account("imaps", "taro", "mail.example.jp", 993), ("INBOX",)),
        ("imaps://taro@mail.example.jp", Account("imaps", "taro", "mail.example.jp", 993), ()),
        ("imaps://taro@mail.example.jp/*", Account("imaps", "taro", "mail.example.jp", 993), ()),
        ("imap://taro@mail.example.jp/", Account("imap", "taro", "mail.example.jp", 143), ()),
        ("imaps://info@shop.example@mail.example.jp:9993/", Account("imaps", "info@shop.example", "mail.example.jp", 9993), ()),
        ("IMAPS://info%40shop.example@Mail.Example.jp/", Account("imaps", "info@shop.example", "mail.example.jp", 993), ()),
        ("imaps://t@imap.gmail.com/[Gmail]/迷惑メール,INBOX", Account("imaps", "t", "imap.gmail.com", 993), ("[Gmail]/迷惑メール", "INBOX")),
        ("imaps://t@mail.example/A%2CB,A%2CB", Account("imaps", "t", "mail.example", 993), ("A,B",)),
        ("imaps://t@[2001:db8::1]/INBOX", Account("imaps", "t", "2001:db8::1", 993), ("INBOX",)),
    ],
)  # fmt: skip
def test_what_it_means(source: str, account: Account, folders: tuple[str, ...]) -> None:
    assert is_url(source)
    assert parse(source) == (account, folders)


@pytest.mark.parametrize(
    "source",
    ["imaps://", "imaps://mail.example/INBOX", "imaps://@mail.example/", "imaps://t@/", "imaps://t@h:99999/", "imaps://t@[::1/", "imaps://t%0A@h/"],
)  # fmt: skip
def test_what_it_cannot_mean(source: str) -> None:
    with pytest.raises(ImapError) as raised:
        parse(source)
    assert raised.value.id == "imap-url"


def test_a_password_is_refused_and_not_shown() -> None:
    with pytest.raises(ImapError) as raised:
        parse("imaps://taro:p%40ss@mail.example.jp/INBOX")
    assert raised.value.id == "imap-password-in-url"
    assert shown("imaps://taro:p@ss@mail.example.jp/INBOX") == "imaps://taro@mail.example.jp/INBOX"


@given(st.text(min_size=1, max_size=30).filter(lambda name: name.strip("/") == name and name not in ("*",)))
def test_a_folder_s_place_leads_back_to_it(name: str) -> None:
    account = Account("imaps", "info@shop.example", "mail.example.jp", 993)
    assert account_of(account.folder(name)) == (account, name)


@given(st.text(min_size=1, max_size=30).filter(lambda name: name.isprintable() and " " not in name))
def test_any_user_s_place_leads_back_to_it(name: str) -> None:
    account = Account("imaps", name, "mail.example.jp", 993)
    assert account_of(account.folder("INBOX")) == (account, "INBOX")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_problem(text: str) -> None:
    try:
        account, _ = parse(f"imaps://{text}")
    except ImapError:
        return
    assert account.host
