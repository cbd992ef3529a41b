"""One message's log lines joined by its queue id: a mutable Mail while it is open, Facts when it is done.

Open mails are bounded: a log of a million ids that never end keeps the newest OPEN_LIMIT and lets the oldest go as
they are.
"""

from __future__ import annotations

from itertools import islice
from typing import Generic, Literal, TypeVar

from modori.types import Delivery, Fact, Place, Submission

OPEN_LIMIT = 50_000
KEPT_RECIPIENTS = 50
_MOST_TEXTS = 16_384
_LONGEST = 320
_NAMES_ROOM = 4096  # bytes of recipients' names that an open mail may hold
_FAILED = (b"bounced", b"expired")  # the rest (deliverable, undeliverable) are probes, not mail

Key = TypeVar("Key")
Method = Literal["auth", "local", "smtp", "unknown"]


class Mail:
    """What the log has said so far of one message at one server."""

    __slots__ = (
        "account", "at", "bounced", "client_host", "client_ip", "forwards", "homes", "host", "message_id", "method",
        "nrcpt", "passed_on", "queue_id", "recipients", "room", "script", "sender", "sent", "subject", "uid", "waiting",
        "when",
    )  # fmt: skip

    def __init__(self, when: float, host: bytes, queue_id: bytes, at: tuple[int, int, int]) -> None:
        self.when = when
        self.host = host
        self.queue_id = queue_id
        self.at = at
        self.method: Method = "unknown"
        self.account = self.client_ip = self.client_host = self.uid = b""
        self.sender: bytes | None = None  # b"" is the null sender
        self.message_id = self.subject = self.script = b""
        self.recipients: list[bytes] | None = None  # went or should go out
        self.homes: list[bytes] | None = None  # delivered into mailboxes of this server
        self.forwards: list[tuple[bytes, bytes]] | None = None  # (mailbox, where it was sent on to)
        self.waiting: set[bytes] | None = None  # deferred and not yet settled
        self.nrcpt = self.sent = self.bounced = 0
        self.room = _NAMES_ROOM
        self.passed_on = False  # to a filter or an alias, which gave it a new id

    def settle(self, recipient: bytes, status: bytes, home: bool, alias: bytes = b"") -> None:
        """Book the outcome of one attempt: `status` sent, bounced or deferred; `alias` the address it stood for."""
        if status == b"sent":
            self.sent += 1
        elif status == b"deferred":
            self._defer(recipient)
        elif status in _FAILED:
            self.bounced += 1
        else:
            return
        if self.waiting and status != b"deferred":
            self.waiting.discard(recipient[:_LONGEST])
        if home:
            self.homes = self._with(self.homes, recipient)
        elif not alias or alias == recipient:
            self.recipients = self._with(self.recipients, recipient)
        elif self.forwards is None:
            self.forwards = [(alias, recipient)]
        elif len(self.forwards) < KEPT_RECIPIENTS and (alias, recipient) not in self.forwards:
            self.forwards.append((alias, recipient))

    def name(self, recipient: bytes) -> None:
        """Somebody this message should go to; what becomes of it is not known yet."""
        self.recipients = self._with(self.recipients, recipient)

    def _with(self, names: list[bytes] | None, name: bytes) -> list[bytes]:
        """`names` and this one too, if it is new and there is room; a list is made when there is something to keep."""
        self.room -= len(name)
        if names is None:
            return [name[:_LONGEST]]
        if self.room > 0 and len(names) < KEPT_RECIPIENTS and name not in names:
            names.append(name)
        return names

    def _defer(self, recipient: bytes) -> None:
        if self.waiting is None:
            self.waiting = set()
        if len(self.waiting) < 10 * KEPT_RECIPIENTS and self.room > -4 * _NAMES_ROOM:
            self.waiting.add(recipient[:_LONGEST])

    def expire(self) -> None:
        """The queue gave up on whoever was still waiting."""
        self.bounced += len(self.waiting or ())
        self.waiting = None

    def inherit(self, parent: Mail) -> None:
        """The same message came back through a filter or an alias: it keeps the origin it had before."""
        self.when, self.at = parent.when, parent.at
        if parent.method != "unknown":
            self.method = parent.method
            self.account, self.uid, self.script = parent.account, parent.uid, parent.script
            self.client_ip, self.client_host = parent.client_ip, parent.client_host
        self.subject = self.subject or parent.subject

    def facts(self, source: str) -> list[Fact]:
        """What this message proves: somebody handed it in, or it came in for somebody here."""
        if self.passed_on and not (self.sent or self.bounced or self.waiting):
            return []
        place = Place(source, self.at[0], self.at[1], self.at[2])
        if self.method in ("auth", "local"):
            return [self._submission(place)]
        found: list[Fact] = [self._delivery(place, box, b"") for box in self.homes or ()]
        found += [self._delivery(place, box, onward) for box, onward in self.forwards or ()]
        if self.recipients and (self.method == "smtp" or self.sender):  # not its own notifications
            found.append(self._submission(place))
        return found

    def _submission(self, place: Place) -> Submission:
        names = self.recipients or []
        if self.homes or self.forwards:
            onward = [address for _, address in self.forwards or ()]
            names = (names + onward + (self.homes or []))[:KEPT_RECIPIENTS]
        return Submission(  # by position: keywords cost a microsecond here
            place,
            self.when,
            text(self.host),
            self.queue_id.decode("latin-1"),
            self.method,
            text(self.account),
            text(self.client_ip),
            text(self.client_host),
            text(self.sender or b""),
            plain(self.message_id),
            tuple(map(text, names)),
            max(self.nrcpt, len(names)),
            self.sent,
            len(self.waiting) if self.waiting else 0,
            self.bounced,
            text(self.uid),
            plain(self.script),
            plain(self.subject),
        )

    def _delivery(self, place: Place, box: bytes, onward: bytes) -> Delivery:
        return Delivery(
            place,
            self.when,
            text(self.host),
            self.queue_id.decode("latin-1"),
            text(self.sender or b""),
            text(box),
            text(self.client_ip),
            text(self.client_host),
            plain(self.message_id),
            text(onward),
        )


class OpenMails(Generic[Key]):
    """Mails whose end was not seen yet, oldest first; `overflow` hands out those there is no room for."""

    def __init__(self, limit: int = OPEN_LIMIT) -> None:
        self.table: dict[Key, Mail] = {}
        self.limit = limit

    def overflow(self) -> list[Mail]:
        """Takes out the oldest tenth (in one go: popping one by one from a dict's front is slow)."""
        keys = list(islice(self.table, max(1, self.limit // 10)))
        return [self.table.pop(key) for key in keys]

    def rest(self) -> list[Mail]:
        """Everything still open, at the end of the log."""
        mails = list(self.table.values())
        self.table.clear()
        return mails


class _Texts(dict[bytes, str]):
    """Bytes to lower-case text, bounded: a log names the same accounts, hosts and addresses again and again."""

    def __missing__(self, raw: bytes) -> str:
        found = raw[:_LONGEST].decode("utf-8", "replace").lower()
        if len(self) >= _MOST_TEXTS:
            self.clear()
        if len(raw) <= _LONGEST:
            self[raw] = found
        return found


_TEXTS = _Texts()
text = _TEXTS.__getitem__  # an address, host or account as the nouns hold it


def plain(raw: bytes) -> str:
    """Text in its own case, bounded."""
    return raw[:1000].decode("utf-8", "replace") if raw else ""
