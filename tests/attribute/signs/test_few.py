"""A mistyped letter of last week is no break-in, even where no folder of sent mail can say so."""

from __future__ import annotations

import pytest

from tests.attribute.build import (
    DAY,
    HOME_IP,
    NOON,
    Mailbox,
    auth_line,
    hijacked,
    many,
    ordinary,
    original,
    own_bounce,
    sent,
)


def mistyped(count: int) -> list[bytes]:
    return [own_bounce(original([auth_line(HOME_IP)], number=n), recipient=f"u{n}@shop.example") for n in range(count)]


def later(mailbox: Mailbox, days: float) -> Mailbox:
    """Ordinary mail goes on coming in."""
    return mailbox.add(*(ordinary(90 + n, when=NOON + days * DAY) for n in range(3)))


@pytest.mark.parametrize(("count", "days", "said"), [(1, 5, True), (2, 5, True), (3, 5, False), (1, 1, False)])
def test_one_or_two_and_days_without_more(count: int, days: float, said: bool) -> None:
    assert ("few-and-over" in later(many(mistyped(count)), days).signs()) is said


def test_they_are_taken_for_the_owner_s_own() -> None:
    assert later(many(mistyped(1)), 5).causes() == ["own"]
    assert later(many(mistyped(1)), 1).causes() == ["undecided"]


def test_sent_mail_says_it_better() -> None:
    assert "few-and-over" not in later(many(mistyped(1)), 5).wrote(sent()).signs()


def test_the_first_letters_of_a_flood_are_not_explained_away() -> None:
    assert "few-and-over" not in many(hijacked(2)).signs()


def test_two_letters_from_two_places_are_not_explained_away() -> None:
    """An intruder's letter beside the owner's own: between them, nobody but the owner can tell."""
    theirs = own_bounce(original([auth_line("198.51.100.77")], number=9), recipient="stranger@far.example")
    mailbox = later(many([*mistyped(1), theirs]), 5)
    assert "few-and-over" not in mailbox.signs()
    assert mailbox.causes() == ["undecided"]
