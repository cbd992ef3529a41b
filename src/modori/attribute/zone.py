"""Whom to believe: the trust rule, from the top of the letter down.

1. What my own servers wrote on the bounce: its topmost Received lines, down to the one that names a foreign client.
2. The bounce itself, if its writer is known: made inside my own servers, or by a foreign server that came under its own
   name (looked up forward and back, or authenticated by DKIM or DMARC).
3. Of the returned original, the lines its bounce's writer and that writer's own network put on top.
4. Lines below only where the line above names a client of my own servers, for these are then mine again.

Everything below that is the sender's own text, whoever that was: it is never a fact here. Own lines further down
are what an attacker pastes (RFC 5321 section 4.4 obliges nobody to tell the truth).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from modori.attribute.houses import backbone, house, is_line
from modori.attribute.received import hop
from modori.octets.addresses import address, is_null_path
from modori.octets.headers import every, head_map
from modori.types import Hop, Owner, Trust, Witness

Route = Literal["auth", "local", "injected", "foreign", "own", "unknown"]
WriterTrust = Literal["own", "authenticated", "unproven"]
_HOPS = 30
# Unix users under which mail servers hand in the reports that they write themselves.
_SERVERS_OWN = frozenset({"debian-exim", "exim", "exim4", "mailnull", "mail", "postfix", "root", "mailer-daemon"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a letter came into the mailbox. `handover` is the own line that names a foreign client, None without one."""

    inside: tuple[Hop, ...]
    handover: Hop | None

    @property
    def made_inside(self) -> bool:
        return bool(self.inside) and self.handover is None


@dataclass(frozen=True, slots=True)
class Passage:
    """How the returned original reached the writer of the bounce, as far as trusted lines tell.

    route     auth: handed to my own server with a password; local: by a program on it; injected: from outside, without
              one; foreign: handed to somebody else's server by somebody else; own: through mine, the hand not shown;
              unknown: no trusted line was returned
    entry     the trusted line where the original came in
    connecting  the foreign line that names my own server as its client, when there is one
    firm      every name on the way was confirmed by look-up or address
    """

    route: Route
    writer: WriterTrust
    arrival: Arrival
    entry: Hop | None = None
    connecting: Hop | None = None
    chain: tuple[Hop, ...] = ()
    below: tuple[Hop, ...] = ()
    firm: bool = True


class Zone:
    """The owner's own servers: by name, by organisation of the name, by address."""

    def __init__(self, owner: Owner, authentic: Callable[[str, str], bool] | None = None) -> None:
        """`authentic(host, address)` may ask DNS whether the host has that address (--online)."""
        self.hosts = frozenset((*owner.inbound, *owner.outbound))
        self.organisations = frozenset(filter(None, map(house, self.hosts)))
        self.addresses = frozenset(owner.networks)
        self._backbone = backbone(self.organisations)
        self._authentic = authentic

    def owns(self, host: str) -> bool:
        """True for a name of the owner's own provider."""
        return bool(host) and (host in self.hosts or house(host) in self.organisations)

    def arrival(self, head: bytes) -> Arrival:
        """The letter's way through the own servers, from its topmost Received line down."""
        inside: list[Hop] = []
        for line in every(head, b"received")[:_HOPS]:
            found = hop(line)
            inside.append(replace(found, trusted="mine"))
            if not self._within(found, self.owns):
                return Arrival(tuple(inside), inside[-1])
        return Arrival(tuple(inside), None)

    def _within(self, found: Hop, owns: Callable[[str], bool]) -> bool:
        """True when the line's client lies in the same territory as the line itself, or the line has no client."""
        if not found.source_ip:
            inner = found.local or found.protocol.startswith("LMTP") or found.source_helo in {found.by, "localhost"}
            return inner or not (found.source_helo or found.source_host)
        if is_private(found.source_ip) or found.source_ip in self.addresses:
            return True
        if self._backbone and found.source_ip.startswith(self._backbone) and self.owns(found.by):
            return True
        return found.verified and owns(found.source_host) and self._is_server(found)

    def _is_server(self, found: Hop) -> bool:
        """The client is one of the provider's servers: a name known as such, or not that of a customer's line."""
        return found.source_host in self.hosts or not is_line(found.source_host, found.source_ip)

    def passage(self, witness: Witness) -> Passage:
        """Follow the returned original of one bounce as far as somebody trustworthy vouches for its lines."""
        arrival = self.arrival(witness.head)
        trust = self._writer(witness, arrival)
        original = witness.original
        if original is None or not original.head:
            return Passage("own" if trust == "own" else "unknown", trust, arrival)
        hops = [hop(line) for line in every(original.head, b"received")[:_HOPS]]
        home = house(witness.bounce.writer) if trust != "own" else ""
        return self._follow(hops, home, trust, arrival)

    def _follow(self, hops: list[Hop], home: str, trust: WriterTrust, arrival: Arrival) -> Passage:
        mine, firm = trust == "own", True
        connecting: Hop | None = None
        chain: list[Hop] = []
        for number, found in enumerate(hops):
            if mine and chain and not self._continues(chain[-1], found):
                break  # behind my own server's name must stand my own server's line
            level: Trust = "writer" if not chain else "chain"
            seen = replace(found, trusted=level)
            chain.append(seen)
            below = tuple(hops[number + 1 :])
            if took_in(found):
                route: Route = ("local" if found.local else "auth") if mine and self._is_mine(found) else "foreign"
                return Passage(route, trust, arrival, seen, connecting, tuple(chain), below, firm)
            if not mine and (name := self._names_mine(found)):
                if name == "unsure":
                    return Passage("unknown", trust, arrival, None, None, tuple(chain), below, False)
                mine, connecting, firm = True, seen, name == "confirmed"
                continue
            if self._within(found, self.owns if mine else lambda host: house(host) == home):
                continue
            outside: Route = "foreign" if not mine else "own" if _may_have_logged_in(found) else "injected"
            return Passage(outside, trust, arrival, seen, connecting, tuple(chain), below, firm)
        end: Route = "own" if mine else "unknown"
        return Passage(end, trust, arrival, None, connecting, tuple(chain), (), firm)

    def _continues(self, above: Hop, found: Hop) -> bool:
        """Filters that listen on the loopback address sign as localhost (amavis)."""
        return self._is_mine(found) or (found.by == "localhost" and is_loopback(above.source_ip))

    def _is_mine(self, found: Hop) -> bool:
        return self.owns(found.by) or not found.by

    def _names_mine(self, found: Hop) -> str:
        """Whether a foreign server saw one of my servers as its client.

        "confirmed" by address or look-up both ways; "claimed" when only the name was seen (whoever has an address may
        name it as they like) and no address of mine is known; "unsure" when it cannot be told; "" when it is not mine.
        """
        if found.source_ip and found.source_ip in self.addresses:
            return "confirmed"
        if self._only_greeted(found):
            known = self._authentic is not None and self._authentic(found.source_helo, found.source_ip)
            return "confirmed" if known else "unsure"
        if not found.source_ip or not self.owns(found.source_host) or not self._is_server(found):
            return ""
        if found.verified or (self._authentic is not None and self._authentic(found.source_host, found.source_ip)):
            return "confirmed"
        if found.protocol == "MICROSOFT":
            return "unsure"  # Exchange looks no name up: it writes what the client called itself
        return "claimed" if found.source_host in self.hosts and not self.addresses else "unsure"

    def _only_greeted(self, found: Hop) -> bool:
        """An Exim that looks no names up has only the greeting: one of my servers' names, from an address that may be
        its own as long as no address of mine is known."""
        bare = found.text.startswith(b"from [") and bool(found.source_ip) and not found.source_host
        return bare and found.source_helo in self.hosts and not self.addresses

    def _writer(self, witness: Witness, arrival: Arrival) -> WriterTrust:
        """Own, when a server of mine wrote it itself; authenticated, when it came under its own name."""
        if arrival.handover is None:
            return "own" if self._own_report(witness, arrival) else "unproven"
        writer, came = house(witness.bounce.writer), arrival.handover
        if writer and came.verified and house(came.source_host) == writer and self._is_server(came):
            return "authenticated"
        if self._authentic is not None and self._authentic(witness.bounce.writer, came.source_ip):
            return "authenticated"
        return "authenticated" if writer and writer in self._passed(witness.head, arrival) else "unproven"

    def _own_report(self, witness: Witness, arrival: Arrival) -> bool:
        """A letter that never left my servers can still be a neighbour's: written by a program of theirs, or with an
        address in its return path, which no server puts on a report (RFC 5321 section 4.5.5)."""
        path = head_map(witness.head).get(b"return-path", b"<>")
        local, _, host = address(path).lower().rpartition("@")
        nobody = is_null_path(path) or (local == "mailer-daemon" and self.owns(host))
        by_program = any(h.authenticated or (h.local and h.uid and h.uid not in _SERVERS_OWN) for h in arrival.inside)
        return bool(arrival.inside) and nobody and not by_program

    def _passed(self, head: bytes, arrival: Arrival) -> set[str]:
        """Organisations whose DKIM or DMARC my own server found valid on this letter (RFC 8601)."""
        stamp = head_map(head).get(b"authentication-results", b"").decode("utf-8", "replace").lower()
        server = stamp.partition(";")[0].strip().split(" ")[0]
        if not stamp or not (self.owns(server) or server in {h.by for h in arrival.inside}):
            return set()
        found = set()
        for part in stamp.split(";")[1:]:
            if part.strip().startswith(("dkim=pass", "dmarc=pass")):
                for word in part.replace("(", " ").split():
                    key, _, value = word.partition("=")
                    if key in {"header.d", "header.i", "header.from"}:
                        found.add(house(value.rpartition("@")[2]))
        return found - {""}


def _may_have_logged_in(found: Hop) -> bool:
    """Exchange's line is the same with a password and without; only the gate of its cloud never asks for one."""
    return found.protocol == "MICROSOFT" and not found.by.endswith(".protection.outlook.com")


def took_in(found: Hop) -> bool:
    """The line's server got the letter from a user with a password, or from a program of its own."""
    return found.authenticated or found.local


def client_server(found: Hop) -> str:
    """The confirmed name of the line's client, "" when it has none, or is a customer's line."""
    return found.source_host if found.verified and not is_line(found.source_host, found.source_ip) else ""


def is_loopback(address: str) -> bool:
    """The server itself (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3)."""
    return address.startswith("127.") or address == "::1"


def is_private(address: str) -> bool:
    """Loopback, link-local and private addresses (RFC 1918, 4193): no foreigner comes from there."""
    if address.startswith(("10.", "127.", "192.168.", "169.254.", "::1", "fe80:", "fc", "fd")):
        return True
    parts = address.split(".")
    return len(parts) == 4 and parts[0] == "172" and parts[1].isdigit() and 16 <= int(parts[1]) <= 31
