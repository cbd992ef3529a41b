"""The own provider's counters: in its bounces, and in its letters."""

from __future__ import annotations

from modori.types import Notice, Place
from tests.attribute.build import NOON, OWNER, auth_line, client_line, foreign_bounce, many, original, own_bounce

TEXT = "Domain kitchen.example has exceeded the max emails per hour (125/100 (125%)) allowed.  Message discarded."


def test_the_own_server_counts() -> None:
    letters = [own_bounce(original([auth_line()], number=n), diagnosis=TEXT, status="5.7.1") for n in range(4)]
    found = many(letters).signs()["limit-bounce"]
    assert (found.params["count"], found.params["limit"]) == (125, 100)


def test_a_strangers_server_that_says_so_is_not_the_provider() -> None:
    letters = [foreign_bounce(original([client_line()], number=n), diagnosis=TEXT, status="5.7.1") for n in range(4)]
    assert "limit-bounce" not in many(letters).signs()


def _notice(genuine: bool | None, when: float = NOON) -> Notice:
    return Notice(Place("inbox", 7), when, "send-limit", "hosting.example", genuine, account=OWNER, count=1000)


def test_the_providers_letter() -> None:
    letters = [own_bounce(original([auth_line()], number=n)) for n in range(4)]
    assert many(letters).know(_notice(True)).signs()["provider-notice"].params["count"] == 1000


def test_a_letter_that_may_be_phishing_or_is_of_another_month() -> None:
    letters = [own_bounce(original([auth_line()], number=n)) for n in range(4)]
    for notice in (_notice(None), _notice(False), _notice(True, NOON - 40 * 86_400)):
        assert "provider-notice" not in many(letters).know(notice).signs()
