"""What a sign looks at: one campaign's witnesses with their passages, the owner, and the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from modori.attribute.houses import is_public
from modori.attribute.zone import Passage, Zone
from modori.knowledge import table
from modori.octets.addresses import domain_of
from modori.octets.headers import head_map, unfold
from modori.types import Background, Owner, Place, Sign, Witness

Lookup = Callable[[str, str], tuple[str, ...]]

PLACES = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A witness and how its original came."""

    witness: Witness
    passage: Passage


@dataclass(frozen=True, slots=True)
class Case:
    """One campaign before the judge. `lookup(name, type)` asks DNS under --online, else it is None.

    `others` are the witnesses of the other campaigns: the owner's own bounces show how the owner's mail looks.
    """

    seen: tuple[Seen, ...]
    bounces: int
    first: float
    last: float
    owner: Owner
    zone: Zone
    background: Background
    lookup: Lookup | None = None
    others: tuple[Seen, ...] = field(default=())

    def share(self, holds: Callable[[Seen], object]) -> tuple[float, list[Seen]]:
        """The share of the witnesses for which it holds, and those witnesses."""
        found = [seen for seen in self.seen if holds(seen)]
        return (len(found) / len(self.seen) if self.seen else 0.0), found

    def during(self, first: float, last: float, margin: float) -> bool:
        """Something that lasted from `first` to `last` touches the campaign's time."""
        return first <= self.last + margin and last >= self.first - margin

    def routes(self, *routes: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.passage.route in routes]


def sign(
    identity: str, seen: Iterable[Seen] = (), places: Sequence[Place] = (), strength: float = 1.0, **params: object
) -> Sign:
    """A Sign with the group and weight that knowledge/signs.toml gives it; `strength` scales the weight (0 to 1)."""
    entry = definitions()[identity]
    toward, bits = max(entry["weights"].items(), key=lambda item: abs(item[1]))
    where = tuple(places) or tuple(s.witness.bounce.place for s in seen)
    return Sign(
        id=identity,
        toward=toward,
        bits=round(bits * strength, 2),
        group=entry["group"],
        places=where[:PLACES],
        params={key: value for key, value in params.items() if value not in ("", None, ())},
    )


@lru_cache(maxsize=1)
def definitions() -> dict[str, Any]:
    """Every sign of knowledge/signs.toml by id."""
    found: dict[str, Any] = table("signs")["sign"]
    return found


def is_owners(owner: Owner, address: str) -> bool:
    """An own address, or one of an own domain; a domain where anybody may have a mailbox is nobody's own."""
    domain = domain_of(address)
    return address in owner.addresses or (domain in owner.domains and not is_public(domain))


def is_mine(case: Case, name: str) -> bool:
    """An account belongs to the owner when it is an own address, or its local part, or lies in an own domain."""
    name = name.replace("%", "@", 1)
    if is_owners(case.owner, name):
        return True
    return "@" not in name and name in {a.partition("@")[0] for a in case.owner.addresses}


def refused(seen: Seen) -> list[str]:
    """The addresses at which delivery failed, lower-case: where a letter was sent on to, not where it was sent first.

    A server that forwards names both (RFC 3464 section 2.3.1: Original-Recipient, and Final-Recipient, kept as alias).
    Exim reports the first of them only, and names the other in a header field.
    """
    final = unfold(head_map(seen.witness.head).get(b"x-failed-recipients", b"")).decode("utf-8", "replace")
    if final:
        return [one.strip().lower() for one in final.split(",") if one.strip()]
    return [(f.alias or f.recipient).lower() for f in seen.witness.bounce.failures if f.alias or f.recipient]


def common(values: Iterable[str]) -> str:
    """The most frequent non-empty value ("" when there is none), ties in order of the alphabet."""
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return min(counts, key=lambda v: (-counts[v], v), default="")


def distinct(values: Iterable[str]) -> list[str]:
    """Non-empty values, each once, sorted."""
    return sorted({value for value in values if value})


Signs = Iterator[Sign]
