"""hMailServer's logs (hmailserver.com, "Logging"): tab-separated, quoted, one line a command ("hmailserver_log").

    "SMTPD"  4711  12  "2026-02-19 09:50:50.123"  "192.0.2.7"  "RECEIVED: AUTH LOGIN"
    "IMAPD"  4711  13  "2026-02-19 09:50:50.123"  "192.0.2.7"  "SENT: 1 OK LOGIN completed"

The conversation of one session is followed by its number: who authenticated, which sender, how many recipients, queued.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterator

from modori.evidence.clock import JAPAN, Clock
from modori.evidence.joining import Mail, text
from modori.evidence.lines import lines
from modori.types import Fact, Login, Paper, Place, Problem

_LINE = re.compile(
    rb'"(SMTPD|IMAPD|POP3D)"\t\d{1,12}\t(\d{1,12})\t"([\d :.-]{19,26})"\t"([0-9A-Fa-f.:]{2,45})"\t'
    rb'"(SENT|RECEIVED): ([^\r\n]*?)"?\r?$'
)
_OTHER = re.compile(rb'"(?:TCPIP|APPLICATION|SMTPC|DEBUG|ERROR|POP3C|EVENT)"\t')
_PATH = re.compile(rb"(?i)(?:MAIL FROM|RCPT TO):\s{0,9}<?([^>\s]{0,320})")
_LOGIN = re.compile(rb"(?i)^(?:\S{1,40} LOGIN \\?\"?([^\"\\\s]{1,320})|USER (\S{1,320}))")
_SESSIONS = 10_000
_SERVICES = {b"SMTPD": "submission", b"IMAPD": "imap", b"POP3D": "pop3"}


def recognises(peek: bytes) -> bool:
    """A conversation line near the beginning."""
    return any(_LINE.match(line) for line in peek.split(b"\n")[:30])


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """Submissions and logins of one day's log."""
    clock = Clock(JAPAN, 2000, 1)
    sessions: dict[tuple[bytes, bytes], _Session] = {}
    unread = number = 0
    with paper.open() as stream:
        for offset, number, line in lines(stream):
            found = _LINE.match(line)
            when = clock.full(found[3]) if found else None
            if found is None or when is None:
                unread += bool(line.strip()) and not _OTHER.match(line)
                continue
            service, session, _, ip, direction, said = found.groups()
            if (service, session) not in sessions and len(sessions) >= _SESSIONS:
                sessions.pop(next(iter(sessions)))
            place = Place(paper.place.source, offset, len(line), number)
            talk = sessions.setdefault((service, session), _Session(service, session, ip))
            yield from talk.hear(direction == b"SENT", said, when, place)
    if unread:
        note(Problem("log-lines-unread", Place(paper.place.source), {"lines": unread, "of": number}))


class _Session:
    """What one connection said so far."""

    def __init__(self, service: bytes, number: bytes, ip: bytes) -> None:
        self._service = service
        self._number = number
        self._ip = ip
        self._account = b""
        self._named = b""  # not yet believed
        self._asked = False  # the server asked for the user name
        self._mail: Mail | None = None

    def hear(self, sent: bool, said: bytes, when: float, place: Place) -> Iterator[Fact]:
        """One line of the conversation; `sent` by the server."""
        if self._service != b"SMTPD":
            yield from self._reading(sent, said, when, place)
        elif sent:
            yield from self._answer(said, when, place)
        else:
            self._command(said, when, place)

    def _reading(self, sent: bool, said: bytes, when: float, place: Place) -> Iterator[Fact]:
        asked = _LOGIN.match(said)
        if not sent and asked:
            self._named = asked[1] or asked[2]
        elif sent and self._named and b"OK" in said and b"assword" not in said:
            yield self._login(self._named, when, place, True)
            self._named = b""
        elif sent and self._named and (b"NO" in said or b"-ERR" in said):
            yield self._login(self._named, when, place, False)
            self._named = b""

    def _command(self, said: bytes, when: float, place: Place) -> None:
        verb = said[:9].upper()
        path = _PATH.match(said)
        if self._asked:
            self._named, self._asked = _decoded(said), False
        elif verb == b"AUTH PLAI" and said.count(b" ") > 1:
            self._named = _decoded(said.rpartition(b" ")[2]).split(b"\x00")[-2:][0]
        elif verb == b"MAIL FROM" and path:
            self._mail = Mail(when, b"", self._number, (place.offset, place.length, place.line))
            self._mail.sender = path[1]
            self._mail.client_ip, self._mail.account = self._ip, self._account
            self._mail.method = "auth" if self._account else "smtp"
        elif verb.startswith(b"RCPT TO") and path and self._mail:
            self._mail.nrcpt += 1
            self._mail.name(path[1])

    def _answer(self, said: bytes, when: float, place: Place) -> Iterator[Fact]:
        if said.startswith(b"334 VXNlcm5hbWU"):  # "Username" in base64
            self._asked = True
        elif said.startswith(b"235"):
            self._account = self._named
        elif said.startswith(b"535"):
            yield self._login(self._named, when, place, False)
        elif said.startswith(b"250 Queued") and self._mail:
            yield from self._mail.facts(place.source)
            self._mail = None

    def _login(self, account: bytes, when: float, place: Place, ok: bool) -> Login:
        return Login(place, when, "", text(account), text(self._ip), _SERVICES[self._service], ok)


def _decoded(said: bytes) -> bytes:
    try:
        return b64decode(said[:600], validate=True)
    except (binascii.Error, ValueError):
        return b""
