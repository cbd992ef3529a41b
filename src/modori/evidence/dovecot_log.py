"""Dovecot's lines: who logged in from where, who failed, and what Sieve sent on (doc.dovecot.org, Logging).

imap-login: Login: user=<u>, method=PLAIN, rip=192.0.2.7, lip=..., TLS, session=<...>
imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<u>, ..., rip=192.0.2.7, ...
auth-worker(7): sql(u,192.0.2.7): Password mismatch          (no session: SASL on behalf of an SMTP server)
lmtp(u)<7><...>: sieve: msgid=<...>: forwarded to <v>
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from modori.evidence.joining import plain, text
from modori.evidence.logins import Attempt, Logins
from modori.evidence.syslog import At
from modori.types import Delivery, Fact, Place

_LOGIN = re.compile(rb"(imap|pop3|submission|managesieve|sieve)-login: (?:Info: )?(.{0,300}?)user=<([^>]{0,320})>")
_REMOTE = re.compile(rb", rip=([0-9A-Fa-f.:]{2,45})")
_SASL = re.compile(
    rb"auth(?:-worker)?(?:\(\d{1,9}\))?: .{0,60}?[\w-]{1,30}\(([^,()<>]{1,320}),([0-9A-Fa-f.:]{2,45})\):? "
    rb".{0,80}?(?:[Pp]assword mismatch|[Uu]nknown user|[Aa]uthentication failure|Password data is not valid)"
)
_FORWARDED = re.compile(
    rb"(?:lmtp|lda|deliver|dovecot-lda)\((?:\d{1,9}, )?([^()<>]{1,320})\).{0,200}?sieve: "
    rb"msgid=<?([^> ]{0,990})>?: .{0,40}?forwarded to <([^>]{1,320})>"
)


class DovecotLog:
    """Nothing to join: logins are added up, what Sieve sent on stands for itself."""

    programs = ("dovecot",)

    def __init__(self, source: str) -> None:
        self._source = source
        self._logins = Logins(source)

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """The facts that one line completes."""
        if b"-login: " in message:
            end = message.find(b", lip=")
            telling = message[:end] if end >= 0 else message
            return self._logins.add(when, host, telling, at, _login) if b", rip=" in telling else ()
        if b"forwarded to <" in message:
            return self._forward(when, host, message, at)
        return self._logins.add(when, host, message, at, _sasl) if message.startswith(b"auth") else ()

    def rest(self) -> Sequence[Fact]:
        """The logins of the last hour."""
        return self._logins.rest()

    def _forward(self, when: float, host: bytes, message: bytes, at: At) -> Sequence[Fact]:
        found = _FORWARDED.match(message)
        if found is None:
            return ()
        box, msgid, onward = found.groups()
        place = Place(self._source, *at)
        names = {"message_id": plain(msgid), "forwarded_to": text(onward)}
        return [Delivery(place, when, text(host), "", "", text(box), **names)]


def _login(message: bytes) -> Attempt | None:
    found = _LOGIN.match(message)
    remote = _REMOTE.search(message, found.end()) if found else None
    if found is None or remote is None:
        return None
    service, said, account = found.groups()
    ok = said == b"Login: "
    if not ok and b"auth failed" not in said and b"(auth_failed)" not in said:
        return None
    return Attempt(account, remote[1], service.decode(), ok)


def _sasl(message: bytes) -> Attempt | None:
    found = _SASL.match(message)
    return Attempt(found[1], found[2], "submission", ok=False) if found else None
