"""Exim's main log (Exim specification chapter 53), also as cPanel's servers write it (source id "exim_log").

    2026-02-19 09:50:50 1vqAbc-0004lZ-Xh <= sender H=host (helo) [ip]:port P=esmtpsa A=driver:user id=.. T=".." for a b
    2026-02-19 09:50:50 1vqAbc-0004lZ-Xh => address <parent> R=router T=transport H=host [ip]
    2026-02-19 09:50:50 1vqAbc-0004lZ-Xh Completed
    2026-02-19 09:50:50 cwd=/home/user/public_html 3 args: /usr/sbin/sendmail -t -i
    2026-02-19 09:50:50 dovecot_login authenticator failed for (helo) [ip]: 535 ... (set_id=user)

The client writes its HELO and the subject: fields are looked for only where it cannot reach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from modori.evidence.clock import Clock, calibrate
from modori.evidence.joining import Mail, Method, OpenMails, text
from modori.evidence.limits import Limits
from modori.evidence.lines import blocks
from modori.evidence.syslog import At
from modori.types import Fact, Login, Paper, Place, Problem

_ID = re.compile(rb"[0-9A-Za-z]{6}-[0-9A-Za-z]{6}(?:[0-9A-Za-z]{5})?-[0-9A-Za-z]{2}(?:[0-9A-Za-z]{2})?\Z")
_PEER = re.compile(rb" H=(?:([^ ()]{1,255}) )?(?:\([^ ]{0,512}\) )?\[([0-9A-Fa-f.:]{2,45})\](?::\d{1,5})?")
_FAILED = re.compile(
    rb"\w{1,40} authenticator failed for .{0,600}?\[([0-9A-Fa-f.:]{2,45})\](?::\d{1,5})?:? .{0,300}?"
    rb"\(set_id=([^)]{1,320})\)"
)
_LINE = re.compile(
    rb"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})?(?: \[\d{1,9}\])? "
    rb"(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} (?:<=|=>|->|\*\*|==|Completed)|cwd=/|exim \d|"
    rb"(?:Start|End) queue run|no host name found for IP)"
)
_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")
_ARROWS = frozenset({b"=>", b"->", b">>", b"*>", b"**", b"=="})
_STATUS = {b"**": b"bounced", b"==": b"deferred"}
_LOCAL = frozenset({b"local", b"local-smtp", b"local-esmtp"})
_CR = 13
_ODD = (b"+", b"-", b"[", b"")  # a zone or a process id comes before the message
_CWD_REACH = 2.0  # seconds between a "cwd=" line and the message that process hands in


def recognises(peek: bytes) -> bool:
    """Some line has Exim's date and then an Exim id or one of its own phrases."""
    return bool(_LINE.search(peek))


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """Submissions, deliveries, logins and limit notices of one main log."""
    clock = calibrate(paper)
    log = EximLog(paper.place.source)
    number = unread = 0
    second, when = b"", 0.0  # a busy server's lines share their second
    with paper.open() as stream:
        for offset, found in blocks(stream):
            for line in found:
                number += 1
                size = len(line)
                if line[:20] == second and line[20:21] not in _ODD and line[-1] != _CR:
                    done = log.read(when, b"", b"", line[20:], (offset, size, number))
                elif (stamped := stamp(line, clock)) is not None:
                    when, message = stamped
                    second = line[:20] if line[19:20] == b" " else b""
                    done = log.read(when, b"", b"", message, (offset, size, number))
                else:
                    done = ()
                    unread += bool(line.strip())
                if done:
                    yield from done
                offset += size + 1
    yield from log.rest()
    if unread:
        note(Problem("log-lines-unread", Place(paper.place.source), {"lines": unread, "of": number}))


def stamp(line: bytes, clock: Clock) -> tuple[float, bytes] | None:
    """(when, the rest) of a line that begins with Exim's date; a zone and a process id after it are optional."""
    if line[10:11] != b" ":
        return None
    reach = 19
    if line[19:20] == b".":  # log_selector +millisec
        reach = line.find(b" ", 19, 30)
    if line[reach + 1 : reach + 2] in (b"+", b"-") and line[reach + 6 : reach + 7] == b" ":
        reach += 6
    when = clock.full(line[:reach])
    if when is None:
        return None
    rest = line[reach + 1 :]
    if rest[-1:] == b"\r":
        rest = rest[:-1]
    if rest[:1] == b"[" and rest[1:2].isdigit():  # log_selector +pid
        rest = rest.partition(b"] ")[2]
    return when, rest


class EximLog:
    """Joins the lines of one Exim."""

    programs = ("exim",)

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: OpenMails[bytes] = OpenMails()
        self._limits = Limits()
        self._cwd: tuple[float, bytes] = (0.0, b"")  # when, folder

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """The facts that one line completes."""
        end = message.find(b" ")
        arrow = message[end + 1 : end + 3]
        if arrow in _ARROWS:
            queue_id = message[:end]
            mail = self._open.table.get(queue_id) or self._begin(when, host, queue_id, at)
            if mail is not None:
                self._outcome(mail, arrow, message[end + 4 :])
                if arrow == b"**":
                    self._limits.read(message, when, host, Place(self._source, *at))
            return ()
        if arrow == b"<=":
            mail = self._begin(when, host, message[:end], at)
            if mail is not None:
                self._arrival(mail, message[end + 4 :])
            return self._spill()
        if message.startswith(b"Completed", end + 1):
            mail = self._open.table.pop(message[:end], None)
            return () if mail is None else mail.facts(self._source)
        return self._other(when, host, message, at)

    def rest(self) -> list[Fact]:
        """Messages that were still on the spool when the log ended."""
        return [fact for mail in self._open.rest() for fact in mail.facts(self._source)] + self._limits.facts()

    def _spill(self) -> list[Fact]:
        if len(self._open.table) <= self._open.limit:
            return []
        return [fact for mail in self._open.overflow() for fact in mail.facts(self._source)]

    def _begin(self, when: float, host: bytes, queue_id: bytes, at: At) -> Mail | None:
        if not _ID.match(queue_id):
            return None
        mail = self._open.table[queue_id] = Mail(when, host, queue_id, at)
        return mail

    def _arrival(self, mail: Mail, rest: bytes) -> None:
        """sender H=... U=... P=... A=... S=... id=... T="..." from <...> for a b"""
        sender, _, fields = rest.partition(b" ")
        mail.sender = b"" if sender == b"<>" else sender[:320]
        fields = b" " + fields
        peer = _PEER.match(fields)
        origin, _, rest = fields[peer.end() if peer else 0 :].partition(b" S=")
        account = origin[origin.rfind(b" A=") + 3 :].partition(b" ")[0] if b" A=" in origin else b""
        mail.account = account.partition(b":")[2].partition(b",")[0]
        if peer:
            mail.client_host, mail.client_ip = peer[1] or b"", peer[2]
        else:
            mail.uid = _word(origin, b" U=")
        mail.method = _method(origin, bool(peer), bool(mail.account))
        rest, _, subject = (rest or origin).partition(b' T="')
        mail.message_id = _word(rest, b" id=")[:1000]
        self._tail(mail, subject or rest, bool(subject))
        self._locate(mail)

    @staticmethod
    def _tail(mail: Mail, tail: bytes, quoted: bool) -> None:
        """The subject, whose quotes Exim escapes, and the recipients after the last " for "."""
        if quoted:
            end = tail.rfind(b'"')
            mail.subject = _unescaped(tail[:end] if end >= 0 else tail)[:1000]
            tail = tail[end + 1 :]
        mail.nrcpt = len(tail.rpartition(b" for ")[2].split()) if b" for " in tail else 0

    def _locate(self, mail: Mail) -> None:
        """A "cwd=" line just before names the folder of the program that handed the message in."""
        when, folder = self._cwd
        if mail.method == "local" and folder and 0 <= mail.when - when <= _CWD_REACH:
            mail.script = folder
            self._cwd = (0.0, b"")

    @staticmethod
    def _outcome(mail: Mail, arrow: bytes, rest: bytes) -> None:
        """address <parent> R=... T=... H=host [ip]...: text (a local delivery names no H=)"""
        words = rest.split(b" ", 2)
        address = words[0].rstrip(b":")
        parent = words[1][1:-1] if len(words) > 1 and words[1][:1] == b"<" else b""
        status = _STATUS.get(arrow, b"sent")
        if status == b"sent" and b" H=" not in rest:
            mail.settle(parent or address, status, home=True)
        elif b"@" not in address:  # a pipe or a file that stands for its parent
            mail.settle(parent or address, status, home=False)
        else:
            mail.settle(address, status, home=False, alias=parent if mail.method == "smtp" else b"")

    def _other(self, when: float, host: bytes, message: bytes, at: At) -> Sequence[Fact]:
        if message.startswith(b"cwd="):
            folder = message[4:].partition(b" ")[0]
            if b"sendmail" in message and not folder.startswith((b"/var/spool", b"/etc")):
                self._cwd = (when, folder)
            return ()
        if b"authenticator failed" in message and (found := _FAILED.search(message)):
            place = Place(self._source, *at)
            return [Login(place, when, text(host), text(found[2]), text(found[1]), "submission", ok=False)]
        return ()


def _word(fields: bytes, key: bytes) -> bytes:
    at = fields.find(key)
    return fields[at + len(key) :].partition(b" ")[0] if at >= 0 else b""


def _method(origin: bytes, remote: bool, account: bool) -> Method:
    if account:
        return "auth"
    if _word(origin, b" P=") in _LOCAL or (not remote and b" U=" in origin):
        return "unknown" if b" R=" in origin else "local"  # R= is the message this one reports on: a bounce
    return "smtp" if remote else "unknown"


def _unescaped(subject: bytes) -> bytes:
    r"""Exim writes bytes beyond ASCII as \345 and escapes quotes."""
    if b"\\" not in subject:
        return subject
    return _OCTAL.sub(lambda found: bytes([int(found[1], 8)]), subject).replace(b'\\"', b'"').replace(b"\\\\", b"\\")
