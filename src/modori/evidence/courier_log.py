"""Courier's lines: logins of courier-imap and the queue of courierd (courier-mta.org, courierd(8)).

imapd: LOGIN, user=u@b, ip=[::ffff:192.0.2.7], port=[4711], protocol=IMAP
imapd: LOGIN FAILED, user=u@b, ip=[::ffff:192.0.2.7]
courierd: newmsg,id=0000000000A1.0000000069965E6A.000012AB,auth=u@b: dns; helo (host [::ffff:192.0.2.7])
courierd: started,id=...,from=<a@b>,module=esmtp,host=d,addr=<c@d>
courieresmtp: id=...,from=<a@b>,addr=<c@d>,size=1,success: delivered: ...
courierd: completed,id=...
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from modori.evidence.joining import Mail, OpenMails
from modori.evidence.logins import Attempt, Logins
from modori.evidence.syslog import At
from modori.types import Fact

_LOGIN = re.compile(rb"(.{4}) LOGIN( FAILED)?, .{0,40}?user=([^,]{1,320}), ip=\[(?:::ffff:)?([0-9A-Fa-f.:]{2,45})")
_ID = re.compile(rb"(?:\w{1,20},)?id=([0-9A-Fa-f.]{10,60})")
_AUTH = re.compile(rb",auth=([^,: ]{1,320})")
_PEER = re.compile(rb"\((?:([^\s\[\]()]{1,255}) )?\[(?:::ffff:)?([0-9A-Fa-f.:]{2,45})\]\)")
_LOCAL = re.compile(rb"uid=?\s?(\d{1,9})")
_OUTCOMES = ((b"success", b"sent"), (b"status: failure", b"bounced"), (b"status: deferred", b"deferred"))


class CourierLog:
    """Joins courierd's lines by message id."""

    programs = ("courier", "imapd", "pop3d", "imaplogin", "pop3login")

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: OpenMails[tuple[bytes, bytes]] = OpenMails()
        self._logins = Logins(source)

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """The facts that one line completes."""
        if message.startswith(b"LOGIN"):
            telling = tag[:4] + b" " + message.partition(b"], ")[0]
            return self._logins.add(when, host, telling, at, _login)
        found = _ID.match(message)
        if found is None:
            return ()
        key = host, found[1]
        if message.startswith(b"completed,"):
            mail = self._open.table.pop(key, None)
            return () if mail is None else mail.facts(self._source)
        mail = self._open.table.get(key)
        if mail is None:
            mail = self._open.table[key] = Mail(when, host, found[1], at)
        self._line(mail, tag, message)
        return [] if len(self._open.table) <= self._open.limit else self._facts(self._open.overflow())

    def rest(self) -> list[Fact]:
        """The logins of the last hour, and messages still in the queue."""
        return self._logins.rest() + self._facts(self._open.rest())

    def _facts(self, mails: list[Mail]) -> list[Fact]:
        return [fact for mail in mails for fact in mail.facts(self._source)]

    @staticmethod
    def _line(mail: Mail, tag: bytes, message: bytes) -> None:
        if message.startswith(b"newmsg,"):
            _arrival(mail, message)
            return
        begin = message.find(b"from=<") + 6
        end = message.find(b">", begin)
        if begin < 6 or end < 0:
            return
        mail.sender = message[begin:end]
        if message.startswith(b"started,"):
            return
        recipient = message[end:].partition(b"addr=<")[2].partition(b">")[0]
        for words, status in _OUTCOMES:
            if words in message:
                mail.settle(recipient, status, home=tag.startswith(b"courierlocal"))
                return


def _login(telling: bytes) -> Attempt | None:
    found = _LOGIN.match(telling)
    if found is None:
        return None
    tag, failed, account, ip = found.groups()
    return Attempt(account, ip, "pop3" if tag == b"pop3" else "imap", ok=not failed)


def _arrival(mail: Mail, message: bytes) -> None:
    head, _, origin = message.partition(b": ")
    account, peer, local = _AUTH.search(head), _PEER.search(origin), _LOCAL.search(origin)
    if peer:
        mail.method = "smtp"
        mail.client_host, mail.client_ip = peer[1] or b"", peer[2]
    elif local:
        mail.method, mail.uid = "local", local[1]
    if account:
        mail.method, mail.account = "auth", account[1]
