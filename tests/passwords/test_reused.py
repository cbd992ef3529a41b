"""Exports of every program are read; who shares what is found, in the order to change it; no password gets through."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.knowledge import table
from modori.passwords import sharing
from modori.passwords.exports import Account, Key, NoExport, read

SECRET, OTHER, ALONE = "Himitsu-2019!", "tsubame88", "only-here-3141"
ROWS = [
    ("Flowers", "https://www.shop.example/login", "hana", SECRET),
    ("Panel", "https://secure.xserver.ne.jp/xapanel/login/", "hanaya", SECRET),
    ("Webmail", "https://webmail.xserver.ne.jp/", "info@hanaya.example", SECRET),
    ("Admin", "imap://mail.hanaya.example", "admin@hanaya.example", SECRET),
    ("Photos", "https://www.instagram.com/", "hanaya_flowers", SECRET),
    ("Files", "ftp://ftp.hanaya.example/", "hanaya", OTHER),
    ("Site", "https://hanaya.example/blog/wp-login.php?x=1", "info@hanaya.example", OTHER),
    ("Bank", "https://www.jp-bank.japanpost.jp/", "12345", ALONE),
]
# Heads as the programs write them, and where name, address, user and password stand.
HEADS = {
    "chrome": ("name,url,username,password,note", (0, 1, 2, 3)),
    "edge": ("name,url,username,password", (0, 1, 2, 3)),
    "firefox": (
        '"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"',
        (None, 0, 1, 2),
    ),
    "safari": ("Title,URL,Username,Password,Notes,OTPAuth", (0, 1, 2, 3)),
    "bitwarden": (
        "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp",
        (3, 7, 8, 9),
    ),
    "1password": ("Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes", (0, 1, 2, 3)),
    "1password-website": (
        '"Title","Website","Username","Password","One-time password","Favorite status","Archived status","Tags","Notes"',
        (0, 1, 2, 3),
    ),
    "lastpass": ("url,username,password,totp,extra,name,grouping,fav", (5, 0, 1, 2)),
    "dashlane": ("username,username2,username3,title,password,note,url,category,otpUrl", (3, 6, 0, 4)),
    "bitwarden of an organisation": (
        "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp",
        (2, 6, 7, 8),
    ),
    "keepass": ('"Account","Login Name","Password","Web Site","Comments"', (0, 3, 1, 2)),
    "keepassxc": (
        '"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"',
        (1, 4, 2, 3),
    ),
}


def export(program: str, rows: list[tuple[str, str, str, str]] = ROWS, newline: str = "\r\n") -> str:
    head, places = HEADS[program]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=newline, quoting=csv.QUOTE_ALL)
    for row in rows:
        cells = [""] * len(head.split(","))
        for place, value in zip(places, row, strict=True):
            if place is not None:
                cells[place] = value
        writer.writerow(cells)
    return head + newline + out.getvalue()


def accounts(text: str | bytes, key: Key | None = None) -> list[Account]:
    return read(io.BytesIO(text.encode() if isinstance(text, str) else text), key or Key())


@pytest.mark.parametrize("program", HEADS)
def test_every_program_s_export_is_read(program: str) -> None:
    found = accounts(export(program))
    assert [(a.host, a.user) for a in found] == [
        ("shop.example", "hana"),
        ("secure.xserver.ne.jp", "hanaya"),
        ("webmail.xserver.ne.jp", "info@hanaya.example"),
        ("mail.hanaya.example", "admin@hanaya.example"),
        ("instagram.com", "hanaya_flowers"),
        ("ftp.hanaya.example", "hanaya"),
        ("hanaya.example", "info@hanaya.example"),
        ("jp-bank.japanpost.jp", "12345"),
    ]


def test_every_export_of_the_data_is_tried_here() -> None:
    assert table("exports")["export"].keys() <= HEADS.keys()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_the_charset_is_found(encoding: str) -> None:
    text = export("keepass", [("花の問屋", "", "店長", SECRET)])
    assert accounts(text.encode(encoding))[0].name == "花の問屋"


def test_groups_begin_with_the_mailboxes_and_what_they_reset() -> None:
    key = Key()
    found = accounts(export("chrome"), key)
    groups = sharing.groups(found, sharing.own_domains(found, []), key.digest(OTHER))
    assert [group.leaked for group in groups] == [True, False]
    assert [kind for kind, _ in groups[0].accounts] == ["server", "server"]
    assert [(kind, a.user) for kind, a in groups[1].accounts] == [
        ("own-mail", "admin@hanaya.example"),
        ("own-mail", "info@hanaya.example"),
        ("server", "hanaya"),
        ("shop", "hana"),
        ("social", "hanaya_flowers"),
    ]


def test_a_leaked_password_that_is_used_once_is_named_too() -> None:
    key = Key()
    found = accounts(export("chrome"), key)
    groups = sharing.groups(found, (), key.digest(ALONE))
    assert [(g.leaked, len(g.accounts)) for g in groups] == [(True, 1), (False, 5), (False, 2)]
    assert not any(g.leaked for g in sharing.groups(found, (), key.digest("never used")))


@pytest.mark.parametrize("kind", table("accounts")["kind"])
def test_each_kind_is_told_by_host_scheme_and_word(kind: str) -> None:
    entry = table("accounts")["kind"][kind]
    for host in entry["hosts"]:
        assert sharing.kind(Account("", f"login.{host}", "x", b""), ()) == kind, host
        assert sharing.kind(Account("", f"not{host}.example", "x", b""), ()) != kind or entry["words"]
    for scheme in entry["schemes"]:
        assert sharing.kind(Account("", "a.example", "x", b"", scheme), ()) == kind
    for word in entry["words"]:
        assert sharing.kind(Account("", "a.example", "x", b"", "https", f"/{word}/"), ()) == kind


def test_an_own_address_as_login_elsewhere_is_no_mailbox() -> None:
    assert sharing.kind(Account("", "amazon.co.jp", "info@hanaya.example", b""), {"hanaya.example"}) == "shop"
    assert sharing.kind(Account("mail", "", "info@hanaya.example", b""), {"hanaya.example"}) == "own-mail"


def test_an_app_is_known_by_its_maker() -> None:
    rows = [("", "android://Zm9v-YmFy==@com.instagram.android/", "hana", SECRET)]
    (account,) = accounts(export("chrome", rows))
    assert (account.host, sharing.kind(account, ())) == ("android.instagram.com", "social")


def test_names_that_give_a_password_away_are_left_out() -> None:
    rows = [
        (f"login {SECRET}", "https://a.example/", SECRET, SECRET),
        ("b", f"https://me:{SECRET}@b.example/{SECRET}?p={SECRET}#{SECRET}", f"pw is {OTHER}", SECRET),
        ("c", "https://c.example/", "me", OTHER),
    ]
    for account in accounts(export("chrome", rows)):
        assert SECRET.lower() not in f"{account.name} {account.host} {account.user}".lower()
        assert OTHER not in f"{account.name} {account.user}"
        assert SECRET not in repr(account)


def test_digests_say_nothing_beyond_their_run() -> None:
    one, other = (accounts(export("chrome"))[0].password for _ in range(2))
    assert one != other


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "unknown-columns"),
        (b"a,b,c\r\n1,2,3\r\n", "unknown-columns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unknown-columns"),
        (b"name,url,username,password\r\n" + b"x" * 70_000 + b",u,n,p\r\n", "not-csv"),
        (b"name,url,username,password\r\n" + b"a,b,c,d\r\n" * 50_001, "too-large"),
        (b"x" * ((32 << 20) + 1), "too-large"),
    ],
    ids=["empty", "other-columns", "picture", "endless-cell", "too-many", "too-big"],
)
def test_what_is_no_export_is_said(raw: bytes, why: str) -> None:
    with pytest.raises(NoExport, match=why):
        accounts(raw)


@given(st.binary(max_size=400))
def test_any_rows_are_read_or_refused(rows: bytes) -> None:
    with suppress(NoExport):
        assert all(account.password for account in accounts(b"name,url,username,password\r\n" + rows))
