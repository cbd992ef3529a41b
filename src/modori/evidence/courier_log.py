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

from modori.evidence.joining import Mail, OpenMails, text
from modori.evidence.syslog import At
from modori.types import Fact, Login, Place

_LOGIN = re.compile(rb"LOGIN( FAILED)?, .{0,40}?user=([^,]{1,320}), ip=\[(?:::ffff:)?([0-9A-Fa-f.:]{2,45})\]")
_ID = re.compile(rb"(?:^|,)id=([0-9A-Fa-f.]{10,60})")
_AUTH = re.compile(rb",auth=([^,: ]{1,320})")
_PEER = re.compile(rb"\((?:([^\s\[\]()]{1,255}) )?\[(?:::ffff:)?([0-9A-Fa-f.:]{2,45})\]\)")
_LOCAL = re.compile(rb"uid=?\s?(\d{1,9})")
_NAMES = re.compile(rb"from=<([^>]{0,320})>(?:,module=(\w{1,20}))?.{0,300}?addr=<([^>]{0,320})>")
_OUTCOMES = ((b"success", b"sent"), (b"status: failure", b"bounced"), (b"status: deferred", b"deferred"))


class CourierLog:
    """Joins courierd's lines by message id."""

    programs = ("courier", "imapd", "pop3d", "imaplogin", "pop3login")

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: OpenMails[tuple[bytes, bytes]] = OpenMails()

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        """The facts that one line completes."""
        if message.startswith(b"LOGIN"):
            return self._login(when, host, tag, message, at)
        found = _ID.search(message[:200])
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
        """Messages still in the queue."""
        return self._facts(self._open.rest())

    def _facts(self, mails: list[Mail]) -> list[Fact]:
        return [fact for mail in mails for fact in mail.facts(self._source)]

    def _login(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
        found = _LOGIN.match(message)
        if found is None:
            return ()
        failed, account, ip = found.groups()
        service = "pop3" if tag.startswith(b"pop3") else "imap"
        place = Place(self._source, *at)
        return [Login(place, when, text(host), text(account), text(ip), service, ok=not failed)]

    @staticmethod
    def _line(mail: Mail, tag: bytes, message: bytes) -> None:
        if message.startswith(b"newmsg,"):
            _arrival(mail, message)
            return
        found = _NAMES.search(message)
        if found is None:
            return
        sender, _, recipient = found.groups()
        mail.sender = sender
        for words, status in _OUTCOMES:
            if words in message:
                mail.settle(recipient, status, home=tag.startswith(b"courierlocal"))
                return


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
