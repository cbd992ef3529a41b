"""Whose a bounce is by its sender address (knowledge/providers/*.toml), and what its special texts mean.

A sender address can be forged: what is found here explains a letter, it is no evidence of who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from modori.knowledge import table


class Provider(NamedTuple):
    """One provider; `name` by language, `special` the entries of its special senders and texts."""

    id: str
    name: dict[str, str]
    senders: frozenset[str]
    domains: tuple[str, ...]
    special: tuple[dict[str, Any], ...]

    def meanings(self, sender: str, text: str) -> Iterator[str]:
        """Ids of what this provider means by this sender or this (folded) text."""
        for entry in self.special:
            if sender in entry.get("senders", ()) or any(words in text for words in entry.get("texts", ())):
                yield entry["id"]


def whose(sender: str) -> Provider | None:
    """The provider that an address (any case) belongs to: by the very address, else by its domain."""
    address = sender.lower()
    domain = address.rpartition("@")[2]
    for provider in providers():
        if address in provider.senders:
            return provider
    return next((p for p in providers() if any(f".{domain}".endswith(f".{own}") for own in p.domains)), None)


@lru_cache(maxsize=1)
def providers() -> tuple[Provider, ...]:
    """Every provider, in the order of the files."""
    return tuple(_provider(key, raw) for group in table("providers").values() for key, raw in group.items())


def _provider(key: str, raw: dict[str, Any]) -> Provider:
    special = tuple(raw.get("special", ()))
    senders = frozenset(raw["senders"]).union(*(entry.get("senders", ()) for entry in special))
    return Provider(key, raw["name"], senders, tuple(raw["domains"]), special)
