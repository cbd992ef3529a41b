"""The trust rule: who is believed, who is not, and what a forger gains by writing more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modori.attribute.zone import Zone
from modori.types import Bounce, Original, Owner, Place, Witness

OWNER = Owner(
    addresses=("hana@shop.example",),
    domains=("shop.example",),
    inbound=("mx1.rental.example",),
    outbound=("out1.rental.example",),
    networks=("192.0.2.11",),
)
STAMP = b"; Sun, 22 Feb 2026 10:00:39 +0900"
TO_ME = b"Received: from %s (%s [%s])\n\tby mx1.rental.example (Postfix) with ESMTPS id 1" + STAMP + b"\n"
OWN_HEAD = (
    b"Return-Path: <>\n"
    + TO_ME % (b"out1.rental.example", b"out1.rental.example", b"192.0.2.11")
    + b"Received: by out1.rental.example (Postfix) id 2"
    + STAMP
    + b"\n"
)
FOREIGN_HEAD = b"Return-Path: <>\n" + TO_ME % (b"mail.else.example", b"mail.else.example", b"198.51.100.7")
NAMELESS_HEAD = b"Return-Path: <>\n" + TO_ME % (b"mail.else.example", b"unknown", b"198.51.100.7")

AUTH = (
    b"Received: from pc (unknown [203.0.113.9])\n\t(Authenticated sender: hana@shop.example)\n"
    b"\tby out1.rental.example (Postfix) with ESMTPSA id 3" + STAMP + b"\n"
)
SCRIPT = b"Received: by web1.rental.example (Postfix, from userid 1207)\n\tid 4" + STAMP + b"\n"
BOT = (
    b"Received: from bot (p66.isp.example [203.0.113.66])\n\tby mail.else.example (Postfix) with ESMTP id 5"
    + STAMP
    + b"\n"
)
HANDED_ON = (
    b"Received: from out1.rental.example (out1.rental.example [192.0.2.11])\n"
    b"\tby mail.else.example (Postfix) with ESMTPS id 6" + STAMP + b"\n"
)
FROM_WEB = (
    b"Received: from web1.rental.example (web1.rental.example [192.0.2.12])\n"
    b"\tby out1.rental.example (Postfix) with ESMTPS id 7" + STAMP + b"\n"
)
INJECTED = (
    b"Received: from bot (unknown [203.0.113.66])\n\tby mx1.rental.example (Postfix) with ESMTP id 8" + STAMP + b"\n"
)


def passage(head: bytes, lines: bytes, writer: str = "mail.else.example", owner: Owner = OWNER):
    original = Original(sender="hana@shop.example", head=lines + b"From: hana@shop.example\nSubject: x\n")
    bounce = Bounce(Place("box"), "postfix", writer, 1.0, ())
    return Zone(owner).passage(Witness(1, bounce, head, 1.0, original))


@pytest.mark.parametrize(
    ("head", "writer", "lines", "route", "trust"),
    [
        (OWN_HEAD, "out1.rental.example", AUTH, "auth", "own"),
        (OWN_HEAD, "out1.rental.example", FROM_WEB + SCRIPT, "local", "own"),
        (OWN_HEAD, "mx1.rental.example", INJECTED, "injected", "own"),
        (OWN_HEAD, "out1.rental.example", b"", "own", "own"),
        (FOREIGN_HEAD, "mail.else.example", BOT, "foreign", "authenticated"),
        (FOREIGN_HEAD, "mail.else.example", HANDED_ON + AUTH, "auth", "authenticated"),
        (FOREIGN_HEAD, "mail.else.example", HANDED_ON + FROM_WEB + SCRIPT, "local", "authenticated"),
        (FOREIGN_HEAD, "mail.else.example", b"", "unknown", "authenticated"),
        (NAMELESS_HEAD, "mail.else.example", BOT, "foreign", "unproven"),
    ],
)
def test_routes(head: bytes, writer: str, lines: bytes, route: str, trust: str) -> None:
    for ends in (b"\n", b"\r\n"):
        found = passage(head.replace(b"\n", ends), lines.replace(b"\n", ends), writer)
        assert (found.route, found.writer) == (route, trust)


@pytest.mark.parametrize("pasted", [AUTH, SCRIPT, FROM_WEB + SCRIPT, HANDED_ON + AUTH, INJECTED, OWN_HEAD])
def test_what_stands_below_a_stranger_is_never_read(pasted: bytes) -> None:
    found = passage(FOREIGN_HEAD, BOT + pasted)
    assert found.route == "foreign"
    assert found.entry is not None
    assert found.entry.source_ip == "203.0.113.66"


def test_a_stranger_cannot_name_itself_mine() -> None:
    helo = BOT.replace(b"from bot (p66.isp.example ", b"from out1.rental.example (out1.rental.example.isp.example ")
    assert passage(FOREIGN_HEAD, helo + AUTH).route == "foreign"
    forged = BOT.replace(
        b"from bot (p66.isp.example [203.0.113.66])",
        b"from out1.rental.example (out1.rental.example [203.0.113.66] (may be forged))",
    )
    assert passage(FOREIGN_HEAD, forged + AUTH).route == "foreign"


def test_a_name_by_ptr_alone_settles_nothing() -> None:
    """qmail writes the PTR name unconfirmed, and whoever has an address may name it."""
    line = (
        b"Received: from out1.rental.example (HELO x) (203.0.113.66)\n"
        b"  by mail.else.example with SMTP; 22 Feb 2026 01:00:39 -0000\n"
    )
    assert passage(FOREIGN_HEAD, line + AUTH).route == "unknown"


def test_a_greeting_settles_nothing_while_no_address_of_mine_is_known() -> None:
    """Exim without look-ups writes the client's address and what it called itself."""
    line = (
        b"Received: from [203.0.113.66] (helo=%s)\n\tby mail.else.example with esmtp (Exim 4.96)\n\tid 1x" + STAMP + b"\n"
    )
    unknown = replace(OWNER, networks=())
    assert passage(FOREIGN_HEAD, line % b"out1.rental.example" + AUTH, owner=unknown).route == "unknown"
    assert passage(FOREIGN_HEAD, line % b"out1.rental.example" + AUTH).route == "foreign"
    assert passage(FOREIGN_HEAD, line % b"bot" + AUTH, owner=unknown).route == "foreign"


def test_a_report_from_a_neighbours_program_is_not_my_servers() -> None:
    by_program = (
        b"Return-Path: <>\n"
        + TO_ME % (b"out1.rental.example", b"out1.rental.example", b"192.0.2.11")
        + b"Received: by web9.rental.example (Postfix, from userid 4711) id 2"
        + STAMP
        + b"\n"
    )
    assert passage(by_program, AUTH, "out1.rental.example").writer == "unproven"
    addressed = OWN_HEAD.replace(b"Return-Path: <>", b"Return-Path: <someone@rental.example>")
    assert passage(addressed, AUTH, "out1.rental.example").writer == "unproven"


def test_a_line_without_an_address_does_not_open_the_way_down() -> None:
    silent = b"Received: from bot by mail.else.example (Gateway) with SMTP id 9" + STAMP + b"\n"
    assert passage(FOREIGN_HEAD, silent + HANDED_ON + AUTH).route == "foreign"


def test_passwords_used_at_a_strangers_server_are_not_mine() -> None:
    theirs = AUTH.replace(b"out1.rental.example", b"mail.else.example")
    assert passage(FOREIGN_HEAD, theirs).route == "foreign"


def test_a_dkim_pass_stamped_by_my_server_confirms_the_writer() -> None:
    stamp = b"Authentication-Results: mx1.rental.example; dkim=pass header.d=else.example\n"
    assert passage(stamp + NAMELESS_HEAD, BOT).writer == "authenticated"
    copied = b"Authentication-Results: mx1.elsewhere.example; dkim=pass header.d=else.example\n"
    assert passage(copied + NAMELESS_HEAD, BOT).writer == "unproven"


def test_sendmail_writes_its_reports_from_mailer_daemon() -> None:
    head = (
        b"Return-Path: <MAILER-DAEMON>\nReceived: from localhost (localhost)\n"
        b"\tby mx1.rental.example (8.17.1.9/8.17.1.9) id 61M9x0aa001" + STAMP + b"\n"
    )
    auth = (
        b"Received: from pc (p9.isp.example [203.0.113.9])\n\t(authenticated bits=0)\n"
        b"\tby mx1.rental.example (8.17.1.9/8.17.1.9) with ESMTPSA id 61M9x0aa002" + STAMP + b"\n"
    )
    by_script = (
        b"Received: from mx1.rental.example (localhost [127.0.0.1])\n\tby mx1.rental.example (8.17.1.9/8.17.1.9) with"
        b" ESMTP id 61M9x0aa003" + STAMP + b"\nReceived: (from www@localhost)\n"
        b"\tby mx1.rental.example (8.17.1.9/8.17.1.9/Submit) id 61M9x0aa004" + STAMP + b"\n"
    )
    assert (passage(head, auth, "mx1.rental.example").route, passage(head, auth, "mx1.rental.example").writer) == (
        "auth",
        "own",
    )
    entry = passage(head, by_script, "mx1.rental.example").entry
    assert entry is not None
    assert (entry.local, entry.uid) == (True, "www")
