"""May this address send for this domain? SPF (RFC 7208), evaluated by pyspf over a look-up function of the caller's.

pyspf is a correct evaluator with a resolver of its own; only the evaluator is wanted here, so its one door to DNS is
replaced. It bounds the number of look-ups itself (section 4.6.4).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

Lookup = Callable[[str, str], tuple[str, ...]]  # (name, record type) -> values

RESULTS = frozenset({"pass", "fail", "softfail", "neutral", "none", "permerror", "temperror"})


def check_host(lookup: Lookup, ip: str, mail_from: str, helo: str) -> str:
    """One of RESULTS (section 2.6) for a client's address, a MAIL FROM address and a HELO name."""
    try:
        found: str = _evaluator()(lookup, ip, mail_from, helo).check()[0]
    except Exception:  # the record is a stranger's text and pyspf raises more than its own errors on bad ones
        return "permerror"
    return found if found in RESULTS else "none"


@lru_cache(maxsize=1)
def _evaluator() -> Any:
    import spf  # 60 ms, and only under --online

    class Evaluator(spf.query):  # type: ignore[misc]  # pyspf has no types
        """pyspf's evaluator without its resolver."""

        def __init__(self, lookup: Lookup, ip: str, mail_from: str, helo: str) -> None:
            super().__init__(ip, mail_from, helo, strict=True, querytime=0)
            self._lookup = lookup

        def dns(self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False) -> list[Any]:
            asked = name and qtype != "SPF"  # the record type that RFC 7208 section 3.1 gave up
            answers = self._lookup(str(name).lower().rstrip("."), qtype) if asked else ()
            if not answers and not ignore_void:
                self.void_lookups += 1
                if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                    raise spf.PermError("too many look-ups without an answer")
            return [_shaped(qtype, answer) for answer in answers]

    return Evaluator


def _shaped(qtype: str, answer: str) -> Any:
    """An answer as pyspf expects it."""
    if qtype == "TXT":
        return (answer.encode("utf-8", "replace"),)
    if qtype == "MX":
        preference, _, host = answer.rpartition(" ")
        return int(preference) if preference.isdigit() else 10, host.rstrip(".")
    return answer.rstrip(".")
