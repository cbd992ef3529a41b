"""Passwords that wait: not for long, not many, and not twice."""

from __future__ import annotations

import time

from modori.imap import account
from modori.web.logins import Login, Logins

LOGIN = Login(account("alice", "imap.example.com"), "secret")


def test_a_login_is_taken_once() -> None:
    logins = Logins()
    name = logins.hold(LOGIN)
    assert logins.find(name) is LOGIN
    assert logins.take(name) is LOGIN
    assert logins.find(name) is None
    assert logins.take(name) is None


def test_it_is_forgotten_by_itself() -> None:
    logins = Logins(lasting=0.05)
    name = logins.hold(LOGIN)
    until = time.monotonic() + 5
    while logins.find(name) and time.monotonic() < until:
        time.sleep(0.01)
    assert logins.find(name) is None


def test_the_oldest_give_way_in_a_crowd() -> None:
    logins = Logins()
    names = [logins.hold(LOGIN) for _ in range(25)]
    assert [logins.find(name) is not None for name in names] == [False] * 5 + [True] * 20
    assert len(set(names)) == 25


def test_a_login_does_not_print_its_password() -> None:
    assert "secret" not in repr(LOGIN)
