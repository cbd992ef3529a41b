"""Servers are strangers too: what they list is read, or is a problem with a name; nothing crashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from modori.imap import ImapError, account, connect, telling
from modori.read.imap_folders import Folder, listed
from tests.imap.server import certify, saying


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certify(tmp_path_factory.mktemp("certificate"))


def folders(pem: Path, listing: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Folder]:
    monkeypatch.setenv("MODORI_CA_FILE", str(pem))
    with saying(pem, {"LIST": listing}) as port:
        client = connect(account("hana", f"127.0.0.1:{port}"), "secret")
        try:
            with telling("127.0.0.1"):
                return listed(client)
        finally:
            client.shutdown()


def test_names_that_cannot_be_asked_for_do_not_hide_the_others(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = (
        b'* LIST () "/" INBOX\r\n'
        b'* LIST () "/" "&2AA-"\r\n'  # half a character
        b'* LIST () "/" "&!!-"\r\n'
        b'* LIST () "/" 2026\r\n'
        b'* LIST (\\Junk) "/" "&j,dg0TDhMPww6w-"\r\n'
        b'* LIST (12 \\Sent) "/" sent\r\n'
    )
    found = folders(pem, listing, monkeypatch)
    assert [folder.name for folder in found] == ["INBOX", "2026", "迷惑メール", "sent"]
    assert [folder.junk for folder in found] == [False, False, True, False]
    assert found[-1].sent


@pytest.mark.parametrize(
    "listing",
    [
        b"* LIST ()\r\n",
        b"* LIST ( INBOX\r\n",
        b"* LIST 5 NIL x y\r\n",
        b'* LIST () "/" {99999999999999}\r\n',
        b'* LIST () "/" "unfinished\r\n',
        b"* LIST " + b"(" * 5000 + b"\r\n",
        b"\xff\xfe\x00\r\n",
    ],
)
def test_an_answer_that_is_none_is_a_problem_with_a_name(
    pem: Path, monkeypatch: pytest.MonkeyPatch, listing: bytes
) -> None:
    with pytest.raises(ImapError) as raised:
        folders(pem, listing, monkeypatch)
    assert raised.value.id in {"imap-server", "imap-cut"}
