"""Where the letters came in: one sign each for password, program, stranger, outside, and the hand not shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.attribute.build import (
    MX,
    OWNER,
    RELAY,
    RELAY_IP,
    STRANGER,
    Mailbox,
    auth_line,
    by_program,
    client_line,
    crossing_line,
    foreign_bounce,
    forged,
    hijacked,
    local_line,
    many,
    original,
    own_bounce,
    sent,
)  # fmt: skip


def test_a_password_at_the_own_relay() -> None:
    found = many(hijacked()).signs()["own-relay-authenticated"]
    assert found.bits == 9.0
    assert found.params["account"] == OWNER
    assert len(found.places) == 5


def test_a_password_at_a_strangers_relay_is_not_the_owners() -> None:
    letters = [foreign_bounce(original([auth_line(by="mx.shop.example")], number=n)) for n in range(4)]
    assert "own-relay-authenticated" not in many(letters).signs()
    assert many(letters).causes() == ["undecided"]
    strangers = [foreign_bounce(original([auth_line(by="mx.shop.example", account="bob@shop.example")], number=n)) for n in range(4)]
    assert "foreign-top-hop" in many(strangers[:2]).signs()


def test_a_program_on_the_own_server() -> None:
    found = many(by_program()).signs()["local-submission"]
    assert (found.bits, found.params["uid"]) == (9.0, "1017")


def test_a_program_line_under_a_strangers_hop_is_text() -> None:
    below = ["by web7.hosting.example (Postfix, from userid 1017)\n\tid 7E21F0A9B4; Sun, 3 May 2026 12:00:00 +0900"]
    assert "local-submission" not in many(forged(below=below)).signs()


def test_a_stranger_handed_it_to_a_stranger() -> None:
    assert many(forged()).signs()["foreign-top-hop"].bits == -7.0


def test_an_unconfirmed_writer_weighs_less() -> None:
    letters = [foreign_bounce(original([client_line()], number=n), known=False) for n in range(4)]
    assert many(letters).signs()["foreign-top-hop-unproven"].bits == -5.5


def test_the_own_server_took_it_in_from_outside() -> None:
    line = client_line(by=MX, to="gone@kitchen.example")
    letters = [own_bounce(original([line], number=n), recipient="gone@kitchen.example") for n in range(4)]
    assert "injected-from-outside" in many(letters).signs()


def test_the_own_server_wrote_it_and_shows_no_hand() -> None:
    letters = [own_bounce(original([], number=n)) for n in range(4)]
    assert many(letters).signs()["own-relay-wrote"].bits == 5.0


def test_a_confirmed_stranger_saw_the_own_relay() -> None:
    letters = [foreign_bounce(original([crossing_line()], number=n)) for n in range(4)]
    teach = own_bounce(original([], number=99))  # its way in shows the relay's address
    assert "connecting-ip-own" in many([*letters, teach]).signs()


@pytest.mark.parametrize("ip", ["203.0.113.101", "192.0.2.99"])
def test_a_helo_of_the_own_relay_is_no_crossing(ip: str) -> None:
    line = client_line(ip, helo="out1.hosting.example")
    letters = [foreign_bounce(original([line], number=n)) for n in range(4)]
    found = many(letters).signs()
    assert "connecting-ip-own" not in found
    assert "foreign-top-hop" in found


def test_the_own_relays_line_on_the_word_of_one_stranger() -> None:
    teach = own_bounce(original([], number=99))
    letters = [foreign_bounce(original([crossing_line(), auth_line()], number=n)) for n in range(4)]
    found = many([*letters, teach]).signs()
    assert "own-relay-hearsay" in found
    assert "own-relay-authenticated" not in found


def test_a_name_without_an_address_weighs_less() -> None:
    """qmail writes the name it found, but has not looked the name up again."""
    line = f"from {MX} (192.0.2.77)\n  by {STRANGER} with SMTP; 3 May 2026 03:00:00 -0000"
    letters = [foreign_bounce(original([line], number=n)) for n in range(4)]
    found = many(letters).signs()
    assert found["connecting-name-own"].bits == 2.5
    assert "connecting-ip-own" not in found


def _over_loopback(extra: Sequence[str] = (), below: Sequence[str] = ()) -> Mailbox:
    line = client_line("127.0.0.1", RELAY, "localhost", "kitchen.example")
    return many(own_bounce(original([line, *below], number=n, extra=extra), recipient=f"u{n}@shop.example") for n in range(8))


def test_a_program_that_speaks_to_its_own_server() -> None:
    mailbox = _over_loopback(["X-Mailer: PHPMailer 6.9.1"]).wrote(*map(sent, range(8)))
    assert "loopback-client" in mailbox.signs()
    assert mailbox.causes() == ["script"]


def test_webmail_speaks_to_its_own_server_as_well() -> None:
    assert "loopback-client" not in _over_loopback(["User-Agent: Roundcube Webmail/1.6.6"]).signs()


def test_a_filter_behind_the_loopback_address_is_no_source() -> None:
    """amavis signs as localhost; the line below it is the own server's, and tells how the letter came in."""
    amavis = "from out1.hosting.example ([127.0.0.1]) by localhost (out1.hosting.example [127.0.0.1]) (amavis, port 10024) with ESMTP id 1"
    found = _over_loopback(below=[amavis, auth_line()]).signs()
    assert "own-relay-authenticated" in found
    assert "loopback-client" not in found


def test_localhost_behind_a_stranger_is_nobody() -> None:
    line = client_line(RELAY_IP, RELAY, RELAY)
    forged_below = "from x by localhost with ESMTPA id 1; Sun, 3 May 2026 12:00:00 +0900"
    letters = [own_bounce(original([line, forged_below], number=n)) for n in range(3)]
    assert "own-relay-authenticated" not in many(letters).signs()


def test_one_strangers_server_for_all_leaves_the_case_open() -> None:
    """It may be the provider of the owner's outgoing mail, under a name nobody knew."""
    for line in (auth_line(by="mx.shop.example", account=""), local_line(by="mx.shop.example")):
        mailbox = many(foreign_bounce(original([line], number=n)) for n in range(8))
        assert "one-foreign-server" in mailbox.signs()
        assert mailbox.causes() == ["undecided"]


def test_strangers_accounts_at_several_servers_are_strangers() -> None:
    letters = [
        foreign_bounce(original([auth_line(by=f"mx.isp{n % 3}.example", account="")], number=n), writer=f"mx.isp{n % 3}.example")
        for n in range(9)
    ]
    assert "one-foreign-server" not in many(letters).signs()
    assert many(letters).causes() == ["forged"]
