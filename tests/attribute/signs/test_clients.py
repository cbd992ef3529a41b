"""From where the password was used: many places, the usual one, a new one; the provider's webmail tells nothing."""

from __future__ import annotations

from modori.types import Login, Place, Submission
from tests.attribute.build import (
    BOTS,
    DAY,
    HOME_IP,
    HOUR,
    MX_IP,
    NOON,
    OWNER,
    auth_line,
    from_sent,
    hijacked,
    many,
    original,
    own_bounce,
    sent,
)  # fmt: skip


def _reads(ip: str = HOME_IP) -> list[Login]:
    return [Login(Place("log"), NOON - n * DAY, "mx1", OWNER, ip, "imap", True) for n in range(1, 5)]


def test_many_networks() -> None:
    assert many(hijacked()).signs()["many-networks"].params["count"] == 4


def test_the_address_the_owner_reads_from() -> None:
    found = many(hijacked(ips=[HOME_IP])).know(*_reads()).signs()
    assert "usual-network" in found
    assert "many-networks" not in found


def test_an_address_the_owner_never_used() -> None:
    assert "new-network" in many(hijacked(ips=BOTS[:1])).know(*_reads()).signs()


def test_one_address_and_nothing_to_compare_it_with() -> None:
    assert not {"new-network", "usual-network", "many-networks"} & many(hijacked(ips=BOTS[:1])).signs().keys()


def test_a_letter_in_sent_whose_way_the_log_shows_teaches_the_usual_address() -> None:
    own = Submission(Place("log"), NOON - 3 * DAY, "out1", "A1", "auth", OWNER, HOME_IP, "", OWNER, "1.sent@kitchen.example")
    assert "usual-network" in many(hijacked(ips=[HOME_IP])).wrote(sent(1, when=NOON - 3 * DAY)).know(own).signs()


def test_so_does_a_bounce_of_a_letter_in_sent() -> None:
    mine = own_bounce(from_sent(1, [auth_line(HOME_IP, when=NOON - DAY)]), when=NOON - DAY)
    assert "usual-network" in many([mine, *hijacked(ips=[HOME_IP])]).wrote(sent(1, when=NOON - DAY)).signs()


def test_days_of_quiet_use_before_the_first_bounce_teach_it() -> None:
    quiet = [
        Submission(Place("log"), NOON - n * DAY, "out1", f"A{n}", "auth", OWNER, HOME_IP, "", OWNER) for n in range(1, 4)
    ]
    assert "usual-network" in many(hijacked(ips=[HOME_IP])).know(*quiet).signs()


def test_a_trial_hours_before_the_flood_teaches_nothing() -> None:
    trial = Submission(Place("log"), NOON - 5 * HOUR, "out1", "A1", "auth", OWNER, BOTS[0], "", OWNER)
    assert "usual-network" not in many(hijacked(ips=BOTS[:1])).know(trial).signs()


def test_webmail_comes_from_the_provider_whoever_sits_there() -> None:
    reads = _reads(MX_IP)
    teach = own_bounce(original([], number=99), writer="mx1.hosting.example")
    for ip in ("127.0.0.1", "10.0.0.7"):
        found = many([*hijacked(ips=[ip]), teach]).know(*reads).signs()
        assert not {"new-network", "usual-network", "many-networks"} & found.keys()


def test_a_telephone_has_many_addresses_in_a_month_but_not_in_a_day() -> None:
    letters = [letter for n, ip in enumerate(BOTS) for letter in hijacked(1, [ip], begin=NOON + n * 9 * DAY)]
    assert "many-networks" not in many(letters).signs()
