"""An ordinary letter in one line: what it teaches about the owner, and what it needs to be rescued by.

Also: does it pose as a bounce? A false bounce has a daemon's name or a bounce's subject, yet nothing that a mail server
would have written: no report, no returned letter, a return path of its own, a link to click.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from modori.attribute.received import hop
from modori.attribute.witness import arrived
from modori.attribute.zone import Arrival, Zone
from modori.knowledge import table
from modori.octets.addresses import address, addresses, domain_of, is_null_path, organisation
from modori.octets.charsets import decode, words
from modori.octets.dates import date, zone_minutes
from modori.octets.headers import every, head_map, unfold
from modori.types import Bounce, Correspondence, Hop, Letter, Owner

_ANGLES = re.compile(rb"<([^<>\s]{1,998})>")
_NAME = re.compile(rb"^\s*(.*?)\s*<", re.S)
_LINK = re.compile(rb"https?://|href=|<form\b", re.I)
_MENTION = re.compile(rb"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_TEXT = 6 * 1024
_LINES = 8
_NAMED = 4  # addresses in a form's notice: the visitor's and the owner's; a list of addresses is none
_RECIPIENTS = 50
_RECIPIENTS_SENT = 1000


@dataclass(frozen=True, slots=True)
class Servers:
    """The servers a letter's topmost lines show: those that stamped it, and (host, address) pairs between them."""

    inbound: tuple[str, ...] = ()
    internal: tuple[tuple[str, str], ...] = ()
    zone: int | None = None  # minutes east of UTC on the first server's clock


def servers(head: bytes) -> tuple[Arrival, Servers]:
    """How the letter came in, judged by its topmost line alone: the first named server is taken as the mailbox's."""
    hops = [hop(line) for line in every(head, b"received")[:4]]
    top = next((h for h in hops if h.by), None)
    if top is None:  # qmail names no host where a program of its own hands in
        return Arrival(tuple(hops) if hops and hops[0].local else (), None), Servers()
    arrival = _zone(top.by).arrival(head)
    names = tuple(dict.fromkeys(h.by for h in arrival.inside if h.by))
    pairs = tuple(
        (h.source_host, h.source_ip)
        for h in arrival.inside
        if h is not arrival.handover and h.verified and h.source_ip and h.source_host
    )
    return arrival, Servers(names[:1], pairs, zone_minutes(top.text.rpartition(b";")[2]))


@lru_cache(maxsize=1024)
def _zone(host: str) -> Zone:
    return Zone(Owner(inbound=(host,)))


def correspondence(letter: Letter) -> tuple[Correspondence, Servers]:
    """Everything the ledger keeps of an ordinary letter; `kind` and `why` are filled in by `rescue`."""
    head = letter.head
    arrival, seen = servers(letter.raw[: min(letter.body_at, 32 * 1024)])
    sender = address(head.get(b"from", b"")).lower()
    subject = words(head.get(b"subject", b""))[:300]
    came = arrival.handover
    sent = letter.sent or (not head.get(b"received") and not head.get(b"return-path") and bool(sender))
    record = Correspondence(
        place=letter.place,
        message_id=message_id(head.get(b"message-id", b"")),
        sender=sender,
        name=_name(head.get(b"from", b"")),
        subject=subject,
        moment=_written(letter) if sent else arrived(letter),
        to=_recipients(head, sent),
        in_reply_to=message_id(head.get(b"in-reply-to") or (b"", *head.get(b"references", b"").split())[-1]),
        sent=sent,
        delivered_to=delivered_to(_own_head(letter, came)) or _envelope_recipient(came),
        received_by=seen.inbound[0] if seen.inbound else "",
        received_from=came.source_host if came else "",
        received_ip=came.source_ip if came else "",
        authentic=authentic(letter, arrival, sender),
        signed=b"dkim-signature" in head,
        mailer=product(head.get(b"x-mailer") or head.get(b"user-agent") or b""),
        zone=zone_minutes(head.get(b"date", b"")),
        mentions=(mentions := _mentions(letter, arrival)),
        head=letter.raw[: min(letter.body_at, 8192)] if mentions else b"",
        poses=poses(letter, subject, arrival) if came is not None or not seen.inbound else (),
        handed_in=came.authenticated or came.local if came is not None else arrival.made_inside,
    )
    return record, seen


def message_id(value: bytes) -> str:
    """The identifier between the angle brackets (RFC 5322 section 3.6.4), or the bare value."""
    found = _ANGLES.search(value)
    raw = found[1] if found else unfold(value)
    return raw.decode("utf-8", "replace").strip()[:998]


def authentic(letter: Letter, arrival: Arrival, sender: str) -> bool | None:
    """What the own server stamped about the sender's domain: True passed, False failed, None nothing said.

    Only stamps that stand above the line of the hand-over are the own server's (RFC 8601 section 5); a stamp lower down
    came with the letter.
    """
    own = {h.by for h in arrival.inside if h.by}
    if not own:
        return None
    mine = {organisation(h) for h in own} - {""}
    home = organisation(domain_of(sender))
    stamp = letter.head.get(b"authentication-results", b"").decode("utf-8", "replace").lower()
    server = stamp.partition(";")[0].strip().split(" ")[0]
    if stamp and (server in own or organisation(server) in mine):
        return _results(stamp, home)
    spf = letter.head.get(b"received-spf", b"").decode("utf-8", "replace").lower()
    if spf and arrival.handover is not None and f"client-ip={arrival.handover.source_ip}" in spf:
        result = spf.split(" ", 1)[0].strip()
        envelope = organisation(domain_of(_after(spf, "envelope-from=")))
        if result in {"fail", "softfail"} and envelope == home:
            return False
        return True if result == "pass" and envelope == home else None
    return None


def _results(stamp: str, home: str) -> bool | None:
    verdict: bool | None = None
    for part in stamp.split(";")[1:]:
        text = part.strip()
        method, _, result = text.split(" ", 1)[0].partition("=")
        if method == "dmarc" and result in {"pass", "fail"}:
            return result == "pass"
        if method == "dkim" and result == "pass":
            signer = _after(text, "header.d=") or _after(text, "header.i=").rpartition("@")[2]
            verdict = True if organisation(signer) == home else verdict
        if method == "spf" and result in {"pass", "fail"}:
            domain = domain_of(_after(text, "smtp.mailfrom=")) or _after(text, "smtp.mailfrom=")
            if organisation(domain) == home:
                verdict = verdict or result == "pass"
    return verdict


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2].split(";")[0].split(" ")[0].strip('<>"();,') if mark in text else ""


def _written(letter: Letter) -> float:
    """When the owner wrote it: what a folder of sent mail keeps beside it may be the day it was copied there."""
    written = date(letter.head.get(b"date", b""))
    return written if written is not None else arrived(letter)


def _recipients(head: Mapping[bytes, bytes], sent: bool) -> tuple[str, ...]:
    """To and Cc; of a letter sent also Bcc, which only the sender's own copy shows."""
    names = (b"to", b"cc", b"bcc") if sent else (b"to", b"cc")
    written = b", ".join(head.get(name, b"") for name in names)
    return tuple(addresses(written, _RECIPIENTS_SENT if sent else _RECIPIENTS))


def _own_head(letter: Letter, came: Hop | None) -> Mapping[bytes, bytes]:
    """The fields above the line of the hand-over: below it the sender may have written a Delivered-To of their own."""
    if came is None:
        return letter.head
    end = letter.raw.find(came.text.partition(b"\n")[0], 0, letter.body_at)
    return head_map(letter.raw[:end]) if end >= 0 else {}


def _envelope_recipient(came: Hop | None) -> str:
    """To whom the own server says it took the letter in; under the server's own domain it is a mailbox's inner name."""
    if came is None or "@" not in came.recipient or organisation(domain_of(came.recipient)) == organisation(came.by):
        return ""
    return came.recipient


def _name(value: bytes) -> str:
    found = _NAME.match(value[:500])
    return words(found[1]).strip('" ')[:100] if found else ""


def product(value: bytes) -> str:
    """A mailer's name without its version, so that an update is no stranger."""
    return re.split(r"[\d/(]", words(value[:200]), maxsplit=1)[0].strip()[:60]


def delivered_to(head: Mapping[bytes, bytes], to: bool = False) -> str:
    """The mailbox that the own server says the letter was for, lower-case; with `to`, else the one in To."""
    for name in (b"delivered-to", b"x-original-to", b"envelope-to", b"x-envelope-to", *((b"to",) if to else ())):
        found = address(head.get(name, b"")).lower()
        if "@" in found:
            return found
    return ""


def _mentions(letter: Letter, arrival: Arrival) -> tuple[str, ...]:
    """Addresses in the text of a letter that a program on the own server made: a form tells who filled it in."""
    if not arrival.made_inside or not any(h.local for h in map(hop, every(letter.raw[:16384], b"received")[:_LINES])):
        return ()
    body = letter.raw[letter.body_at : letter.body_at + _TEXT]
    found = [m.decode("ascii").lower() for m in _MENTION.findall(body)]
    reply_to = address(letter.head.get(b"reply-to", b"")).lower()
    named = set(found) if len(set(found)) <= _NAMED else set()
    return tuple(sorted(named | ({reply_to} if "@" in reply_to else set())))


def poses(letter: Letter, subject: str, arrival: Arrival) -> tuple[str, ...]:
    """Why this letter, which is no bounce, looks as if it wanted to be one; () when it does not.

    It must speak in a daemon's name or under a bounce's subject, and then lack what every server's report has.
    """
    marks = _marks()
    source = letter.head.get(b"from", b"")
    local = address(source).rpartition("@")[0].lower()
    shown, title = words(source[:300]).lower(), subject.lower()
    daemon = local in marks["locals"] or any(name in shown for name in marks["names"])
    titled = any(phrase in title for phrase in marks["subjects"])
    if not (daemon or titled):
        return ()
    body = letter.raw[letter.body_at : letter.body_at + 64 * 1024]
    signs = ["daemon-name"] if daemon else ["bounce-subject"]
    if not is_null_path(letter.head.get(b"return-path", b"")):
        signs.append("return-path")
    if _LINK.search(body) or _LINK.search(_decoded(letter, body)):
        signs.append("link")
    if b"report" not in letter.head.get(b"content-type", b"").lower():
        signs.append("no-report")
    return tuple(signs) if "link" in signs or ("return-path" in signs and daemon) else ()


def poses_as_report(letter: Letter, bounce: Bounce) -> bool:
    """A parsed report that no mail server made: it returns nothing, leads to a link, and wants an answer.

    RFC 5321 section 4.5.5: reports are sent from the null return path; one with an address there was sent by somebody.
    """
    if bounce.original_at is not None or bounce.original_raw or bounce.queue_id:
        return False
    if is_null_path(letter.head.get(b"return-path", b"")):
        return False
    arrival, _ = servers(letter.raw[: min(letter.body_at, 32 * 1024)])
    return "link" in poses(letter, words(letter.head.get(b"subject", b""))[:300], arrival)


def _decoded(letter: Letter, body: bytes) -> bytes:
    if letter.head.get(b"content-transfer-encoding", b"").strip().lower() != b"base64":
        return b""
    from modori.octets.charsets import transfer  # only for the few that pose

    return decode(transfer(body, b"base64")).encode()


@lru_cache(maxsize=1)
def _marks() -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in table("poses").items() if isinstance(value, list)}
