"""Attackers cannot steer the verdict: whatever they write below the last trusted line, the cause stays.

Each forged mailbox gets what a spammer can put into the letters, each hijacked one the same from the intruder. The
spammer knows the victim's servers, account, real queue numbers, Message-IDs and signatures, and may use all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modori.types import Place, Submission
from tests.attribute.build import (
    BOTS,
    HOME_IP,
    MX,
    NOON,
    OWNER,
    RELAY,
    RELAY_IP,
    STRANGER,
    WEB,
    Mailbox,
    auth_line,
    by_program,
    client_line,
    crossing_line,
    foreign_bounce,
    hijacked,
    local_line,
    many,
    ordinary,
    original,
    own_bounce,
    report,
    sent,
    stamp,
)  # fmt: skip

NUMBERS = ["4D2A91C0F3", "1w8Xyz-0003Ab-1c", "643C0mZd012345", "4fKQdN3LGvz4s2x"]

lines = st.lists(
    st.one_of(
        st.builds(auth_line, st.sampled_from([*BOTS, HOME_IP]), number=st.sampled_from(NUMBERS)),
        st.builds(local_line, st.sampled_from(["1017", "0"])),
        st.builds(crossing_line, st.sampled_from([STRANGER, MX])),
        st.builds(client_line, st.sampled_from([HOME_IP, RELAY_IP, "127.0.0.1"]), st.sampled_from([MX, RELAY, WEB])),
        st.sampled_from([
            f"from localhost (localhost [127.0.0.1]) by {RELAY} (Postfix) with ESMTP id 4D2A91C0F3; Sun, 3 May 2026 12:00:00 +0900",
            "(qmail 991 invoked by uid 1017); 3 May 2026 03:00:00 -0000",
            f"from user by {RELAY} with esmtpsa (Exim 4.96) id 1w8Xyz-0003Ab-1c; Sun, 3 May 2026 12:00:00 +0900",
            f"by {RELAY} (Postfix) id 4D2A91C0F3; Sun, 3 May 2026 12:00:00 +0900",
        ]),
    ),
    max_size=4,
)  # fmt: skip

FIELDS = [
    f"X-Authenticated-Sender: {RELAY}: {OWNER}",
    f"X-Get-Message-Sender-Via: {RELAY}: authenticated_id: {OWNER}",
    f"X-Source-Auth: {OWNER}",
    "X-PHP-Originating-Script: 1017:contact.php",
    "X-Source-Args: /home/kitchen/public_html/contact.php",
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=kitchen.example; s=s1; h=from:to; bh=AAAA; b=BBBB",
    f"Authentication-Results: {MX}; dkim=pass header.d=kitchen.example; spf=pass smtp.mailfrom={OWNER}; dmarc=pass",
    f"Authentication-Results: {STRANGER}; spf=pass smtp.mailfrom={OWNER}",
    f"Received-SPF: pass ({STRANGER}: domain of {OWNER} designates {RELAY_IP}) receiver={STRANGER}; client-ip={RELAY_IP}",
    f"Return-Path: <{OWNER}>",
    "X-Mailer: acmailer ver4.0",
    "User-Agent: Mozilla Thunderbird",
    "Auto-Submitted: auto-replied",
    "X-Originating-IP: [203.0.113.5]",
    "X-Email-Count: 999",
    "List-Id: <menu.kitchen.example>",
]
fields = st.lists(st.sampled_from(FIELDS), max_size=5, unique=True)

# Postfix writes everything after HELO into the first line, so a HELO can look like the rest of a line.
HELOS = [
    "kitchen.example",
    RELAY,
    f"[{RELAY_IP}]",
    f"{RELAY} ({RELAY} [{RELAY_IP}]) (Authenticated sender: {OWNER}) by {RELAY} (Postfix) with ESMTPSA id 4D2A91C0F3",
    f"mail (unknown [{HOME_IP}]) (Authenticated sender: {OWNER}) by {MX} (Postfix) with ESMTPSA id 1; ",
    "x with ESMTPSA",
    "x (Postfix, from userid 1017)",
    "x[local]",
]
helos = st.sampled_from(HELOS)
identities = st.sampled_from(["", "unique.{n}@kitchen.example", "20260503120000.4D2A91C0F3@out1.hosting.example", "{n}.sent@kitchen.example"])
subjects = st.sampled_from(["Offer {n}", "Menu {n}", "Undelivered Mail Returned to Sender", "Auto: thank you"])

few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
usual = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _forged(
    below: Sequence[str], extra: Sequence[str], helo: str, identity: str, subject: str, known: bool, whole: bool
) -> list[bytes]:
    return [
        foreign_bounce(
            original(
                [client_line(BOTS[n % 4], f"mx{n % 3}.shop{n % 3}.example", helo=helo, when=NOON + n * 60), *below],
                number=n,
                message_id=identity.format(n=n),
                subject=subject.format(n=n),
                extra=extra,
                to=f"u{n}@shop.example",
            ),
            writer=f"mx{n % 3}.shop{n % 3}.example",
            ip=f"198.51.100.{20 + n % 3}",
            when=NOON + n * 60,
            recipient=f"u{n}@shop.example",
            known=known,
            whole=whole,
        )
        for n in range(6)
    ]


def _settled(mailbox: Mailbox, cause: str) -> None:
    assert mailbox.causes() == [cause]


@usual
@given(lines, fields, helos, identities, subjects, st.booleans(), st.booleans(), st.booleans())
def test_forged_stays_forged(
    below: list[str], extra: list[str], helo: str, identity: str, subject: str, known: bool, whole: bool, keeps: bool
) -> None:
    mailbox = many(_forged(below, extra, helo, identity, subject, known, whole))
    _settled(mailbox.wrote(*map(sent, range(8))) if keeps else mailbox, "forged")


@usual
@given(lines, fields, identities, subjects, st.booleans())
def test_hijacked_stays_hijacked(
    below: list[str], extra: list[str], identity: str, subject: str, keeps: bool
) -> None:
    letters = [
        own_bounce(
            original(
                [auth_line(BOTS[n % 4], when=NOON + n * 60), *below],
                number=n,
                message_id=identity.format(n=n),
                subject=subject.format(n=n),
                extra=extra,
            ),
            when=NOON + n * 60,
        )
        for n in range(6)
    ]
    old = [sent(n, when=NOON - 20 * 86_400) for n in range(8)]
    _settled(many(letters).wrote(*old) if keeps else many(letters), "hijacked")


UNCONFIRMED = {  # how servers write a client whose address has no name, so that only the HELO is left
    "sendmail": "from {helo} ([{ip}])\n\tby {by} (8.18.1/8.18.1) with ESMTP id 65A1B2C3; {when}",
    "courier": "from {helo} ([::ffff:{ip}])\n  by {by} with ESMTP; {when}",
    "gmail": "from {helo} ([{ip}])\n        by {by} with ESMTPS id a1; {when}",
    "exim": "from [{ip}] (port=3481 helo={helo})\n\tby {by} with esmtp (Exim 4.98.1)\n\tid 1; {when}",
    "opensmtpd": "from {helo} (<unknown> [{ip}])\n\tby {by} (OpenSMTPD) with ESMTP id a1; {when}",
    "exchange": "from {helo} ({ip}) by\n {by} with Microsoft SMTP Server id 15.1.2507.39; {when}",
    "qmail": "from unknown (HELO {helo}) ({ip})\n  by {by} with SMTP; {when}",
}


@pytest.mark.parametrize("server", UNCONFIRMED)
@few
@given(lines, fields, st.sampled_from(["", RELAY_IP]))
def test_a_helo_alone_makes_no_crossing(server: str, below: list[str], extra: list[str], taught: str) -> None:
    """The relay's name in the HELO, and its lines below, at servers that could confirm no name."""
    letters = [
        foreign_bounce(
            original(
                [
                    UNCONFIRMED[server].format(helo=RELAY, ip=BOTS[n % 4], by=f"mx.shop{n % 3}.example", when=stamp(NOON)),
                    auth_line(BOTS[n % 4], when=NOON),
                    *below,
                ],
                number=n,
                extra=extra,
            ),
            writer=f"mx.shop{n % 3}.example",
            when=NOON + n * 60,
            recipient=f"u{n}@shop.example",
        )
        for n in range(9)
    ]
    known = own_bounce(original([auth_line(HOME_IP)], number=99), when=NOON - 30 * 86_400)
    found = many([*letters, known] if taught else letters)
    assert found.campaigns()[0].bounces == 9
    assert found.causes()[0] not in {"hijacked", "script", "device"}


LINES = ["p1234-ipngn.kita.hosting.example", "203-0-113-101.dyn.hosting.example", "cb007165.hosting.example", "ik1-312-1.vs.hosting.example"]


@pytest.mark.parametrize("host", LINES)
@few
@given(lines)
def test_a_line_of_the_same_provider_is_no_server_of_it(host: str, below: list[str]) -> None:
    """Bots behind the provider that also keeps the mailbox have confirmed names under its domain."""
    letters = [
        foreign_bounce(
            original([client_line(BOTS[0], f"mx{n % 3}.shop{n % 3}.example", host, when=NOON), *below], number=n),
            writer=f"mx{n % 3}.shop{n % 3}.example",
            when=NOON + n * 60,
        )
        for n in range(8)
    ]
    assert many(letters).causes() == ["forged"]
    whole = [
        report(original([auth_line(BOTS[1]), *below], number=n), RELAY, [client_line(BOTS[0], MX, host, when=NOON + n)])
        for n in range(8)
    ]
    assert not {"hijacked", "script", "device"} & set(many(whole).causes())


@few
@given(st.integers(5, 60), st.sampled_from(["Delivered-To", "X-Original-To", "Envelope-To"]))
def test_letters_sent_beforehand_do_not_change_whose_mailbox_it_is(count: int, name: str) -> None:
    """A Delivered-To of the sender's own would make the owner's account another customer's."""
    envelope = f"Envelope-to: {OWNER}\n".encode()
    poison = [ordinary(n, extra=[f"{name}: bob@elsewhere.example"]) for n in range(100, 100 + count)]
    letters = [raw.replace(f"Delivered-To: {OWNER}\n".encode(), b"") for raw in poison]
    mailbox = many([*letters, *hijacked()])
    mailbox.letters = [raw.replace(b"Received:", envelope + b"Received:", 1) for raw in mailbox.letters]
    mailbox.me = ()
    assert mailbox.causes() == ["hijacked"]


@few
@given(st.integers(6, 20))
def test_a_program_that_wrote_to_the_owner_first_is_no_form(each: int) -> None:
    """It sent the owner lists of those it would write to, and copies of what it wrote under strangers' names."""
    lists = [
        ordinary(n, "form@kitchen.example", received=[local_line()], body="\n".join(f"u{k}@shop.example" for k in range(n, n + each)))
        for n in range(0, 40, each)
    ]
    assert many([*lists, *by_program(30)]).causes()[0] != "autoreply"
    copies = [
        ordinary(n, "bank@bank.example", received=[local_line()]).replace(f"<{n}.x@friend.example>".encode(), f"<{n}.copy@bank.example>".encode())
        for n in range(8)
    ]
    returned = [
        own_bounce(
            original([local_line()], sender="bank@bank.example", message_id=f"{n}.copy@bank.example"),
            recipient=f"u{n}@shop.example",
        )
        for n in range(8)
    ]
    assert many([*copies, *returned]).causes()[0] != "forwarded"


@usual
@given(lines, fields)
def test_a_hijack_under_a_joe_job_keeps_both(below: list[str], extra: list[str]) -> None:
    joe = _forged(below, extra, "mail", "", "Offer {n}", True, True)
    assert sorted(many([*joe, *joe, *hijacked()]).causes()) == ["forged", "hijacked"]


@pytest.mark.parametrize("helo", HELOS)
def test_no_helo_moves_the_entry(helo: str) -> None:
    found = many(_forged([], [], helo, "", "Offer", True, True)).signs()
    assert "foreign-top-hop" in found
    assert not {"own-relay-authenticated", "local-submission", "connecting-ip-own", "connecting-name-own"} & found.keys()


@usual
@given(lines, fields)
def test_what_stands_below_weighs_at_most_three_tenths(below: list[str], extra: list[str]) -> None:
    plain = many(_forged([], [], "mail", "", "Offer", True, True)).signs()
    steered = many(_forged(below, extra, "mail", "", "Offer", True, True)).signs()
    gained = {s.id: s.bits for s in steered.values() if s.id not in plain and s.toward == "outbound" and s.bits > 0}
    assert sum(gained.values()) <= 0.6
    assert all(bits <= 0.3 for bits in gained.values())


@usual
@given(lines, fields, helos)
def test_a_whole_report_of_the_attackers_own_is_no_proof(below: list[str], extra: list[str], helo: str) -> None:
    """Somebody mails the victim reports in the own relay's name that return letters with the own relay's lines."""
    letters = [
        report(
            original([auth_line(BOTS[n % 4]), *below], number=n, extra=extra),
            RELAY,
            [client_line(BOTS[0], MX, helo=helo, when=NOON + n * 60, to=OWNER), *below],
            when=NOON + n * 60,
            number="4D2A91C0F3",
        )
        for n in range(6)
    ]
    assert not {"hijacked", "script", "device"} & set(many(letters).causes())


@usual
@given(fields, st.booleans())
def test_a_confirmed_server_of_the_attackers_own_is_one_witness(extra: list[str], logged: bool) -> None:
    """It returns letters nobody sent, with the own relay's lines and the queue number of a letter the owner once wrote."""
    letters = [
        foreign_bounce(
            original([crossing_line(), auth_line(HOME_IP, number="4D2A91C0F3")], number=n, extra=extra),
            when=NOON + n * 60,
        )
        for n in range(12)
    ]
    teach = own_bounce(original([], number=99), when=NOON - 9 * 86_400)
    mailbox = many([*letters, teach])
    if logged:
        mailbox.know(
            *(
                Submission(Place("maillog", n), NOON - n * 86_400, "out1", f"4D2A91C0F{n}", "auth", OWNER, HOME_IP, "", OWNER)
                for n in range(4)
            )
        )
    assert not {"hijacked", "script", "device"} & set(mailbox.causes())
