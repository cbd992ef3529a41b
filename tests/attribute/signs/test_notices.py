"""A warning of another service in the same days: genuine, near, and for letters sent with a password."""

from __future__ import annotations

import pytest

from modori.types import Notice, Place
from tests.attribute.build import DAY, NOON, forged, hijacked, many


def _notice(genuine: bool | None = True, when: float = NOON - DAY, kind: str = "new-login") -> Notice:
    return Notice(Place("inbox", 9), when, kind, "Snapgram", genuine, where="Brazil")


def test_a_login_elsewhere_in_the_same_days() -> None:
    found = many(hijacked()).know(_notice()).signs()["login-notice"]
    assert (found.params["service"], found.params["where"]) == ("Snapgram", "Brazil")


@pytest.mark.parametrize(
    "notice", [_notice(False), _notice(None), _notice(when=NOON - 60 * DAY), _notice(kind="newsletter")]
)
def test_not_genuine_not_near_or_no_login(notice: Notice) -> None:
    assert "login-notice" not in many(hijacked()).know(notice).signs()


def test_backscatter_needs_no_password() -> None:
    assert "login-notice" not in many(forged()).know(_notice()).signs()
