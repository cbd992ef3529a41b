"""What logs and reports say, added up per hand and per network: bounded, and merged exactly.

A log of gigabytes becomes a table of (sender, account, method, client) rows; when there are too many, the client is
shortened to its network, then the sender to its domain, then to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from modori.ledger.sketch import Lowest
from modori.octets.addresses import network
from modori.octets.digest import hash64
from modori.types import AuthRow, Login, Place, Submission, Visit

ROWS = 8192


@dataclass(slots=True)
class Row:
    """Counts of one key, when, and the first place where it can be looked up."""

    count: int = 0
    recipients: int = 0
    bounced: int = 0
    first: float = float("inf")
    last: float = float("-inf")
    place: Place | None = None
    hours: dict[int, int] = field(default_factory=dict)

    def add(self, other: Row) -> None:
        self.count += other.count
        self.recipients += other.recipients
        self.bounced += other.bounced
        if other.place is not None and (self.place is None or (other.first, other.place) < (self.first, self.place)):
            self.place = other.place
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        for hour, count in other.hours.items():
            self.hours[hour] = self.hours.get(hour, 0) + count


def _shorten(key: tuple[str, ...], level: int) -> tuple[str, ...]:
    *front, client = key
    if level >= 1:
        client = network(client)
    if level >= 2:
        front[0] = front[0].rpartition("@")[2]
    if level >= 3:
        front = ["" if i == 0 else part for i, part in enumerate(front)]
        client = ""
    if level >= 4:
        front = [part if len(part) < 12 else f"\0{hash64(part) % 64}" for part in front]
    return (*front, client)


class Table:
    """Rows per key, at most ROWS; keys end with the client's address and begin with what may be shortened last."""

    __slots__ = ("_rows", "level")

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], Row] = {}
        self.level = 0

    def add(self, key: tuple[str, ...], row: Row) -> None:
        self._rows.setdefault(_shorten(key, self.level) if self.level else key, Row()).add(row)
        if len(self._rows) > ROWS:
            self._shorten_to(self.level + 1)

    def merge(self, other: Table) -> None:
        if other.level > self.level:
            self._shorten_to(other.level)
        for key, row in other._rows.items():
            self.add(key, row)

    def items(self) -> Iterator[tuple[tuple[str, ...], Row]]:
        yield from sorted(self._rows.items())

    def __len__(self) -> int:
        return len(self._rows)

    def _shorten_to(self, level: int) -> None:
        while level <= 4:
            rows: dict[tuple[str, ...], Row] = {}
            for key, row in self._rows.items():
                rows.setdefault(_shorten(key, level), Row()).add(row)
            self._rows, self.level = rows, level
            if len(rows) <= ROWS:
                return
            level += 1


@dataclass(slots=True)
class Traffic:
    """Everything learned from logs and DMARC reports.

    submissions: (sender, account, method, uid or script, host, client) -> Row
    logins: (account, service, "ok" | "failed", client) -> Row
    auth_rows: (domain, reporter, "pass" | "fail", client) -> Row
    visits: (path, method, status class, client) -> Row
    queue: hash of the queue id -> (account, method, client, uid), a sample for joining single bounces
    clients: hash of a Message-ID -> when and from where it was first handed in with a password
    """

    submissions: Table = field(default_factory=Table)
    logins: Table = field(default_factory=Table)
    auth_rows: Table = field(default_factory=Table)
    visits: Table = field(default_factory=Table)
    queue: Lowest[int, tuple[str, str, str, str]] = field(default_factory=lambda: Lowest(20_000))
    clients: Lowest[int, tuple[float, str]] = field(default_factory=lambda: Lowest(20_000))

    def learn_submission(self, fact: Submission) -> None:
        key = (fact.sender, fact.account, fact.method, fact.script or fact.uid, fact.host, fact.client_ip)
        hours = {int(fact.when // 3600): 1}
        row = Row(1, fact.nrcpt or len(fact.recipients), fact.bounced, fact.when, fact.when, fact.place, hours)
        self.submissions.add(key, row)
        if fact.queue_id:
            who = (fact.account, fact.method, fact.client_ip, fact.script or fact.uid)
            self.queue.add(hash64(fact.queue_id), who, _agree)
        if fact.method == "auth" and fact.message_id and fact.client_ip:
            self.clients.add(hash64(fact.message_id), (fact.when, fact.client_ip))

    def learn_login(self, fact: Login) -> None:
        row = Row(fact.count, 0, 0, fact.when, fact.when if fact.last is None else fact.last, fact.place)
        self.logins.add((fact.account, fact.service, "ok" if fact.ok else "failed", fact.client_ip), row)

    def learn_auth_row(self, fact: AuthRow) -> None:
        row = Row(fact.count, 0, 0, fact.begin, fact.end, fact.place, {int(fact.begin // 3600): fact.count})
        result = "pass" if fact.spf or fact.dkim else "fail"
        self.auth_rows.add((fact.domain, fact.reporter, result, fact.source_ip), row)

    def learn_visit(self, fact: Visit) -> None:
        row = Row(fact.count, 0, 0, fact.when, fact.last, fact.place)
        self.visits.add((fact.path, fact.method, f"{fact.status // 100}xx", fact.client_ip), row)

    def merge(self, other: Traffic) -> None:
        self.submissions.merge(other.submissions)
        self.logins.merge(other.logins)
        self.auth_rows.merge(other.auth_rows)
        self.visits.merge(other.visits)
        self.queue.merge(other.queue, _agree)
        self.clients.merge(other.clients)


def _agree(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    """Short queue ids recur: an id that two different hands used names nobody."""
    return one if one == other else ("", "ambiguous", "", "")
