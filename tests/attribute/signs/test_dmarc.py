"""DMARC reports: a rise of passes for letters that left, many failures for letters that did not, never crosswise."""

from __future__ import annotations

from modori.types import AuthRow, Place
from tests.attribute.build import BOTS, DAY, NOON, RELAY_IP, forged, hijacked, many

TODAY = NOON // DAY * DAY


def _row(count: int, ip: str, passed: bool, day: int = 0, domain: str = "kitchen.example") -> AuthRow:
    begin = TODAY + day * DAY
    return AuthRow(Place("report.xml", day), begin, begin + DAY - 1, "mailtown.example", domain, ip, count, passed, passed)


EVERYDAY = [_row(3, RELAY_IP, True, day) for day in (-6, -5, -4)]
FAILS = [_row(20, ip, False) for ip in BOTS]


def test_a_rise_of_letters_that_passed() -> None:
    assert many(hijacked()).know(*EVERYDAY, _row(80, RELAY_IP, True)).signs()["dmarc-own-surge"].params["count"] == 80


def test_an_ordinary_day_is_no_rise() -> None:
    assert "dmarc-own-surge" not in many(hijacked()).know(*EVERYDAY, _row(5, RELAY_IP, True)).signs()
    busy = [_row(70, RELAY_IP, True, day) for day in (-6, -5, -4)]
    assert "dmarc-own-surge" not in many(hijacked()).know(*busy, _row(80, RELAY_IP, True)).signs()


def test_a_rise_in_another_week_or_for_another_domain() -> None:
    assert "dmarc-own-surge" not in many(hijacked()).know(_row(80, RELAY_IP, True, -20)).signs()
    other = _row(80, RELAY_IP, True, domain="florist.example")
    assert "dmarc-own-surge" not in many(hijacked()).know(other).signs()


def test_many_failures_from_strangers() -> None:
    assert many(forged()).know(*EVERYDAY, *FAILS).signs()["dmarc-foreign-fails"].params["count"] == 80


def test_failures_from_one_address_are_a_forward() -> None:
    assert "dmarc-foreign-fails" not in many(forged()).know(*EVERYDAY, _row(80, "198.51.100.99", False)).signs()


def test_a_joe_job_does_not_clear_a_hijack_nor_a_hijack_a_joe_job() -> None:
    both = [*EVERYDAY, *FAILS, _row(80, RELAY_IP, True)]
    assert "dmarc-foreign-fails" not in many(hijacked()).know(*both).signs()
    assert "dmarc-own-surge" not in many(forged()).know(*both).signs()
    assert many(hijacked()).know(*both).causes() == ["hijacked"]
    assert many(forged()).know(*both).causes() == ["forged"]
