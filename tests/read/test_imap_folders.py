"""The folders that matter are found by attribute or by name, as providers and programs call them."""

from __future__ import annotations

import pytest

from modori.read.imap_folders import Folder, named, usual


def folders(*names: str, **attributes: str) -> list[Folder]:
    return [Folder(name, frozenset(attributes.get(name, "").split())) for name in names]


@pytest.mark.parametrize(
    ("there", "read"),
    [
        (["INBOX", "Drafts", "Sent", "Bulk Mail", "Trash"], ["INBOX", "Bulk Mail", "Sent"]),  # Yahoo! JAPAN
        (
            ["INBOX", "[Gmail]/すべてのメール", "[Gmail]/迷惑メール", "[Gmail]/送信済みメール", "[Gmail]/下書き"],
            ["INBOX", "[Gmail]/迷惑メール", "[Gmail]/送信済みメール"],
        ),
        (
            ["INBOX", "[Gmail]/All Mail", "[Gmail]/Spam", "[Gmail]/Sent Mail"],
            ["INBOX", "[Gmail]/Spam", "[Gmail]/Sent Mail"],
        ),
        (["INBOX", "INBOX.Junk", "INBOX.Sent", "INBOX.customers"], ["INBOX", "INBOX.Junk", "INBOX.Sent"]),  # Courier
        (["inbox", "Junk E-mail", "Sent Items"], ["inbox", "Junk E-mail", "Sent Items"]),
        (["INBOX", "迷惑メール", "送信済み", "取引先"], ["INBOX", "迷惑メール", "送信済み"]),
        (["INBOX"], ["INBOX"]),
    ],
)
def test_by_name(there: list[str], read: list[str]) -> None:
    assert [folder.name for folder in usual(folders(*there))] == read


def test_by_attribute_whatever_the_name() -> None:
    there = folders("INBOX", "Roskaposti", "Lähetetyt", "Muut", Roskaposti="\\junk \\hasnochildren", Lähetetyt="\\sent")
    found = usual(there)
    assert [(folder.name, folder.sent) for folder in found] == [
        ("INBOX", False),
        ("Roskaposti", False),
        ("Lähetetyt", True),
    ]


def test_a_name_need_not_be_in_the_right_case_but_the_right_one_wins() -> None:
    there = folders("Junk", "junk")
    assert named(there, "junk") == there[1]
    assert named(there, "JUNK") == there[0]
    assert named(there, "Trash") is None
