"""Which server an address is read from, and what that wants for a password (knowledge/logins.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from modori.knowledge import table

Said = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Service:
    """A mail service. `allow` and `make` lead through its menus; {} where nobody wrote down the way."""

    id: str
    name: Said
    domains: tuple[str, ...]
    host: str
    password: str
    allow: Said
    make: Said


@lru_cache(maxsize=1)
def services() -> tuple[Service, ...]:
    """All that are known, in the order of the data."""
    return tuple(_service(key) for key in table("logins"))


def service_of(address: str) -> Service | None:
    """The service of a mail address, subdomains as providers give them to their users included."""
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    return next((one for one in services() if any(f".{domain}".endswith(f".{own}") for own in one.domains)), None)


def _service(key: str) -> Service:
    entry, panel = table("logins")[key], table("panels").get(key, {})
    pages = panel.get("pages", {})
    return Service(
        id=key,
        name=entry.get("name") or panel["name"],
        domains=tuple(entry.get("domains") or panel["domains"]),
        host=entry["host"],
        password=entry["password"],
        allow=pages.get(entry.get("allow", ""), {}),
        make=pages.get(entry.get("make", ""), {}),
    )
