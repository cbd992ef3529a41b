"""Mail program and clock zone against the owner's habits: little weight, and only where the habits are known."""

from __future__ import annotations

from tests.attribute.build import (
    BOTS,
    DAY,
    NOON,
    Mailbox,
    auth_line,
    from_sent,
    many,
    original,
    own_bounce,
    sent,
    stamp,
)  # fmt: skip


def _flood(extra: list[str], east: str = "+0900") -> Mailbox:
    letters = [own_bounce(original([auth_line()], number=n, extra=extra)) for n in range(4)]
    return many([letter.replace(b"+0900\nX-Mailer", f"{east}\nX-Mailer".encode()) for letter in letters])


def test_a_program_the_owner_never_used() -> None:
    found = _flood(["X-Mailer: The Bat! 9.1"]).wrote(*map(sent, range(12))).signs()["mailer-never-used"]
    assert found.params["mailer"] == "The Bat!"
    assert found.bits > -2


def test_the_owners_program_in_another_version() -> None:
    assert "mailer-never-used" not in _flood(["X-Mailer: Mozilla Thunderbird"]).wrote(*map(sent, range(12))).signs()


def test_a_zone_the_owner_never_used() -> None:
    found = _flood(["X-Mailer: x"], "-0700").wrote(*map(sent, range(12))).signs()["zone-never-used"]
    assert found.params["zone"] == "-0700"


def test_the_owners_zone() -> None:
    assert "zone-never-used" not in _flood(["X-Mailer: x"]).wrote(*map(sent, range(12))).signs()


def test_few_sent_letters_are_no_habit() -> None:
    found = _flood(["X-Mailer: The Bat! 9.1"], "-0700").wrote(*map(sent, range(4))).signs()
    assert not {"mailer-never-used", "zone-never-used"} & found.keys()


def _copied(extra: list[str], zone: str = "+0900", before: int = 12) -> Mailbox:
    """Letters that lie in Sent, under the program and the zone given; `before`: older ones of the owner's usual kind."""
    mailbox = Mailbox()
    for n in range(8):
        letter = from_sent(n, [auth_line(BOTS[0])], extra=extra).replace(f"{stamp(NOON)[-5:]}\nX-", f"{zone}\nX-")
        copy = sent(n, extra=extra).replace(b"User-Agent: Mozilla Thunderbird\n", b"").replace(b"+0900", zone.encode())
        mailbox.add(own_bounce(letter, recipient=f"u{n}@shop.example")).wrote(copy)
    return mailbox.wrote(*(sent(n, when=NOON - 20 * DAY) for n in range(100, 100 + before)))


def test_copies_in_sent_by_a_program_that_begins_with_them_leave_the_case_open() -> None:
    mailbox = _copied(["X-Mailer: Roundcube Webmail/1.6.6"])
    assert mailbox.signs()["habits-begun"].params["mailer"] == "Roundcube Webmail"
    assert mailbox.causes() == ["undecided"]


def test_a_program_that_was_used_before_is_the_owners() -> None:
    mailbox = _copied(["X-Mailer: Mozilla Thunderbird"])
    assert "habits-begun" not in mailbox.signs()
    assert mailbox.causes() == ["own"]


def test_without_older_letters_there_is_no_habit() -> None:
    assert "habits-begun" not in _copied(["X-Mailer: Roundcube Webmail/1.6.6"], before=3).signs()
