"""The owner's own folder of sent mail, and the people in it."""

from __future__ import annotations

from tests.attribute.build import BOTS, DAY, NOON, auth_line, forged, hijacked, many, original, own_bounce, sent


def _own(count: int = 4) -> list[bytes]:
    return [
        own_bounce(
            original([auth_line("203.0.113.5")], number=n, message_id=f"{n}.sent@kitchen.example", to=f"u{n}@shop.example"),
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
        own_bounce(original([auth_line(BOTS[n % 4])], number=n, message_id=f"{n}.sent@kitchen.example")) for n in range(6)
    ]
    old = [sent(n, when=NOON - 9 * DAY) for n in range(6)]
    assert "message-id-in-sent" not in many(letters).wrote(*old).signs()
    assert many(letters).wrote(*old).causes() == ["hijacked"]
