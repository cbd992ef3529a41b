"""sendmail 8's syslog lines (Sendmail Installation and Operation Guide, section 2.1.1), joined by queue id.

    AUTH=server, relay=host [ip], authid=u, mech=PLAIN, bits=0          names the account; no queue id, same process
    x1J0oo1a012345: from=<a@b>, size=1, class=0, nrcpts=1, msgid=<...>, proto=ESMTPSA, daemon=MSA, relay=host [ip]
    x1J0oo1a012345: to=<c@d>,<e@f>, ctladdr=<a@b> (1000/1000), mailer=esmtp, ..., dsn=2.0.0, stat=Sent (...)

There is no line for the end: a message is done when all its recipients are settled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from modori.evidence.joining import Mail, OpenMails, text
from modori.evidence.syslog import At
from modori.types import Fact, Login, Place

_PEER = re.compile(rb"relay=(?:([^\s,\[]{1,255}) )?\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\]")
_AUTHID = re.compile(rb"authid=([^, ]{1,320})")
_CONTROL = re.compile(rb"ctladdr=<?([^,<> ]{1,320})>?(?: \((\d{1,9})/\d{1,9}\))?")
_NEW_ID = re.compile(rb"stat=Sent \(([0-9A-Za-z]{8,20}) Message accepted")
_HOMES = (b"local", b"prog", b"*file*", b"procmail", b"cyrus", b"dovecot", b"lmtp", b"virtual")
_SESSIONS = 10_000


class SendmailLog:
    """Joins the lines of sendmail's daemon and of its submission program."""

    programs = ("sendmail", "sm-mta", "sm-msp", "sm-que")

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: OpenMails[tuple[bytes, bytes]] = OpenMails()
        self._authenticated: dict[tuple[bytes, bytes], bytes] = {}  # (host, process) -> account

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """The facts that one line completes."""
        queue_id, colon, rest = message.partition(b": ")
        start = rest[:3]
        if colon and (start == b"to=" or rest[:5] == b"from="):
            key = host, queue_id
            mail = self._open.table.get(key)
            if mail is None:
                mail = self._open.table[key] = Mail(when, host, queue_id, at)
            if start != b"to=":
                self._from(mail, tag, rest)
            else:
                self._to(mail, rest)
            return self._done(key, mail)
        return self._auth(when, host, tag, message, at) if b"AUTH" in message else ()

    def rest(self) -> list[Fact]:
        """Messages with recipients that were never settled."""
        return self._facts(self._open.rest())

    def _facts(self, mails: list[Mail]) -> list[Fact]:
        return [fact for mail in mails for fact in mail.facts(self._source)]

    def _done(self, key: tuple[bytes, bytes], mail: Mail) -> list[Fact]:
        if mail.nrcpt and (mail.passed_on or mail.sent + mail.bounced >= mail.nrcpt):
            del self._open.table[key]
            return mail.facts(self._source)
        return [] if len(self._open.table) <= self._open.limit else self._facts(self._open.overflow())

    def _auth(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """AUTH=server, relay=..., authid=... | AUTH failure (LOGIN): ..., relay=..."""
        account = _AUTHID.match(message, message.find(b"authid="))
        if account and b"AUTH=server" in message:
            if len(self._authenticated) >= _SESSIONS:
                self._authenticated.clear()
            self._authenticated[host, tag] = account[1]
        elif b"AUTH failure" in message and (peer := _PEER.search(message)):
            name = account[1] if account else b""
            place = Place(self._source, *at)
            return [Login(place, when, text(host), text(name), text(peer[2]), "submission", ok=False)]
        return ()

    def _from(self, mail: Mail, tag: bytes, rest: bytes) -> None:
        mail.sender = rest[5 : rest.find(b", size=")].strip(b"<>")
        mail.message_id = _between(rest, b", msgid=").strip(b"<>")
        count = _between(rest, b", nrcpts=")
        mail.nrcpt = int(count) if count.isdigit() and len(count) < 8 else 0
        peer = _PEER.match(rest, rest.rfind(b"relay="))
        if peer is None:
            mail.method = "local"
            mail.uid = rest.rpartition(b"relay=")[2].partition(b"@")[0]
            return
        mail.client_host, mail.client_ip = peer[1] or b"", peer[2]
        account = self._authenticated.get((mail.host, tag), b"")
        authenticated = _between(rest, b", proto=").rstrip(b"S").endswith(b"A") or b", auth=" in rest
        mail.method = "auth" if account or authenticated else "smtp"
        mail.account = account

    def _to(self, mail: Mail, rest: bytes) -> None:
        names, _, more = rest[3:].partition(b", ")
        control = _CONTROL.match(more) if mail.method != "auth" else None
        if control and control[2] and mail.method == "local":
            mail.uid = control[2]
        if b"127.0.0.1]" in more and self._passed_on(mail, more):
            return
        home = more.startswith(_HOMES, more.find(b"mailer=") + 7)
        alias = control[1] if control and b"@" in control[1] and mail.method == "smtp" else b""
        status = _status(more)
        for name in names.split(b",", 1000)[:1000]:
            mail.settle(name.strip(b" <>"), status, home, alias)

    def _passed_on(self, mail: Mail, more: bytes) -> bool:
        """The submission program gave the message to the daemon, under another id."""
        found = _NEW_ID.search(more)
        child = self._open.table.get((mail.host, found[1])) if found else None
        if child is None:
            return False
        child.inherit(mail)
        mail.passed_on = True
        return True


def _between(line: bytes, key: bytes) -> bytes:
    at = line.find(key)
    if at < 0:
        return b""
    at += len(key)
    end = line.find(b", ", at)
    return line[at:end] if end >= 0 else line[at:]


def _status(more: bytes) -> bytes:
    """sent, deferred or bounced, from dsn= and stat= (the stat text alone for old versions)."""
    stat = more.rpartition(b"stat=")[2]
    if stat.startswith((b"Sent", b"queued")):
        return b"sent" if stat.startswith(b"Sent") else b"deferred"
    if stat.startswith(b"Cannot send message"):
        return b"bounced"
    at = more.find(b"dsn=")
    return b"deferred" if stat.startswith(b"Deferred") or (at >= 0 and more[at + 4 : at + 5] == b"4") else b"bounced"
