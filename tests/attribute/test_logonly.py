"""A mail log without one letter: the clear is said, the look-alikes are left open."""

from __future__ import annotations

from collections.abc import Iterable

from modori.ledger import Ledger
from modori.pipeline.conclusion import Told, conclude
from modori.types import Fact, Login, Place, Report, Submission
from tests.attribute.build import DAY, HOME_IP, NOON, OWNER

STRANGE = ["192.0.2.99", "198.51.100.99", "2001:db8:7::1", "203.0.113.99"]
NEWSLETTER = 400


def _log(*facts: Iterable[Fact], me: tuple[str, ...] = ()) -> Report:
    ledger = Ledger()
    for fact in (fact for some in facts for fact in some):
        ledger.learn(fact)
    return conclude(ledger, Told(me=me), NOON + 3 * DAY)


def _auth(number: int, when: float, ip: str, account: str = OWNER, bounced: int = 0) -> Submission:
    place = Place("maillog", number * 100)
    return Submission(
        place,
        when,
        "mx1",
        f"Q{number}",
        "auth",
        account,
        ip,
        sender=account,
        nrcpt=2,
        sent=2 - bounced,
        bounced=bounced,
    )


def _local(number: int, when: float, uid: str = "1017", bounced: int = 0) -> Submission:
    place = Place("maillog", number * 100)
    sender = "www@web7.hosting.example"
    return Submission(place, when, "web7", f"L{number}", "local", sender=sender, nrcpt=1, uid=uid, bounced=bounced)


def _everyday(account: str = OWNER, ip: str = HOME_IP) -> list[Submission]:
    return [_auth(n, NOON - 9 * DAY + n * DAY / 3, ip, account) for n in range(24)]


def _flood(ips: list[str], bounced: int = 1, account: str = OWNER) -> list[Submission]:
    return [_auth(1000 + n, NOON + n * 20, ips[n % len(ips)], account, bounced) for n in range(NEWSLETTER)]


def _signs(report: Report) -> set[str]:
    return {sign.id for sign in report.verdict.signs}


def test_a_password_in_many_strange_networks() -> None:
    report = _log(_everyday(), _flood(STRANGE))
    assert report.verdict.cause == "hijacked"
    assert _signs(report) == {"log-auth-surge", "log-many-refused"}
    assert report.campaigns[0].origin.account == OWNER
    assert report.volume is not None
    assert (report.volume.basis, report.volume.median) == ("log", NEWSLETTER)
    assert report.profile is None, "nothing came back that could be profiled"
    assert report.plan.steps


def test_another_customers_password_is_the_neighbours() -> None:
    report = _log(
        _everyday(), _everyday("staff@florist.example"), _flood(STRANGE, account="staff@florist.example"), me=(OWNER,)
    )
    assert report.verdict.cause == "neighbour"


def test_the_owners_newsletter_from_the_usual_address() -> None:
    report = _log(_everyday(), _flood([HOME_IP]))
    assert (report.verdict.cause, report.campaigns) == ("undecided", ())
    assert report.verdict.missing


def test_a_newsletter_from_the_road_to_people_who_exist() -> None:
    assert _log(_everyday(), _flood(STRANGE, bounced=0)).campaigns == ()


def test_a_phone_that_always_changes_networks() -> None:
    roaming = [_auth(n, NOON - 9 * DAY + n * DAY / 3, f"203.0.{n}.7") for n in range(24)]
    assert _log(roaming, _flood(STRANGE)).campaigns == ()


def test_a_busy_server_with_many_tenants() -> None:
    tenants = (f"info@tenant{n}.example" for n in range(60))
    everyday = [_everyday(tenant, f"198.51.{n}.5") for n, tenant in enumerate(tenants)]
    assert _log(*everyday).campaigns == ()


def test_a_log_without_a_yesterday() -> None:
    assert _log(_flood(STRANGE)).campaigns == ()


def test_a_program_that_writes_to_nobody_real() -> None:
    quiet = [_local(n, NOON - 9 * DAY + n * DAY / 3) for n in range(24)]
    report = _log(quiet, [_local(1000 + n, NOON + n * 20, bounced=1) for n in range(NEWSLETTER)])
    assert report.verdict.cause == "script"
    assert _signs(report) == {"log-local-surge", "log-many-refused"}


def test_a_newsletter_program() -> None:
    quiet = [_local(n, NOON - 9 * DAY + n * DAY / 3) for n in range(24)]
    assert (
        _log(quiet, [_local(1000 + n, NOON + n * 20, bounced=n % 10 == 0) for n in range(NEWSLETTER)]).campaigns == ()
    )


def test_logins_alone_say_nothing() -> None:
    assert _log([Login(Place("log"), NOON, "mx1", OWNER, HOME_IP, "imap", True)]).verdict.cause == "undecided"


def test_the_countries_of_the_connections_come_from_the_users_table() -> None:
    ledger = Ledger()
    for fact in (*_everyday(), *_flood(STRANGE)):
        ledger.learn(fact)
    codes = {STRANGE[0]: "BR", STRANGE[1]: "VN", STRANGE[2]: "BR"}
    report = conclude(ledger, Told(country=lambda ip: codes.get(ip, "")), NOON + 3 * DAY)
    assert report.campaigns[0].origin.country == "BR, VN"
