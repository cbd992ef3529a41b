"""A small world to build mailboxes in, byte by byte: one owner at a provider of three servers, strangers, a spammer.

    Mailbox().add(own_bounce(original([auth_line()])))     letters, facts, sent mail
    mailbox.signs(), mailbox.campaigns()                   what attribution finds, through the real path

The lines are written as Postfix, Exim, sendmail and qmail write them; hosts and addresses are documentation ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate

from modori.attribute.campaigns import Examined, examine
from modori.attribute.case import Lookup
from modori.attribute.extend import acquainted
from modori.judge import settle
from modori.ledger import Ledger
from modori.ledger.views import background, clusters
from modori.pipeline.learning import learn
from modori.read.letter import one
from modori.types import Campaign, Fact, Place, Sign

NOON = 1_777_777_200.0  # 2026-05-03 12:00 in Japan
HOUR, DAY = 3600.0, 86_400.0

OWNER = "info@kitchen.example"
MX, MX_IP = "mx1.hosting.example", "192.0.2.10"
RELAY, RELAY_IP = "out1.hosting.example", "192.0.2.11"
WEB, WEB_IP = "web7.hosting.example", "192.0.2.12"
HOME_IP = "203.0.113.5"
BOTS = ["203.0.113.101", "203.0.113.120", "203.0.113.133", "203.0.113.150"]
STRANGER, STRANGER_IP = "mx.shop.example", "198.51.100.20"


def stamp(when: float) -> str:
    """A date as servers in Japan write it."""
    return formatdate(when + 9 * HOUR).replace("-0000", "+0900")


# --- Received lines ---------------------------------------------------------------------------------------------------


def auth_line(
    ip: str = BOTS[0],
    account: str = OWNER,
    by: str = RELAY,
    number: str = "4D2A91C0F3",
    when: float = NOON,
    to: str = "a@shop.example",
) -> str:
    """Postfix took a letter in with a password; `account` "" when it is configured not to say whose."""
    named = f"\n\t(Authenticated sender: {account})" if account else ""
    return (
        f"from mail (unknown [{ip}]){named}\n\tby {by} (Postfix) with ESMTPSA id {number}\n\tfor <{to}>; {stamp(when)}"
    )


def local_line(uid: str = "1017", by: str = WEB, when: float = NOON) -> str:
    """A program on the server handed it in through sendmail(1)."""
    return f"by {by} (Postfix, from userid {uid})\n\tid 7E21F0A9B4; {stamp(when)}"


def client_line(
    ip: str = BOTS[0], by: str = STRANGER, host: str = "", helo: str = "mail", number: str = "9C0D1E2F3A",
    when: float = NOON, to: str = "nobody@shop.example",
) -> str:  # fmt: skip
    """A Postfix server took a letter in from a client, without a password."""
    named = host or "unknown"
    return f"from {helo} ({named} [{ip}])\n\tby {by} (Postfix) with ESMTP id {number}\n\tfor <{to}>; {stamp(when)}"


def crossing_line(by: str = STRANGER, when: float = NOON) -> str:
    """A stranger's server saw the own relay as its client."""
    return client_line(RELAY_IP, by, RELAY, RELAY, when=when)


# --- letters ----------------------------------------------------------------------------------------------------------


def original(
    received: Sequence[str] = (),
    *,
    above: Sequence[str] = (),
    sender: str = OWNER,
    to: str = "nobody@shop.example",
    subject: str = "Best offer",
    number: int = 1,
    message_id: str = "",
    when: float = NOON,
    extra: Sequence[str] = (),
    body: str = "Buy now.\n",
) -> str:
    """A letter as its receiver has it. `above` are fields over the Received lines, `extra` the sender's own."""
    identity = message_id or f"{number}.{int(when)}@mailer.invalid"
    head = [
        *above,
        *(f"Received: {line}" for line in received),
        f"From: <{sender}>",
        f"To: <{to}>",
        f"Subject: {subject}",
        f"Message-ID: <{identity}>",
        f"Date: {stamp(when)}",
        *extra,
    ]
    return "\n".join(head) + "\n\n" + body


def from_sent(number: int, received: Sequence[str] = (), **more: object) -> str:
    """The letter of the owner's that `sent(number)` is the copy of, as its receiver has it."""
    return original(received, message_id=f"{number}.sent@kitchen.example", subject=f"Menu {number}", number=number, **more)  # type: ignore[arg-type]


def report(
    returned: str,
    writer: str,
    received: Sequence[str],
    *,
    recipient: str = "nobody@shop.example",
    to: str = OWNER,
    when: float = NOON,
    status: str = "5.1.1",
    diagnosis: str = "550 5.1.1 <nobody@shop.example>: Recipient address rejected: User unknown",
    number: str = "",
    whole: bool = True,
    above: Sequence[str] = (),
) -> bytes:
    """A delivery report as Postfix words it (RFC 3464), delivered to the owner over `received`."""
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    part = returned if whole else returned.partition("\n\n")[0] + "\n"
    queue = f"X-Postfix-Queue-ID: {number}\n" if number else ""
    fields = "\n".join(["Return-Path: <>", f"Delivered-To: {OWNER}", *above, *(f"Received: {r}" for r in received)])
    return f"""{fields}
Date: {stamp(when)}
From: MAILER-DAEMON@{writer} (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b0und/{writer}"
Message-Id: <{int(when)}.AA11@{writer}>

This is a MIME-encapsulated message.

--b0und/{writer}
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host {writer}.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<{recipient}>: {diagnosis}

--b0und/{writer}
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; {writer}
{queue}X-Postfix-Sender: rfc822; {to}
Arrival-Date: {stamp(when)}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {diagnosis}

--b0und/{writer}
Content-Description: Undelivered Message
Content-Type: {kind}

{part}
--b0und/{writer}--
""".encode()


def own_bounce(returned: str, *, writer: str = RELAY, when: float = NOON, **more: object) -> bytes:
    """Written by the own relay: no foreign hop above it."""
    lines = [
        f"from {writer} ({writer} [{RELAY_IP}])\n\tby {MX} (Postfix) with ESMTPS id 5B00A1\n\tfor <{OWNER}>; {stamp(when)}",
        f"by {writer} (Postfix)\n\tid 5AFF01; {stamp(when)}",
    ]
    return report(returned, writer, lines, when=when, **more)  # type: ignore[arg-type]


def foreign_bounce(
    returned: str, *, writer: str = STRANGER, ip: str = STRANGER_IP, when: float = NOON, known: bool = True, **more: object
) -> bytes:
    """Written by a stranger's server, whose name the own server could confirm when `known`."""
    named = writer if known else "unknown"
    line = f"from {writer} ({named} [{ip}])\n\tby {MX} (Postfix) with ESMTPS id 5B00A2\n\tfor <{OWNER}>; {stamp(when)}"
    return report(returned, writer, [line], when=when, **more)  # type: ignore[arg-type]


def ordinary(
    number: int = 1, sender: str = "yuki@friend.example", when: float = NOON - 5 * DAY, received: Sequence[str] = (),
    extra: Sequence[str] = (), body: str = "See you on Friday.\n",
) -> bytes:  # fmt: skip
    """A letter in the inbox."""
    usual = (
        f"from mail.friend.example (mail.friend.example [198.51.100.80])\n\tby {MX} (Postfix) with ESMTPS id 5C{number:04X}\n"
        f"\tfor <{OWNER}>; {stamp(when)}"
    )
    head = [f"Return-Path: <{sender}>", f"Delivered-To: {OWNER}", *(f"Received: {r}" for r in received or [usual])]
    head += [f"From: <{sender}>", f"To: <{OWNER}>", f"Subject: Friday {number}", f"Message-ID: <{number}.x@friend.example>"]
    return "\n".join([*head, f"Date: {stamp(when)}", *extra, "", body]).encode()


def sent(number: int = 1, to: str = "yuki@friend.example", when: float = NOON - HOUR, extra: Sequence[str] = ()) -> bytes:
    """A letter in the folder of sent mail."""
    head = [f"From: <{OWNER}>", f"To: <{to}>", f"Subject: Menu {number}", f"Message-ID: <{number}.sent@kitchen.example>"]
    head += [f"Date: {stamp(when + number * 60)}", "User-Agent: Mozilla Thunderbird", *extra]
    return "\n".join([*head, "", "Dear Yuki,\n"]).encode()


# --- the mailbox ------------------------------------------------------------------------------------------------------


@dataclass
class Mailbox:
    """What a user hands over. Ordinary letters teach the owner and the servers, so there are always some."""

    letters: list[bytes] = field(default_factory=lambda: [ordinary(n) for n in range(3)])
    sent: list[bytes] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    me: Sequence[str] = (OWNER,)
    copied: float | None = None  # the day that the mailbox notes beside every sent letter

    def add(self, *letters: bytes) -> Mailbox:
        self.letters += letters
        return self

    def wrote(self, *letters: bytes) -> Mailbox:
        self.sent += letters
        return self

    def know(self, *facts: Fact) -> Mailbox:
        self.facts += facts
        return self

    def ledger(self) -> Ledger:
        read = [one(raw, Place("inbox", n * 10_000, len(raw))) for n, raw in enumerate(self.letters)]
        read += [one(raw, Place("Sent", n * 10_000, len(raw)), True, self.copied) for n, raw in enumerate(self.sent)]
        ledger = learn(read, Ledger())
        for fact in self.facts:
            ledger.learn(fact)
        return ledger

    def examined(self, lookup: Lookup | None = None) -> list[Examined]:
        ledger = self.ledger()
        groups, behind = clusters(ledger.cells), background(ledger)
        owner, zone = acquainted(behind, groups, self.me, lookup=lookup)
        return examine(groups, owner, behind, zone, lookup)

    def campaigns(self, lookup: Lookup | None = None) -> list[Campaign]:
        return [settle(e.campaign) for e in self.examined(lookup)]

    def signs(self, lookup: Lookup | None = None) -> dict[str, Sign]:
        """The signs of the largest campaign."""
        return {s.id: s for s in self.examined(lookup)[0].campaign.signs}

    def causes(self, lookup: Lookup | None = None) -> list[str]:
        return [c.cause for c in self.campaigns(lookup)]


def many(letters: Iterable[bytes]) -> Mailbox:
    """A mailbox with these letters and the usual ones."""
    return Mailbox().add(*letters)


def hijacked(count: int = 8, ips: Sequence[str] = BOTS, account: str = OWNER, begin: float = NOON) -> list[bytes]:
    """Bounces of letters that strangers sent with the owner's password."""
    return [
        own_bounce(
            original(
                [auth_line(ips[n % len(ips)], account, number=f"4D2A91{n:04X}", when=begin + n * 60)],
                number=n,
                when=begin + n * 60,
                subject=f"Offer {n}",
                to=f"u{n}@shop.example",
            ),
            when=begin + n * 60 + 5,
            recipient=f"u{n}@shop.example",
        )
        for n in range(count)
    ]


def forged(count: int = 8, below: Sequence[str] = (), begin: float = NOON, **more: Sequence[str]) -> list[bytes]:
    """Backscatter: strangers' servers return what bots handed to them under the owner's name."""
    return [
        foreign_bounce(
            original(
                [client_line(BOTS[n % 4], f"mx{n % 3}.shop{n % 3}.example", when=begin + n * 60), *below],
                number=n,
                when=begin + n * 60,
                subject=f"Offer {n}",
                to=f"u{n}@shop.example",
                **more,  # type: ignore[arg-type]
            ),
            writer=f"mx{n % 3}.shop{n % 3}.example",
            ip=f"198.51.100.{20 + n % 3}",
            when=begin + n * 60 + 5,
            recipient=f"u{n}@shop.example",
        )
        for n in range(count)
    ]


def by_program(count: int = 8, uid: str = "1017", by: str = WEB, extra: Sequence[str] = (), begin: float = NOON) -> list[bytes]:
    """Bounces of letters that a program on the web server handed in."""
    return [
        own_bounce(
            original(
                [client_line(WEB_IP, RELAY, by, by, when=begin + n * 60), local_line(uid, by, begin + n * 60)],
                number=n,
                when=begin + n * 60,
                subject=f"Offer {n}",
                to=f"u{n}@shop.example",
                extra=extra,
            ),
            when=begin + n * 60 + 5,
            recipient=f"u{n}@shop.example",
        )
        for n in range(count)
    ]
