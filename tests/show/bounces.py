"""One bounce, made by hand as the pipeline would make it."""

from __future__ import annotations

from dataclasses import replace

from modori.octets.headers import head_end, head_map
from modori.types import Bounce, Failure, Letter, Original, Place, Reason

UNKNOWN = Failure(
    recipient="taro@example.jp",
    status="5.1.1",
    reply=550,
    command="RCPT",
    diagnosis="550 5.1.1 <taro@example.jp>: Recipient address rejected: User unknown",
    remote_mta="mx.example.jp",
    reason=Reason("user-unknown", True, "user unknown"),
)
BOUNCE = Bounce(Place("box.mbox", 120, 900), "postfix", "out3.rental.example", 1_777_784_520.0, (UNKNOWN,))
RETURNED = Original(
    sender="info@hanaya.example",
    message_id="a1@hanaya.example",
    date="Sun, 3 May 2026 14:02:00 +0900",
    subject="お花のご案内",
    recipients=("taro@example.jp", "hanako@example.com"),
    complete=True,
    head=b"From: info@hanaya.example\nList-Id: News <news.hanaya.example>\n",
)
HEAD = b"From: Mail Delivery System <MAILER-DAEMON@out3.rental.example>\nSubject: Undelivered Mail Returned to Sender\n"


def failing(**more: object) -> Bounce:
    """The bounce with another failure."""
    return replace(BOUNCE, failures=(replace(UNKNOWN, **more),))


def letter(raw: bytes = HEAD + b"\nSorry.\n") -> Letter:
    """A letter as read."""
    end, body_at = head_end(raw)
    return Letter(Place("bounce.eml"), raw, head_map(raw[:end]), body_at)
