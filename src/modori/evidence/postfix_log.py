"""Postfix's syslog lines (its Architecture Overview and each daemon's log calls), joined by queue id.

    smtpd    677D91BCAD: client=host[ip], sasl_method=PLAIN, sasl_username=u
    pickup   677D91BCAD: uid=1000 from=<user>
    cleanup  677D91BCAD: message-id=<...>
    qmgr     677D91BCAD: from=<...>, size=1, nrcpt=1 (queue active)
    smtp     677D91BCAD: to=<...>, orig_to=<...>, relay=host[ip]:25, ..., dsn=2.0.0, status=sent (...)
    bounce   677D91BCAD: sender non-delivery notification: 3A68D1BFA8
    qmgr     677D91BCAD: removed

Handlers are plain slices and finds on bytes: this is the hottest loop of all evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from modori.evidence.joining import OPEN_LIMIT, Mail, OpenMails, text
from modori.evidence.syslog import At
from modori.types import Fact, Login, Place

_REFUSED = re.compile(
    rb"warning: [^ \[]{0,255}\[([0-9A-Fa-f.:]{2,45})\]: SASL [\w-]{1,20} authentication failed"
    rb"(?:.{0,300}sasl_username=([^, ]{1,320}))?"
)
_QUEUE_ID = re.compile(rb"(?!NOQUEUE|warning|statistics|fatal|error|panic)[0-9A-Za-z]{5,24}\Z")
_SUBJECT = re.compile(rb"(?:info|warning): header Subject: (.{0,998}?)(?: from [^ ]{1,300}; |$)")
_HOMES = frozenset({b"lmtp", b"local", b"virtual", b"pipe"})
_LOOPBACK = (b"127.0.0.1[", b"localhost[", b"::1[", b"local,")
_NEW_ID = re.compile(rb" as ([0-9A-Za-z]{6,24})\)?$")

_Key: TypeAlias = tuple[bytes, bytes]


class PostfixLog:
    """Joins the lines of all Postfix instances in one log."""

    programs = ("postfix",)

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: OpenMails[_Key] = OpenMails()
        self._table = self._open.table

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """The facts that one line completes."""
        end = message.find(b": ")
        handler = _HANDLERS.get(message[end + 2 : end + 6])
        if handler is None:
            return self._ended(when, host, message, at)
        key = host, message[:end]
        mail = self._table.get(key)
        if mail is None:
            if not _QUEUE_ID.match(key[1]):
                return self._refused(when, host, message, at)
            mail = self._table[key] = Mail(when, host, key[1], at)
        handler(self, mail, tag, message[end + 2 :])
        return () if len(self._table) <= OPEN_LIMIT else self._facts(self._open.overflow())

    def rest(self) -> list[Fact]:
        """Messages that were still in the queue when the log ended."""
        return self._facts(self._open.rest())

    def _facts(self, mails: list[Mail]) -> list[Fact]:
        return [fact for mail in mails for fact in mail.facts(self._source)]

    def _ended(self, when: float, host: bytes, message: bytes, at: At) -> Sequence[Fact]:
        if not message.endswith(b": removed"):
            return self._refused(when, host, message, at)
        mail = self._table.pop((host, message[:-9]), None)
        return () if mail is None else mail.facts(self._source)

    def _refused(self, when: float, host: bytes, message: bytes, at: At) -> Sequence[Fact]:
        found = _REFUSED.match(message) if message.startswith(b"warning: ") else None
        if found is None:
            return ()
        ip, account = found.groups(b"")
        return [Login(Place(self._source, *at), when, text(host), text(account), text(ip), "submission", ok=False)]

    def _client(self, mail: Mail, tag: bytes, rest: bytes) -> None:
        """client=host[ip], sasl_method=PLAIN, sasl_username=u | client=..., orig_queue_id=Q, orig_client=host[ip]"""
        client, _, more = rest[7:].partition(b", ")
        name, _, ip = client.partition(b"[")
        mail.client_host = b"" if name == b"unknown" else name
        mail.client_ip = ip.partition(b"]")[0]
        account = more.partition(b"sasl_username=")[2].partition(b", ")[0]
        mail.method = "auth" if account else "smtp"
        mail.account = account
        if more.startswith(b"orig_queue_id="):
            self._adopt(mail, self._open.table.get((mail.host, more[14:].partition(b",")[0])))

    def _uid(self, mail: Mail, tag: bytes, rest: bytes) -> None:
        """uid=1000 from=<user>"""
        mail.method = "local"
        mail.uid = rest[4:].partition(b" ")[0]

    def _message_id(self, mail: Mail, tag: bytes, rest: bytes) -> None:
        """message-id=<...>"""
        mail.message_id = rest[11:1011].strip(b"<>")

    def _from(self, mail: Mail, tag: bytes, rest: bytes) -> None:
        """from=<...>, size=1, nrcpt=1 (queue active) | from=<...>, status=expired, returned to sender"""
        end = rest.find(b">, ")
        mail.sender = rest[6:end][:320]
        at = rest.find(b" nrcpt=", end)
        if at >= 0:
            count = rest[at + 7 : at + 14].partition(b" ")[0]
            mail.nrcpt = int(count) if count.isdigit() else mail.nrcpt
        elif rest.find(b"expired", end) >= 0:
            mail.expire()

    def _to(self, mail: Mail, tag: bytes, rest: bytes) -> None:
        """to=<...>, orig_to=<...>, relay=host[ip]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (...)"""
        end = relay = rest.find(b">, ")
        status = rest.find(b", status=", end)
        if end < 0 or status < 0:
            return
        alias = b""
        if rest.startswith(b"orig_to=<", end + 3):
            relay = rest.find(b">, ", end + 12)
            alias = rest[end + 12 : relay]
        if rest.startswith(_LOOPBACK, relay + 9) and self._passed_on(mail, rest):
            return
        outcome = rest[status + 9 : rest.find(b" ", status + 9)]
        mail.settle(rest[4:end], outcome, tag[tag.rfind(b"/") + 1 : tag.find(b"[")] in _HOMES, alias)

    def _passed_on(self, mail: Mail, rest: bytes) -> bool:
        """A content filter, or local(8) following a .forward: the message lives on under another id."""
        found = _NEW_ID.search(rest[-64:])
        child = self._open.table.get((mail.host, found[1])) if found else None
        if child is None:
            return False
        self._adopt(child, mail)
        return True

    @staticmethod
    def _adopt(child: Mail, parent: Mail | None) -> None:
        if parent is not None:
            child.inherit(parent)
            parent.passed_on = True

    def _header(self, mail: Mail, tag: bytes, rest: bytes) -> None:
        """info: header Subject: ... from host[ip]; from=<...> to=<...> (a header_checks rule that logs)"""
        found = _SUBJECT.match(rest)
        if found:
            mail.subject = found[1]


_HANDLERS: dict[bytes, Callable[[PostfixLog, Mail, bytes, bytes], None]] = {
    b"clie": PostfixLog._client,
    b"uid=": PostfixLog._uid,
    b"mess": PostfixLog._message_id,
    b"from": PostfixLog._from,
    b"to=<": PostfixLog._to,
    b"info": PostfixLog._header,
    b"warn": PostfixLog._header,
}
