"""Mail that came in for the owner and was sent on: told by the own server's hop and by the mailbox itself."""

from __future__ import annotations

from modori.types import Delivery, Place
from tests.attribute.build import (
    MX,
    NOON,
    OWNER,
    by_program,
    client_line,
    hijacked,
    many,
    ordinary,
    original,
    own_bounce,
)

ELSEWHERE = "me@mailtown.example"


def _forwarded(count: int = 6) -> list[bytes]:
    return [
        own_bounce(
            original(
                [client_line("198.51.100.80", MX, "mail.friend.example", to=OWNER)],
                sender=f"y{n}@friend.example",
                to=OWNER,
                message_id=f"{n}.x@friend.example",
            ),
            writer=MX,
            recipient=ELSEWHERE,
        )
        for n in range(count)
    ]


def test_taken_in_for_the_owner_and_refused_elsewhere() -> None:
    found = many(_forwarded()).signs()
    assert {"forwarding-hop", "forwarding-recipient", "sender-foreign"} <= found.keys()
    assert found["forwarding-hop"].params["to"] == ELSEWHERE


def test_the_same_letter_lies_in_the_mailbox() -> None:
    inbox = [ordinary(n, f"y{n}@friend.example") for n in range(6)]
    assert "forwarded-same-letter" in many([*_forwarded(), *inbox]).signs()


def test_letters_to_a_missing_address_of_the_own_domain_were_not_sent_on() -> None:
    line = client_line("198.51.100.80", MX, "mail.friend.example", to="gone@kitchen.example")
    letters = [
        own_bounce(original([line], sender=f"y{n}@friend.example"), writer=MX, recipient="gone@kitchen.example")
        for n in range(6)
    ]
    assert "forwarding-hop" not in many(letters).signs()


def test_a_flood_under_the_own_name_is_no_forward() -> None:
    found = many(by_program()).signs()
    assert "sender-own" in found
    assert not {"forwarding-hop", "forwarding-recipient", "forwarded-same-letter", "sender-foreign"} & found.keys()
    assert "sender-own" not in many(hijacked()).signs()


def test_the_log_shows_the_forward() -> None:
    letters = [own_bounce(original([], number=n, sender=f"y{n}@friend.example"), recipient=ELSEWHERE) for n in range(6)]
    way = Delivery(Place("maillog"), NOON, "mx1", "A1", "y@friend.example", OWNER, forwarded_to=ELSEWHERE)
    assert "forward-logged" in many(letters).know(way).signs()
    other = Delivery(Place("maillog"), NOON, "mx1", "A1", "y@friend.example", "x@florist.example", forwarded_to=ELSEWHERE)
    assert "forward-logged" not in many(letters).know(other).signs()


def test_a_forward_by_alias_names_the_owner_as_the_original_recipient() -> None:
    """Postfix writes both: Original-Recipient is the owner, Final-Recipient where the mail was sent on to."""
    letters = [
        letter.replace(
            b"Final-Recipient: rfc822; " + ELSEWHERE.encode(),
            b"Final-Recipient: rfc822; " + ELSEWHERE.encode() + b"\nOriginal-Recipient: rfc822; " + OWNER.encode(),
        )
        for letter in _forwarded()
    ]
    assert b"Original-Recipient" in letters[0]
    mailbox = many(letters)
    assert mailbox.signs()["forwarding-hop"].params["to"] == ELSEWHERE
    assert mailbox.causes() == ["forwarded"]


def test_a_forward_goes_to_few() -> None:
    strangers = many(by_program(8)).signs()
    assert strangers["recipients-many"].params["count"] == 8
    assert "recipients-many" not in many(by_program(3)).signs()
