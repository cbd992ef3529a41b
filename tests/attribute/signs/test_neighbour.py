"""Another customer's program: told by the owner's own program, whose letters lie in the mailbox."""

from __future__ import annotations

import pytest

from tests.attribute.build import MX, NOON, WEB, WEB_IP, by_program, hijacked, local_line, many, ordinary, stamp


def _form() -> bytes:
    """A notice that the owner's own form made, as user 1017 of web7."""
    lines = [
        f"from {WEB} ({WEB} [{WEB_IP}])\n\tby {MX} (Postfix) with ESMTP id 5D02; {stamp(NOON)}",
        local_line("1017"),
    ]
    return ordinary(50, "form@kitchen.example", NOON, lines, body="From: someone@shop.example\n")


SIGNS = {"neighbour-user", "neighbour-server"}


@pytest.mark.parametrize(
    ("uid", "host", "identity"), [("2044", WEB, "neighbour-user"), ("1017", "web9.hosting.example", "neighbour-server")]
)
def test_another_user_or_another_server(uid: str, host: str, identity: str) -> None:
    assert set(many([_form(), *by_program(uid=uid, by=host)]).signs()) & SIGNS == {identity}


def test_the_other_user_is_named_beside_the_own() -> None:
    (found,) = many([_form(), *by_program(uid="2044")]).campaigns()
    (said,) = [s for s in found.signs if s.id == "neighbour-user"]
    assert said.params == {"host": WEB, "uid": "2044", "own": "1017"}


def test_the_own_user_on_the_own_server() -> None:
    assert not SIGNS & set(many([_form(), *by_program()]).signs())


def test_without_a_letter_of_the_own_program_nothing_is_said() -> None:
    assert not SIGNS & set(many(by_program(uid="2044")).signs())
    assert not SIGNS & set(many([_form(), *hijacked()]).signs())
