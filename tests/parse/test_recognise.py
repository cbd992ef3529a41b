"""What people and shops write is no report, whatever its subject says; what dresses up as one names no recipient."""

from __future__ import annotations

import pytest

from modori.parse import parse
from modori.recognise import recognise
from tests.parse.letters import letter

PERSON = "Taro <taro@friend.example.net>"
ORDINARY = {
    "a greeting": (PERSON, "Hello", "How are you?\n", ""),
    "a reply to a bounce": (
        PERSON,
        "Re: Undelivered Mail Returned to Sender",
        "> <x@dest.example.net>: 550 unknown\n",
        "",
    ),
    "a forwarded bounce": (
        PERSON,
        "Fwd: failure notice",
        "--b1\n\nLook what I got\n--b1\nContent-Type: message/rfc822\n\nFrom: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mx.example.org.\n\n<x@dest.example.net>:\nNo mailbox.\n--b1--\n",
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b1"\n',
    ),
    "a parcel that was not delivered": (
        "Parcels <info@parcels.example>",
        "Delivery failure of your parcel",
        "Call us.\n",
        "",
    ),
    "a newsletter": (
        "Shop <news@shop.example.com>",
        "Undeliverable prices",
        "Sale!\n",
        "List-Unsubscribe: <https://shop.example.com/u>\n",
    ),
    "mailing list mail": (
        PERSON,
        "[talk] failure notice from my server",
        "See below.\n",
        "List-Id: <talk.lists.example.org>\n",
    ),
    "a Japanese newsletter": (
        "Shop <news@shop.example.jp>",
        "=?UTF-8?B?44Ko44Op44O844Gr44Gq44KK44G+44GX44Gf?=",
        "...\n",
        "",
    ),
}


def compose(sender: str, subject: str, body: str, extra: str = "") -> bytes:
    return f"From: {sender}\nTo: hana@shop.example.jp\nSubject: {subject}\n{extra}\n{body}".encode()


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_letter_is_no_report(name: str) -> None:
    one = letter(compose(*ORDINARY[name]))
    assert recognise(one) == ()
    assert parse(one, recognise(one)) is None


FAKES = {
    "a password that expires": "Your message could not be delivered.\nKeep your password: http://login.example/keep\n",
    "a mailbox that is full": "Mailbox hana@shop.example.jp is full, 5 messages were not delivered.\nhttps://login.example/more\n",
    "held mail": "(3) incoming mails could not be delivered to your mailbox.\nRelease: https://login.example/release\n",
}


@pytest.mark.parametrize("name", FAKES)
def test_fake_names_no_failed_recipient(name: str) -> None:
    sender = "Mail Delivery System <MAILER-DAEMON@shop.example.jp>"
    one = letter(
        compose(sender, "Delivery Status Notification (Failure)", FAKES[name], "Auto-Submitted: auto-replied\n")
    )
    assert parse(one, recognise(one)) is None


def test_read_receipt_is_no_failure() -> None:
    one = letter(
        compose(
            PERSON,
            "Read: Order",
            "--b1\n\nYour message was read.\n--b1\nContent-Type: message/disposition-notification\n\n"
            "Final-Recipient: rfc822;taro@friend.example.net\nDisposition: manual-action/MDN-sent-manually; displayed\n--b1--\n",
            'Content-Type: multipart/report; report-type=disposition-notification; boundary="b1"\n',
        )
    )
    assert recognise(one)[0] == "receipt"
    assert parse(one, recognise(one)) is None


def test_server_that_only_pretends_to_answer_is_no_answer() -> None:
    one = letter(
        compose(
            "postmaster@shop.example.jp", "Automatic reply: quota", "Upgrade now\n", "Auto-Submitted: auto-replied\n"
        )
    )
    assert parse(one, recognise(one)) is None


def test_an_answer_whose_encoded_subject_alone_says_so() -> None:
    """Exchange calls its answers auto-generated, as notices of all kinds do; then only the subject tells."""
    told = "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n"
    answer = letter(compose(PERSON, "=?utf-8?B?6Ieq5YuV5b+c562UOiDkuI3lnKjjgafjgZk=?=", "I am away.\n", told))
    bounce = parse(answer, recognise(answer))
    assert bounce is not None
    assert [failure.action for failure in bounce.failures] == ["answered"]
    notice = letter(compose(PERSON, "=?utf-8?B?44GU5rOo5paH44Gu56K66KqN?=", "Thank you.\n", told))
    assert recognise(notice) == ()


def test_the_order_of_marks_makes_no_difference() -> None:
    """Of two dialects that fit, the one with the surest mark comes first, whatever else fits."""
    head = {"X-Failed-Recipients": "x@dest.example.net", "Subject": "Delivery Status Notification (Failure)"}
    one, other = (
        letter(
            "".join(f"{name}: {value}\n" for name, value in fields).encode() + b"From: Mailer-Daemon@mx.example\n\nx\n"
        )
        for fields in (list(head.items()), list(reversed(head.items())))
    )
    assert recognise(one) == recognise(other) != ()


def test_missing_header_block_is_no_crash() -> None:
    one = letter(b"\n")
    assert parse(one, recognise(one)) is None
