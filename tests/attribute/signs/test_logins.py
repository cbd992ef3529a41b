"""A trial letter, guesses before it worked, sending without reading."""

from __future__ import annotations

from modori.types import Login, Place, Submission
from tests.attribute.build import BOTS, DAY, HOME_IP, HOUR, NOON, OWNER, Mailbox, hijacked, many


def _line(when: float, number: str, ip: str, nrcpt: int = 5) -> Submission:
    return Submission(Place("maillog", int(when)), when, "out1", number, "auth", OWNER, ip, "", OWNER, nrcpt=nrcpt)


def _reads() -> list[Login]:
    return [Login(Place("log"), NOON - n * DAY, "mx1", OWNER, HOME_IP, "imap", True) for n in range(1, 5)]


def _flood() -> list[Submission]:
    return [_line(NOON + n * 60, f"4D2A91{n:04X}", BOTS[1 + n % 3]) for n in range(8)]


def _mailbox() -> Mailbox:
    return many(hijacked()).know(*_flood(), *_reads())


def test_one_letter_first_then_the_flood() -> None:
    trial = _line(NOON - HOUR, "F0", BOTS[0], nrcpt=1)
    assert _mailbox().know(trial).signs()["probe"].params["ip"] == BOTS[0]


def test_a_first_letter_to_many_or_at_the_usual_address_is_no_trial() -> None:
    assert "probe" not in _mailbox().know(_line(NOON - HOUR, "F0", BOTS[0], nrcpt=9)).signs()
    assert "probe" not in _mailbox().know(_line(NOON - HOUR, "F0", HOME_IP, nrcpt=1)).signs()


def test_wrong_passwords_from_the_address_that_then_sent() -> None:
    tries = [Login(Place("log"), NOON - HOUR + n, "out1", OWNER, BOTS[1], "submission", False) for n in range(6)]
    assert _mailbox().know(*tries).signs()["password-guessed"].params["count"] == 6


def test_wrong_passwords_from_addresses_that_never_sent_are_weather() -> None:
    tries = [Login(Place("log"), NOON - HOUR + n, "out1", OWNER, "203.0.113.200", "submission", False) for n in range(60)]
    assert "password-guessed" not in _mailbox().know(*tries).signs()


def test_whoever_sent_never_read() -> None:
    assert "auth-without-imap" in _mailbox().signs()


def test_whoever_sent_also_read_or_nobody_ever_did() -> None:
    reads = [Login(Place("log"), NOON, "mx1", OWNER, ip, "imap", True) for ip in BOTS[1:2]]
    assert "auth-without-imap" not in _mailbox().know(*reads).signs()
    assert "auth-without-imap" not in many(hijacked()).know(*_flood()).signs()
