"""Counts that a server writes into its own log when an account sends too much.

cPanel's Exim says "Domain D has exceeded the max emails per hour (125/100 (125%)) allowed" and "max defers and
failures per hour (5/5 (100%))", once for every message it refuses; one notice an hour with the highest count is kept.
"""

from __future__ import annotations

import re

from modori.evidence.joining import text
from modori.types import Fact, Notice, Place

_MOST = 10_000
_EXCEEDED = re.compile(
    rb"(?:Domain ([\w.-]{1,253}) )?has exceeded the max (emails|defers and failures) per (hour|day) "
    rb"\((\d{1,9})/(\d{1,9})"
)


class Limits:
    """The highest count of each limit, domain and hour."""

    def __init__(self) -> None:
        self._highest: dict[tuple[bytes, bytes, int], Notice] = {}

    def read(self, line: bytes, when: float, host: bytes, place: Place) -> None:
        """Keep what this line of the server's own log says, if it is a limit notice."""
        found = _EXCEEDED.search(line)
        if found is None:
            return
        domain, what, window, used, limit = found.groups(b"")
        key = domain, what, int(when // 3600)
        known = self._highest.get(key)
        if (known is not None and known.count >= int(used)) or len(self._highest) >= _MOST:
            return
        params = {
            "domain": text(domain),
            "limit": int(limit),
            "window": window.decode(),
            "what": "messages" if what == b"emails" else "failures",
        }
        self._highest[key] = Notice(place, when, "send-limit", text(host), True, count=int(used), params=params)

    def facts(self) -> list[Fact]:
        """One notice for each hour in which a limit was crossed; nobody but the server writes into its log."""
        return list(self._highest.values())
