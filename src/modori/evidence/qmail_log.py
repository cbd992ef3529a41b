"""qmail-send's lines, through splogger or multilog, and vpopmail's (qmail-log(5); source id "qmail_log").

    1771461050.123456 new msg 12345
    1771461050.123456 info msg 12345: bytes 1000 from <a@b> qp 678 uid 503
    1771461050.123456 starting delivery 9: msg 12345 to remote c@d
    1771461050.123456 delivery 9: success: ...
    1771461050.123456 end msg 12345
    vchkpw-smtp: (PLAIN) login success u@b:192.0.2.7

qmail-smtpd logs no client. A vpopmail login of the envelope sender just before names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from modori.evidence.joining import Mail, OpenMails, text
from modori.evidence.lines import lines
from modori.evidence.syslog import At
from modori.types import Fact, Login, Paper, Place, Problem

_TAI = 2**62 + 10  # TAI64 label of 1970-01-01 (cr.yp.to/libtai/tai64.html), leap seconds of 1972 only
_SEND = re.compile(
    rb"(?m)^(?:@[0-9a-f]{24} |\d{9,10}\.\d{1,9} )(?:new msg|info msg|starting delivery|delivery|end msg|status:)"
)
_VCHKPW = re.compile(
    rb"vchkpw-([\w-]{1,20}): (?:\([\w-]{1,20}\) )?"
    rb"(login success|password fail|vpopmail user not found|.{0,40}?fail\w{0,3})"
    rb"(?: \(pass: .{0,200}?\))? ([^\s:]{1,320}):([0-9A-Fa-f.:]{2,45})$"
)
_SERVICES = {b"smtp": "submission", b"smtps": "submission", b"pop3s": "pop3", b"imaps": "imap"}
_OUTCOMES = {b"success": b"sent", b"failure": b"bounced", b"deferral": b"deferred"}
_REACH = 60.0  # seconds between a login and the message of that session
_MOST_LOGINS = 10_000


def recognises(peek: bytes) -> bool:
    """Lines of multilog or splogger without syslog's frame."""
    return bool(_SEND.search(peek))


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """Submissions and deliveries of a multilog directory's file."""
    log = QmailLog(paper.place.source)
    unread = number = 0
    with paper.open() as stream:
        for offset, number, line in lines(stream):
            when, _ = _own_stamp(line)
            if when is not None:
                yield from log.read(when, b"", b"", line, (offset, len(line), number))
            elif line.strip():
                unread += 1
    yield from log.rest()
    if unread:
        note(Problem("log-lines-unread", Place(paper.place.source), {"lines": unread, "of": number}))


class QmailLog:
    """Joins qmail-send's lines by message number, which is an inode and comes again."""

    programs = ("qmail", "vpopmail")

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: OpenMails[tuple[bytes, bytes]] = OpenMails()
        self._deliveries: dict[tuple[bytes, bytes], tuple[Mail, bytes, bool]] = {}  # number -> mail, recipient, home
        self._logins: dict[str, tuple[float, bytes]] = {}  # account -> when, address

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """The facts that one line completes."""
        if b"vchkpw-" in message:
            return self._login(when, host, message, at)
        stamped, message = _own_stamp(message)
        words = message.split(b" ")
        if len(words) < 3:
            return ()
        return self._send(stamped or when, host, words, at)

    def rest(self) -> list[Fact]:
        """Messages still in the queue."""
        return [fact for mail in self._open.rest() for fact in mail.facts(self._source)]

    def _send(self, when: float, host: bytes, words: list[bytes], at: At) -> Sequence[Fact]:
        verb, noun = words[0], words[1]
        if verb == b"info" and noun == b"msg" and len(words) >= 7:
            self._info(when, host, words, at)
        elif verb == b"starting" and noun == b"delivery" and len(words) >= 8:
            mail = self._open.table.get((host, words[4]))
            if mail is not None and len(self._deliveries) < self._open.limit:
                self._deliveries[host, words[2].rstrip(b":")] = (mail, words[7], words[6] == b"local")
        elif verb == b"delivery":
            started = self._deliveries.pop((host, noun.rstrip(b":")), None)
            if started:
                mail, recipient, home = started
                mail.settle(recipient, _OUTCOMES.get(words[2].rstrip(b":"), b""), home)
        elif verb == b"end" and noun == b"msg":
            mail = self._open.table.pop((host, words[2]), None)
            return () if mail is None else mail.facts(self._source)
        return ()

    def _info(self, when: float, host: bytes, words: list[bytes], at: At) -> None:
        """info msg 12345: bytes 1000 from <a@b> qp 678 uid 503"""
        number = words[2].rstrip(b":")
        mail = self._open.table[host, number] = Mail(when, host, number, at)
        mail.sender = words[6].strip(b"<>")
        mail.uid = words[-1] if words[-2] == b"uid" else b""
        login, ip = self._logins.get(text(mail.sender), (0.0, b""))
        if mail.sender and 0 <= when - login <= _REACH:
            mail.method, mail.account, mail.client_ip = "auth", mail.sender, ip

    def _login(self, when: float, host: bytes, message: bytes, at: At) -> Sequence[Fact]:
        found = _VCHKPW.search(message)
        if found is None:
            return ()
        service, said, account, ip = found.groups()
        ok = said == b"login success"
        named = _SERVICES.get(service, service.decode("latin-1"))
        if ok and named == "submission":
            if len(self._logins) >= _MOST_LOGINS:
                self._logins.clear()
            self._logins[text(account)] = (when, ip)
        return [Login(Place(self._source, *at), when, text(host), text(account), text(ip), named, ok)]


def _own_stamp(line: bytes) -> tuple[float | None, bytes]:
    """The stamp that qmail's own loggers put before the message: TAI64N or seconds."""
    first, _, rest = line.partition(b" ")
    if first[:1] == b"@" and len(first) == 25:
        try:
            return float(int(first[1:17], 16) - _TAI), rest
        except ValueError:
            return None, line
    seconds, point, fraction = first.partition(b".")
    if point and seconds.isdigit() and fraction.isdigit() and len(first) < 24:
        return float(first), rest
    return None, line
