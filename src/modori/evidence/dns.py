"""The one door to DNS: a stub resolver with a named server, a time limit, a cache and a budget of questions.

Only built under --online. Every failure is an empty answer that `failed` remembers; nothing is ever raised.
"""

from __future__ import annotations

import ipaddress
import socket

import dns.exception
import dns.resolver
import dns.reversename
from dns.rdata import Rdata
from dns.rdtypes.ANY.TXT import TXT

from modori.types import DnsAnswer, Place

_KINDS = frozenset({"A", "AAAA", "MX", "TXT", "PTR", "CNAME", "NS"})
_VALUES_MOST = 100


class Resolver:
    """Asks one server (or the system's when `host` is empty) at most `budget` questions."""

    def __init__(self, host: str = "", port: int = 53, timeout: float = 3.0, budget: int = 500) -> None:
        self._left = budget
        self._cache: dict[tuple[str, str], tuple[str, ...]] = {}
        self.failed: set[tuple[str, str]] = set()
        self._stub = _stub(host, port)
        if self._stub is not None:
            self._stub.lifetime = self._stub.timeout = timeout
            self._stub.search = []

    @classmethod
    def at(cls, where: str = "") -> Resolver:
        """A resolver for "HOST", "HOST:PORT" or "[HOST]:PORT"; "" is the system's."""
        host, colon, port = where.rpartition(":")
        if not colon or not port.isdigit() or (":" in host and not host.endswith("]")):
            host, port = where, "53"
        return cls(host.strip("[]"), int(port) if int(port) < 65536 else 53)

    def lookup(self, name: str, kind: str) -> tuple[str, ...]:
        """The values of one kind: addresses, "10 mx.example." without the dot, joined TXT strings; () when none."""
        key = name.rstrip(".").lower(), kind.upper()
        if key not in self._cache:
            self._cache[key] = self._ask(*key)
        return self._cache[key]

    def answers(self) -> list[DnsAnswer]:
        """Everything that was asked and answered, as facts."""
        return [DnsAnswer(Place("dns"), name, kind, values) for (name, kind), values in self._cache.items()]

    def _ask(self, name: str, kind: str) -> tuple[str, ...]:
        if self._stub is None or self._left <= 0 or kind not in _KINDS:
            self.failed.add((name, kind))
            return ()
        self._left -= 1
        try:
            asked = dns.reversename.from_address(name) if kind == "PTR" and _is_address(name) else name
            answer = self._stub.resolve(asked, kind, raise_on_no_answer=False, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, OSError, ValueError):  # a time-out, a refusal, or no name at all
            self.failed.add((name, kind))
            return ()
        return tuple(_text(data) for data in list(answer.rrset or ())[:_VALUES_MOST])


def _stub(host: str, port: int) -> dns.resolver.Resolver | None:
    try:
        stub = dns.resolver.Resolver(configure=not host)
        if host:
            stub.nameservers = [host if _is_address(host) else socket.gethostbyname(host)]
            stub.port = port
    except (dns.exception.DNSException, OSError, ValueError):
        return None
    return stub


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _text(data: Rdata) -> str:
    if isinstance(data, TXT):
        return b"".join(data.strings).decode("utf-8", "replace")
    text: str = data.to_text()
    return text.lower().removesuffix(".")
