"""Is an address or a domain on a DNS blocklist (RFC 5782)? The lists are data: knowledge/blocklists.toml."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from modori.knowledge import table

Lookup = Callable[[str, str], tuple[str, ...]]


def listed_address(ip: str, lookup: Lookup) -> tuple[str, ...]:
    """The names of the lists that hold an address."""
    try:
        pointer = ipaddress.ip_address(ip).reverse_pointer
    except ValueError:
        return ()
    name = pointer.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")
    return _listed(name, table("blocklists")["address"], lookup)


def listed_domain(domain: str, lookup: Lookup) -> tuple[str, ...]:
    """The names of the lists that hold a domain."""
    return _listed(domain.rstrip("."), table("blocklists")["domain"], lookup)


def _listed(name: str, lists: list[dict[str, Any]], lookup: Lookup) -> tuple[str, ...]:
    return tuple(entry["name"] for entry in lists if any(map(_means_listed, lookup(f"{name}.{entry['zone']}", "A"))))


def _means_listed(answer: str) -> bool:
    """127.0.0.2 and its like; not the answer to somebody who may not ask."""
    answers = table("blocklists")["answers"]
    return answer.startswith(answers["listed"]) and not f"{answer}.".startswith(tuple(answers["refusals"]))
