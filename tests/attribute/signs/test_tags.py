"""BATV: tags that the own mail always bears, seen on bounces of letters that lie in Sent."""

from __future__ import annotations

from tests.attribute.build import (
    HOME_IP,
    NOON,
    OWNER,
    Mailbox,
    auth_line,
    forged,
    from_sent,
    many,
    original,
    own_bounce,
    sent,
)  # fmt: skip

TODAY = int(NOON // 86_400) % 1000
TAGGED = f"prvs=1{(TODAY + 6) % 1000:03d}a1b2c3={OWNER}"
STALE = f"prvs=1{(TODAY - 40) % 1000:03d}a1b2c3={OWNER}"


def _flood(to: str, count: int = 12) -> list[bytes]:
    return [
        own_bounce(original([auth_line()], number=n, subject=f"Offer {n}"), to=to, when=NOON + n) for n in range(count)
    ]


def _with_samples(flood: list[bytes], to: str = TAGGED, count: int = 6) -> Mailbox:
    mailbox = many(flood)
    for n in range(count):
        letter = from_sent(n, [auth_line(HOME_IP)])
        mailbox.add(own_bounce(letter, to=to, when=NOON - n)).wrote(sent(n))
    return mailbox


def test_none_bears_the_tag_that_all_own_mail_bears() -> None:
    found = _with_samples(forged(12)).signs()["tag-missing"]
    assert -6.0 < found.bits < -2.0


def test_a_fresh_tag_on_letters_that_left_by_the_own_server() -> None:
    assert "tag-valid" in _with_samples(_flood(TAGGED)).signs()


def test_an_old_tag_is_a_copy() -> None:
    assert "tag-valid" not in _with_samples(_flood(STALE)).signs()


def test_a_server_that_does_not_tag_misses_nothing() -> None:
    assert "tag-missing" not in _with_samples(forged(12), to=OWNER).signs()
    assert "tag-missing" not in many(forged(12)).signs()


def test_a_tag_alone_proves_nothing() -> None:
    assert "tag-valid" not in many(_flood(TAGGED)).signs()
