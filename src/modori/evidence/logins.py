"""Logins added up: whoever reads mail logs in every few minutes, from the same address, in the same words.

A line's telling part is looked up as it stands; it is taken apart only when it is new within the hour. One Login per
account, address, service and outcome then stands for the hour's, with its first and its last moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from modori.evidence.joining import text
from modori.evidence.syslog import At
from modori.types import Fact, Login, Place

OPEN_LIMIT = 20_000
_HOUR = 3600.0


class Attempt(NamedTuple):
    """What one line says of a login."""

    account: bytes
    ip: bytes
    service: str
    ok: bool


_Read: TypeAlias = Callable[[bytes], Attempt | None]


class _Row:
    """The same attempt, some times within an hour."""

    __slots__ = ("at", "count", "first", "last")

    def __init__(self, when: float, at: At) -> None:
        self.at = at
        self.first = self.last = when
        self.count = 0


class Logins:
    """The attempts of the present hour."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._until = 0.0
        self._rows: dict[tuple[bytes, Attempt], _Row] = {}
        self._known: dict[tuple[bytes, bytes], _Row | None] = {}  # (host, telling part) -> where it is counted

    def add(self, when: float, host: bytes, telling: bytes, at: At, read: _Read) -> Sequence[Fact]:
        """Count one line. `read` tells what `telling` means, None for nothing; returns the hour that is over."""
        over: Sequence[Fact] = ()
        if not self._until - _HOUR <= when < self._until or len(self._known) >= OPEN_LIMIT:
            over = self.rest()
            self._until = (when // _HOUR + 1) * _HOUR
        key = host, telling
        if key in self._known:
            row = self._known[key]
        else:
            row = self._known[key] = self._row(when, host, read(telling), at)
        if row is not None:
            row.count += 1
            row.last = when
        return over

    def rest(self) -> list[Fact]:
        """The present hour, as far as it is known."""
        found: list[Fact] = [self._login(host, attempt, row) for (host, attempt), row in self._rows.items()]
        self._rows.clear()
        self._known.clear()
        return found

    def _row(self, when: float, host: bytes, attempt: Attempt | None, at: At) -> _Row | None:
        return None if attempt is None else self._rows.setdefault((host, attempt), _Row(when, at))

    def _login(self, host: bytes, attempt: Attempt, row: _Row) -> Login:
        return Login(
            place=Place(self._source, *row.at),
            when=row.first,
            host=text(host),
            account=text(attempt.account),
            client_ip=text(attempt.ip),
            service=attempt.service,
            ok=attempt.ok,
            count=row.count,
            last=row.last,
        )
