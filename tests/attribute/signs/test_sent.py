"""The owner's own folder of sent mail, and the people in it."""

from __future__ import annotations

from tests.attribute.build import (
    BOTS,
    DAY,
    HOME_IP,
    NOON,
    auth_line,
    forged,
    from_sent,
    hijacked,
    many,
    original,
    own_bounce,
    sent,
)  # fmt: skip


def _own(count: int = 4) -> list[bytes]:
    return [
        own_bounce(
            from_sent(n, [auth_line("203.0.113.5")], to=f"u{n}@shop.example"),
            recipient=f"u{n}@shop.example",
        )
        for n in range(count)
    ]


def test_returned_letters_that_lie_in_sent() -> None:
    found = many(_own()).wrote(*(sent(n, f"u{n}@shop.example") for n in range(4))).signs()
    assert found["message-id-in-sent"].params["count"] == 4
    assert "recipients-known" in found


def test_a_subject_from_sent_is_no_proof() -> None:
    letters = [own_bounce(original([auth_line()], number=n, subject="Menu 1")) for n in range(6)]
    assert "message-id-in-sent" not in many(letters).wrote(*map(sent, range(6))).signs()


def test_a_message_id_from_sent_on_a_strangers_letter_changes_no_cause() -> None:
    letters = [
        forged(1, begin=1_777_777_200.0 + n * 60)[0].replace(b"Message-ID: <0.", b"Message-ID: <1.sent@kitchen.example>x", 1)
        for n in range(6)
    ]
    assert many(letters).wrote(*map(sent, range(6))).causes() == ["forged"]


def test_none_of_many_lies_in_sent() -> None:
    found = many(hijacked()).wrote(*map(sent, range(6))).signs()
    assert "not-in-sent" in found
    assert "recipients-unknown" in found


def test_an_empty_folder_says_nothing() -> None:
    assert not {"not-in-sent", "recipients-unknown"} & many(hijacked()).signs().keys()


def test_an_intruder_who_copies_message_ids_out_of_sent() -> None:
    letters = [
        own_bounce(from_sent(n, [auth_line(BOTS[n % 4])])) for n in range(6)
    ]
    old = [sent(n, when=NOON - 9 * DAY) for n in range(6)]
    assert "message-id-in-sent" not in many(letters).wrote(*old).signs()
    assert many(letters).wrote(*old).causes() == ["hijacked"]


def test_one_message_id_copied_out_of_sent_on_the_same_day() -> None:
    letters = [
        own_bounce(original([auth_line(BOTS[n % 4])], number=n, message_id="1.sent@kitchen.example", to=f"u{n}@shop.example"))
        for n in range(6)
    ]
    mailbox = many(letters).wrote(*map(sent, range(6)))
    assert "message-id-in-sent" not in mailbox.signs()
    assert mailbox.causes() == ["hijacked"]


def test_a_filters_mark_before_the_subject_is_forgiven() -> None:
    for subject in ("[SPAM] Menu 1", "***SPAM*** Menu 1"):
        letter = own_bounce(original([auth_line(HOME_IP)], message_id="1.sent@kitchen.example", subject=subject))
        assert "message-id-in-sent" in many([letter]).wrote(*map(sent, range(6))).signs()


def test_blind_copies_are_people_the_owner_wrote_to() -> None:
    many_of_them = ", ".join(f"u{n}@shop.example" for n in range(4))
    listed = sent(1, extra=[f"Bcc: {many_of_them}"])
    letters = [own_bounce(from_sent(1, [auth_line(HOME_IP)]), recipient=f"u{n}@shop.example") for n in range(4)]
    assert many(letters).wrote(listed).signs()["recipients-known"].params["count"] == 4


def test_a_sent_letter_counts_from_its_own_date() -> None:
    """A folder that was copied bears the day of the copying beside every letter."""
    mailbox = many([own_bounce(from_sent(1, [auth_line(HOME_IP)]))]).wrote(sent(1))
    mailbox.copied = NOON + 90 * DAY
    assert "message-id-in-sent" in mailbox.signs()


def test_copies_in_sent_do_not_make_the_intruders_addresses_usual() -> None:
    letters = [
        own_bounce(from_sent(n, [auth_line(BOTS[n % 4])]), recipient=f"u{n}@shop.example") for n in range(8)
    ]
    mailbox = many(letters).wrote(*map(sent, range(8)))
    assert "many-networks" in mailbox.signs()
    assert mailbox.causes() == ["hijacked"]
