"""Letters that pose as bounces: told by what every server's report has and they lack."""

from __future__ import annotations

from modori.attribute.fake import fake_signs
from modori.ledger.views import background
from tests.attribute.build import BOTS, MX, NOON, OWNER, client_line, forged, many, ordinary


def _fake(number: int, body: str = "Open http://mail.invalid/login to get your mail.\n") -> bytes:
    letter = ordinary(number, "mailer-daemon@kitchen.example", NOON, [client_line(BOTS[0], MX, to=OWNER)], body=body)
    return letter.replace(b"Subject: Friday", b"Subject: Undelivered Mail Returned to Sender")


def test_three_marks_of_a_false_bounce() -> None:
    count, signs, _, _ = fake_signs(background(many([_fake(n) for n in range(4)]).ledger()))
    assert count == 4
    assert {s.id for s in signs} == {"fake-no-report", "fake-foreign-sender", "fake-links"}


def test_real_bounces_and_ordinary_letters_do_not_pose() -> None:
    friendly = ordinary(7, body="The menu: http://friend.example/menu\n")
    assert fake_signs(background(many([*forged(4), friendly]).ledger()))[0] == 0


def test_a_daemons_name_under_harmless_words_wants_nothing() -> None:
    mail = _fake(1, "Hello.\n").replace(b"Return-Path: <mailer-daemon@kitchen.example>", b"Return-Path: <>")
    assert fake_signs(background(many([mail]).ledger()))[0] == 0
