"""The year and the zone of stamps that name neither."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from modori.evidence import facts
from modori.evidence.clock import Clock, calibrate
from modori.types import Fact
from tests.evidence.papers import NOW, paper

LOGIN = "{stamp} mail dovecot: imap-login: Login: user=<u>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS\n"


def logins(*stamps: str, modified: float = NOW) -> list[str]:
    content = "".join(LOGIN.format(stamp=stamp) for stamp in stamps).encode()
    found: list[Fact] = list(facts(paper(content, modified=modified), "maillog", lambda problem: None))
    return [datetime.fromtimestamp(getattr(fact, "when", 0.0), UTC).isoformat() for fact in found]


def test_the_year_is_the_files_own() -> None:
    assert logins("Nov  3 09:00:00") == ["2026-11-03T00:00:00+00:00"]


def test_a_month_after_the_files_time_lies_in_the_year_before() -> None:
    assert logins("Dec 24 09:00:00") == ["2025-12-24T00:00:00+00:00"]


def test_the_year_turns_with_december() -> None:
    january = datetime(2027, 1, 2, tzinfo=UTC).timestamp()
    assert logins("Dec 31 23:59:59", "Jan  1 00:00:00", modified=january) == [
        "2026-12-31T14:59:59+00:00",
        "2026-12-31T15:00:00+00:00",
    ]


def test_hosts_whose_clocks_differ_turn_the_year_to_and_fro() -> None:
    january = datetime(2027, 1, 2, tzinfo=UTC).timestamp()
    found = logins("Jan  1 10:00:01", "Dec 31 10:00:00", "Jan  1 10:00:02", modified=january)
    assert [moment[:10] for moment in found] == ["2027-01-01", "2026-12-31", "2027-01-01"]


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        # A long Postfix queue id holds the second in base 52.
        ("May  6 02:24:58 sv postfix/smtpd[1]: 4g954B2RL1zdv5: client=unknown[203.0.113.1]", 9),
        ("May  5 13:24:58 sv postfix/smtpd[1]: 4g954B2RL1zdv5: client=unknown[203.0.113.1]", -4),
        # Postfix's own Message-ID holds UTC.
        ("Feb 22 10:00:39 out postfix/cleanup[1]: 3A68D1BFA8: message-id=<20260222010039.3A68D1BFA8@out.example>", 9),
        ("Feb 22 06:30:39 out postfix/cleanup[1]: 3A68D1BFA8: message-id=<20260222010039.3A68D1BFA8@out.example>", 5.5),
        # A Message-ID that somebody else made says nothing: Japan is assumed.
        ("Feb 22 01:00:39 mx postfix/cleanup[1]: 506431BFB0: message-id=<20260222010039.3A68D1BFA8@out.example>", 9),
        # An Exim id begins with the second in base 62.
        ("2026-07-17 15:57:12 1wkkw4-0004lp-0z <= a@b.example U=x P=local S=1", 0),
        # A sendmail id holds year, month, day, hour, minute and second.
        ("Feb 18 19:50:50 www sendmail[1]: 61J0ooXa004711: from=<a@b.example>, size=1, nrcpts=1", -5),
        # A Dovecot session id holds nanoseconds and seconds.
        ("Feb 19 02:50:50 mx dovecot: lmtp(u)<1><mCFxG2pelmlgQQAAZek+Tw>: msgid=<x>: saved mail to INBOX", 2),
        # A login's session id holds 48 bits of microseconds.
        (
            "Feb 19 00:50:50 mx dovecot: imap-login: Login: user=<u>, rip=203.0.113.7, session=<wNAmsiJLZxLLAHEH>",
            0,
        ),
    ],
)
def test_the_zone_is_found_in_an_id(line: str, zone: float) -> None:
    assert calibrate(paper(line.encode() + b"\n")).zone == zone * 3600


def test_an_id_tells_the_year_even_when_the_file_was_copied_later() -> None:
    content = (
        b"Mar  1 09:00:00 out postfix/cleanup[1]: 3A68D1BFA8: message-id=<20240301000000.3A68D1BFA8@out.example>\n"
    )
    clock = calibrate(paper(content))
    assert clock.bsd(b"Mar  1 09:00:00") == datetime(2024, 3, 1, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "stamp", [b"", b"Feb", b"Feb 19 9:50:50 ", b"Xxx 19 09:50:50", b"Feb 99 09:50:50", b"Feb  x 09:50:50"]
)
def test_what_is_no_stamp_is_none(stamp: bytes) -> None:
    assert Clock(0, 2026, 2).bsd(stamp) is None


@pytest.mark.parametrize(
    "stamp", [b"2026-13-01 00:00:00", b"2026-02-19", b"2026-02-19 0a:00:00", b"20260-2-19 00:00:00"]
)
def test_what_is_no_full_stamp_is_none(stamp: bytes) -> None:
    assert Clock(0, 2026, 2).full(stamp) is None
