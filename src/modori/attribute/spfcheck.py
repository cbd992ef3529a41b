"""May this address send for this domain? RFC 7208, evaluated by pyspf over a lookup function of our own.

pyspf is a correct evaluator with a resolver of its own; only the evaluator is wanted here, so its one door to DNS is
replaced. It bounds the number of look-ups itself (section 4.6.4).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

Lookup = Callable[[str, str], tuple[str, ...]]

_TELLING = frozenset({"pass", "fail", "softfail"})


def result(lookup: Lookup, ip: str, domain: str) -> str:
    """"pass", "fail", "softfail", or "" where the record is missing, neutral or broken."""
    try:
        query = _evaluator()(lookup, ip, f"postmaster@{domain}", domain)
        found: str = query.check()[0]
    except Exception:  # the record is a stranger's text and pyspf raises more than its own errors on bad ones
        return ""
    return found if found in _TELLING else ""


@lru_cache(maxsize=1)
def _evaluator() -> Any:
    import spf  # 60 ms, and only under --online

    class Evaluator(spf.query):  # type: ignore[misc]  # pyspf has no types
        """pyspf's evaluator without its resolver."""

        def __init__(self, lookup: Lookup, ip: str, sender: str, helo: str) -> None:
            super().__init__(i=ip, s=sender, h=helo, querytime=0)
            self._lookup = lookup

        def dns(self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False) -> list[Any]:
            answers = self._lookup(str(name).lower().rstrip("."), qtype)
            if not answers and not ignore_void:
                self.void_lookups += 1
                if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                    raise spf.PermError("too many look-ups without an answer")
            return [_shaped(qtype, answer) for answer in answers]

    return Evaluator


def _shaped(qtype: str, answer: str) -> Any:
    """An answer as pyspf expects it."""
    if qtype in {"TXT", "SPF"}:
        return (answer.encode("utf-8", "replace"),)
    if qtype == "MX":
        preference, _, host = answer.rpartition(" ")
        return int(preference) if preference.isdigit() else 10, host.rstrip(".")
    return answer.rstrip(".")
