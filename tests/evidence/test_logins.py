"""Logins are added up by the hour, and none is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modori.evidence import facts
from modori.evidence.logins import OPEN_LIMIT
from modori.ledger import Ledger
from modori.types import Login
from tests.evidence.papers import paper

LINE = (
    b"2026-02-19T%02d:%02d:00+09:00 mail dovecot: imap-login: Login: user=<%b>, method=PLAIN, rip=203.0.113.7, "
    b"lip=192.0.2.1, mpid=%d, TLS, session=<3vmyMP7GqN7AAAIB>\n"
)


def logins(content: bytes) -> list[Login]:
    found = facts(paper(content), "maillog", lambda problem: None)
    return [fact for fact in found if isinstance(fact, Login)]


def test_an_hour_of_the_same_is_one() -> None:
    found = logins(b"".join(LINE % (9, minute, b"u", minute) for minute in range(0, 60, 10)))
    assert [(login.count, login.place.line) for login in found] == [(6, 1)]
    assert found[0].last == found[0].when + 50 * 60


def test_every_hour_stands_for_itself() -> None:
    found = logins(b"".join(LINE % (9 + n // 60, n % 60, b"u", n) for n in range(150)))
    assert [login.count for login in found] == [60, 60, 30]


def test_failures_are_not_successes() -> None:
    line = (
        b"2026-02-19T09:%02d:00+09:00 mail dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts "
        b"in %d secs): user=<u>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1\n"
    )
    found = logins(b"".join(line % (n, n) for n in range(5)) + LINE % (9, 9, b"u", 1))
    assert {(login.ok, login.count) for login in found} == {(False, 5), (True, 1)}


def test_a_flood_of_names_is_let_go_in_time() -> None:
    found = logins(b"".join(LINE % (9, 0, b"u%d" % n, n) for n in range(OPEN_LIMIT + 500)))
    assert len(found) == OPEN_LIMIT + 500


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59), st.sampled_from([b"a", b"b"])), max_size=60))
def test_the_ledger_counts_what_the_log_says(lines: list[tuple[int, int, bytes]]) -> None:
    ledger = Ledger()
    for login in logins(b"".join(LINE % (*line, 1) for line in lines)):
        ledger.learn(login)
    rows = {key[0]: row.count for key, row in ledger.traffic.logins.items()}
    assert rows == {name: sum(line[2] == name.encode() for line in lines) for name in rows}
    assert sum(rows.values()) == ledger.evidence["Login"] == len(lines)
