"""Mail program and clock zone against the owner's habits: little weight, and only where the habits are known."""

from __future__ import annotations

from tests.attribute.build import Mailbox, auth_line, many, original, own_bounce, sent


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
