"""The moment in a queue number: own lines agree, pasted ones are caught when the time is wrong."""

from __future__ import annotations

from modori.octets import queueclock
from tests.attribute.build import DAY, NOON, auth_line, forged, hijacked, many, original, own_bounce

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _exim(when: float) -> str:
    left, digits = int(when), ""
    while left:
        left, digit = divmod(left, 62)
        digits = BASE62[digit] + digits
    return f"{digits}-0000Ab-1c"


def test_the_builder_writes_what_exim_writes() -> None:
    assert queueclock.exim(_exim(NOON)) == NOON


def test_a_pasted_line_with_a_number_of_another_day() -> None:
    assert many(forged(below=[auth_line(number=_exim(NOON - 9 * DAY))])).signs()["queue-clock-disagrees"].bits == -5.0


def test_a_pasted_line_with_a_number_worked_out() -> None:
    found = many(forged(below=[auth_line(number=_exim(NOON))])).signs()
    assert not {"queue-clock-disagrees", "queue-clock-agrees"} & found.keys()


def test_a_strangers_line_may_say_what_it_likes() -> None:
    below = [auth_line(by="mx.other.example", number=_exim(NOON - 9 * DAY))]
    assert "queue-clock-disagrees" not in many(forged(below=below)).signs()


def test_the_own_servers_line_agrees() -> None:
    letters = [own_bounce(original([auth_line(number=_exim(NOON))], number=n)) for n in range(4)]
    assert many(letters).signs()["queue-clock-agrees"].bits == 1.0


def test_short_numbers_hold_no_second() -> None:
    assert "queue-clock-agrees" not in many(hijacked()).signs()
