"""Does SPF let an address send for a domain? pyspf's evaluation (RFC 7208) over a look-up function of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Lookup = Callable[[str, str], tuple[str, ...]]

RESULTS = frozenset({"pass", "fail", "softfail", "neutral", "none", "permerror", "temperror"})


def check_host(ip: str, mail_from: str, helo: str, lookup: Lookup) -> str:
    """One of RESULTS for a client address, a MAIL FROM address and a HELO name."""
    try:
        result = _query_class()(ip, mail_from, helo, lookup).check()[0]
    except Exception:  # pyspf is unmaintained and raises what it likes on a hostile record
        return "permerror"
    return result if result in RESULTS else "none"


def _query_class() -> Any:
    """pyspf's query with its DNS replaced; built late, because importing pyspf takes its time."""
    import spf

    class Query(spf.query):  # type: ignore[misc]  # pyspf has no types
        def __init__(self, ip: str, mail_from: str, helo: str, lookup: Lookup) -> None:
            self._ask = lookup
            super().__init__(ip, mail_from, helo, strict=True, querytime=0)

        def dns(self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False) -> list[Any]:
            found = self._ask(str(name), qtype) if name and qtype != "SPF" else ()
            if not found and not ignore_void:
                self.void_lookups += 1
                if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                    raise spf.PermError("void look-ups")
            return [_shape(qtype, value) for value in found]

    return Query


def _shape(qtype: str, value: str) -> Any:
    """A value as pyspf wants it."""
    if qtype == "MX":
        preference, _, host = value.partition(" ")
        return int(preference), host
    if qtype == "TXT":
        return (value.encode("utf-8"),)
    return value
