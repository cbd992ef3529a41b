"""An SPF record read without evaluating it: how many look-ups it costs and whom it lets in (RFC 7208)."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

Lookup = Callable[[str, str], tuple[str, ...]]

LOOKUPS_MOST = 10  # RFC 7208 section 4.6.4
_WALK_MOST = 50
_COSTLY = ("include", "a", "mx", "ptr", "exists")
_WIDE_4 = 14  # a prefix shorter than this is more than a quarter of a million addresses
_WIDE_6 = 29


@dataclass(frozen=True, slots=True)
class SpfRecord:
    """The record as published, its cost, and the ids of what is wrong with it."""

    text: str = ""
    lookups: int = 0
    wrong: tuple[str, ...] = ()


def spf_record(domain: str, lookup: Lookup) -> SpfRecord:
    """The SPF record of a domain, its includes followed, loops and length bounded."""
    published = _published(domain, lookup)
    if not published:
        return SpfRecord(wrong=("spf-missing",))
    wrong = ["spf-several"] if len(published) > 1 else []
    lookups, terms = _walk(domain, lookup)
    if lookups > LOOKUPS_MOST:
        wrong.append("spf-too-many-lookups")
    wrong += _permissive(published[0], terms)
    return SpfRecord(published[0], lookups, tuple(wrong))


def _published(domain: str, lookup: Lookup) -> list[str]:
    return [text for text in lookup(domain, "TXT") if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]


def _walk(domain: str, lookup: Lookup) -> tuple[int, list[str]]:
    """(look-ups that an evaluation may need, every term met)."""
    waiting, seen, terms, lookups = [domain], set[str](), list[str](), 0
    while waiting and len(seen) < _WALK_MOST:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for term in " ".join(_published(name, lookup)[:1]).lower().split()[1:100]:
            terms.append(term)
            mechanism = term.lstrip("+-~?")
            key = mechanism.partition(":")[0].partition("/")[0]
            target = mechanism.partition(":")[2] or mechanism.partition("=")[2]
            if key in _COSTLY or mechanism.startswith("redirect="):
                lookups += 1
            if (key == "include" or mechanism.startswith("redirect=")) and target and "%" not in target:
                waiting.append(target)
    return lookups, terms


def _permissive(record: str, terms: list[str]) -> list[str]:
    own = record.lower().split()
    wrong = []
    if {"+all", "all"} & set(own):
        wrong.append("spf-allows-all")
    elif "?all" in own:
        wrong.append("spf-neutral")
    elif not {"-all", "~all"} & set(own) and not any(term.startswith("redirect=") for term in own):
        wrong.append("spf-no-all")
    if any(term.lstrip("+").partition(":")[0] == "ptr" for term in own):
        wrong.append("spf-ptr")
    if any(_wide(term) for term in terms):
        wrong.append("spf-wide")
    return wrong


def _wide(term: str) -> bool:
    kind, _, network = term.lstrip("+").partition(":")
    if kind not in ("ip4", "ip6"):
        return False
    try:
        prefix = ipaddress.ip_network(network, strict=False).prefixlen
    except ValueError:
        return False
    return prefix < (_WIDE_4 if kind == "ip4" else _WIDE_6)
