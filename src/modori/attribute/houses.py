"""Whose server is that? One provider may name its servers under several domains, and rents out names under its own.

`house` is the provider a name belongs to. A name under the provider's domain is not always the provider's server: the
lines of its customers are named there too (p1234-ipngn.kita.isp.example, 203-0-113-7.dyn.isp.example), and so are the
machines that they rent. Those are strangers, though their names are confirmed forward and back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from modori.knowledge import table
from modori.octets.addresses import organisation

_PARTS = re.compile(r"[a-z]+|\d+")


@lru_cache(maxsize=65536)
def house(host: str) -> str:
    """The provider that a host name belongs to: the name of its house when it has several domains, else its domain."""
    domain = organisation(host)
    return _by_domain().get(domain, domain)


def backbone(houses: frozenset[str]) -> tuple[str, ...]:
    """The beginnings of addresses that only these providers' own servers have."""
    known = table("houses")["house"]
    return tuple(prefix for name in sorted(houses) for prefix in known.get(name, {}).get("backbone", ()))


@lru_cache(maxsize=8192)
def is_line(host: str, address: str) -> bool:
    """The name of a customer's line or rented machine: it says so in words, or it spells its own address."""
    domain = organisation(host)
    front = host[: len(host) - len(domain)] if domain and host.endswith(domain) else host
    parts = _PARTS.findall(front)
    return not _words().isdisjoint(parts) or _spells(front, parts, address)


def _spells(front: str, parts: list[str], address: str) -> bool:
    """The last two numbers of an IPv4 address stand in the name, in either order, or all four in hexadecimal."""
    octets = address.split(".")
    if len(octets) != 4 or not all(part.isdigit() for part in octets):
        return False
    numbers = [part.lstrip("0") or "0" for part in parts if part.isdigit()]
    pairs = set(pairwise(numbers))
    last, before = octets[3], octets[2]
    return bool(pairs & {(before, last), (last, before)}) or "".join(f"{int(o):02x}" for o in octets) in front


@lru_cache(maxsize=1024)
def is_public(domain: str) -> bool:
    """Anybody may have a mailbox under this domain: an access provider's, a mobile operator's, a free one."""
    return domain in _by_domain() or domain in _public()


@lru_cache(maxsize=1)
def _public() -> frozenset[str]:
    """What knowledge/providers names, but for rental servers, whose customers bring domains of their own."""
    known = [entry for kind in ("isp", "mobile", "webmail") for entry in table("providers")[kind].values()]
    return frozenset(domain for entry in known if isinstance(entry, dict) for domain in entry.get("domains", ()))


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, str]:
    return {domain: name for name, entry in table("houses")["house"].items() for domain in entry["domains"]}


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(table("houses")["lines"]["words"])
