"""The mail log: whose password handed these letters in, from where, or which program; and a log that shows nothing."""

from __future__ import annotations

from typing import Literal

from modori.types import Login, Place, Submission
from tests.attribute.build import (
    BOTS,
    DAY,
    HOME_IP,
    HOUR,
    NOON,
    OWNER,
    Mailbox,
    auth_line,
    by_program,
    forged,
    hijacked,
    many,
    original,
    own_bounce,
    sent,
)  # fmt: skip

Method = Literal["auth", "local", "smtp", "unknown"]


def _line(
    when: float = NOON, number: str = "A1", account: str = OWNER, ip: str = "", method: Method = "auth", sender: str = OWNER,
    uid: str = "",
) -> Submission:  # fmt: skip
    return Submission(Place("maillog", int(when)), when, "out1", number, method, account, ip, "", sender, uid=uid, nrcpt=1)


def _flood(ips: list[str], account: str = OWNER) -> list[Submission]:
    return [_line(NOON + n * 60, f"4D2A91{n:04X}", account, ips[n % len(ips)]) for n in range(8)]


def _silent(count: int = 8) -> list[bytes]:
    """The own server returned these letters and does not show who handed them in."""
    return [own_bounce(original([], number=n), when=NOON + n * 60, number=f"4D2A91{n:04X}") for n in range(count)]


def _reads() -> list[Login]:
    return [Login(Place("log"), NOON - n * DAY, "mx1", OWNER, HOME_IP, "imap", True) for n in range(1, 5)]


def test_with_the_owners_password_from_many_places() -> None:
    found = many(_silent()).know(*_flood(BOTS)).signs()["log-auth-foreign"]
    assert found.params["account"] == OWNER
    assert many(_silent()).know(*_flood(BOTS)).causes() == ["hijacked"]


def test_from_the_owners_usual_address() -> None:
    mailbox = many(_silent()).know(*_flood([HOME_IP]), *_reads())
    assert "log-auth-usual" in mailbox.signs()
    assert mailbox.causes() == ["undecided"]  # the owner, or the owner's machine
    assert mailbox.wrote(*map(sent, range(6))).causes() == ["device"]


def test_from_one_address_and_nothing_to_compare_it_with() -> None:
    assert "log-account-mine" in many(_silent()).know(*_flood(BOTS[:1])).signs()


def test_with_another_customers_password() -> None:
    mailbox = many(_silent()).know(*_flood(BOTS, "staff@florist.example"))
    assert "log-account-other" in mailbox.signs()
    assert mailbox.causes() == ["neighbour"]


def test_by_a_program() -> None:
    lines = [_line(NOON + n * 60, f"4D2A91{n:04X}", "", method="local", uid="1017") for n in range(8)]
    assert many(_silent()).know(*lines).signs()["log-local"].params["script"] == "1017"


def test_without_queue_numbers_the_owners_rows_of_that_time_speak() -> None:
    letters = [own_bounce(original([], number=n), when=NOON + n * 60) for n in range(8)]
    lines = [_line(NOON + n * 60, f"B{n}", ip=BOTS[n % 4]) for n in range(8)]
    assert "log-auth-foreign" in many(letters).know(*lines).signs()
    old = [_line(NOON - 9 * DAY + n, f"B{n}", ip=BOTS[n % 4]) for n in range(8)]
    assert not [s for s in many(letters).know(*old).signs() if s.startswith("log-")]


def test_a_queue_number_that_a_forger_pasted_is_not_looked_up() -> None:
    lines = [_line(NOON - 9 * DAY, "4D2A910000", ip=HOME_IP)]
    found = many(forged(below=[auth_line(number="4D2A910000")])).know(*lines).signs()
    assert not {"log-auth-usual", "log-auth-foreign", "log-account-mine"} & found.keys()


def _everyday(server: str = OWNER) -> list[Submission]:
    return [_line(NOON + n * DAY, f"E{n}", server, HOME_IP, sender=server) for n in (-3, -1, 2)]


def test_a_log_that_covers_the_time_and_shows_no_such_sending() -> None:
    found = many(forged(20)).know(*_everyday()).signs()["log-no-sending"]
    assert found.params["from"] == NOON + 5


def test_a_log_of_another_server_or_of_another_week() -> None:
    assert "log-no-sending" not in many(forged(20)).know(*_everyday("x@florist.example")).signs()
    assert "log-no-sending" not in many(forged(20)).know(_line(NOON - 3 * DAY, ip=HOME_IP)).signs()


def test_a_log_that_shows_the_sending_of_a_second_campaign() -> None:
    mailbox = many([*forged(20), *hijacked(8, begin=NOON + HOUR)]).know(*_everyday(), *_flood(BOTS))
    assert "log-no-sending" not in mailbox.signs()
    assert set(mailbox.causes()) == {"forged", "hijacked"}


def _by_a_neighbours_script() -> Mailbox:
    """The web server's user 2044 is not the owner; the log knows only the number."""
    lines = [_line(NOON + n * 60, "7E21F0A9B4", "", method="local", uid="2044") for n in range(8)]
    return many(by_program(uid="2044")).know(*lines)


def test_a_program_in_the_log_is_not_the_owners_password() -> None:
    found = _by_a_neighbours_script().signs()
    assert "log-local" in found
    assert not {"log-auth-usual", "log-auth-foreign"} & found.keys()


def test_a_user_number_that_also_sends_for_other_customers() -> None:
    tenant = _line(NOON - 2 * DAY, "C1", "", method="local", sender="shop@florist.example", uid="2044")
    found = _by_a_neighbours_script().know(tenant).signs()
    assert "uid-other" in found
    assert _by_a_neighbours_script().know(tenant).causes() == ["neighbour"]


def test_a_user_number_that_sent_for_the_owner_before() -> None:
    form = _line(NOON - 2 * DAY, "C1", "", method="local", uid="2044")
    assert "uid-own" in _by_a_neighbours_script().know(form).signs()
    assert not {"uid-own", "uid-other"} & _by_a_neighbours_script().signs().keys()
