"""What ordinary letters teach: who the owner is, whom they know, which servers are theirs, what may be important."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from modori.ledger.sketch import Lowest, Tally, either
from modori.octets.digest import hash64
from modori.types import Correspondence, Place

_KINDS = (
    "reply", "personal", "invoice", "bank", "form", "provider", "order", "message", "security",
    "automatic", "unknown", "",
)  # fmt: skip


@dataclass(slots=True)
class People:
    """Learned from the letters that are no bounces. Identities are kept as hashes, addresses of contacts as text."""

    letters: int = 0
    sent: int = 0
    sent_signed: int = 0
    first: float = float("inf")
    last: float = float("-inf")
    delivered_to: Tally = field(default_factory=lambda: Tally(512))
    addressed_to: Tally = field(default_factory=lambda: Tally(512))
    sent_from: Tally = field(default_factory=lambda: Tally(256))
    mailers: Tally = field(default_factory=lambda: Tally(128))
    zones: Tally = field(default_factory=lambda: Tally(64))
    home_zones: Tally = field(default_factory=lambda: Tally(64))  # of the own server's stamps
    inbound: Tally = field(default_factory=lambda: Tally(256))
    internal: Tally = field(default_factory=lambda: Tally(512))  # "host ip" pairs seen between own servers
    sent_ids: Lowest[int, float] = field(default_factory=lambda: Lowest(50_000))
    sent_subjects: Lowest[int, float] = field(default_factory=lambda: Lowest(20_000))
    contacts: Lowest[int, str] = field(default_factory=lambda: Lowest(20_000))
    received_ids: Lowest[int, float] = field(default_factory=lambda: Lowest(50_000))
    received_from: Lowest[int, float] = field(default_factory=lambda: Lowest(50_000))
    mentions: Lowest[int, float] = field(default_factory=lambda: Lowest(20_000))
    signed: Tally = field(default_factory=lambda: Tally(256))  # letters handed in at the own server, by sender's domain
    unsigned: Tally = field(default_factory=lambda: Tally(256))
    clients: Lowest[int, tuple[float, str]] = field(default_factory=lambda: Lowest(20_000))
    keep: Lowest[tuple[int, int, Place], Correspondence] = field(default_factory=lambda: Lowest(4_000))
    poses: Lowest[tuple[int, Place], Correspondence] = field(default_factory=lambda: Lowest(300))
    posing: int = 0
    own_made: Lowest[tuple[int, Place], Correspondence] = field(default_factory=lambda: Lowest(64))

    def learn(self, letter: Correspondence) -> None:
        self.letters += 1
        self.first = min(self.first, letter.moment)
        self.last = max(self.last, letter.moment)
        if letter.sent:
            self._learn_sent(letter)
        else:
            self._learn_received(letter)

    def _learn_sent(self, letter: Correspondence) -> None:
        self.sent += 1
        self.sent_signed += letter.signed
        self.sent_from.add(letter.sender)
        self.mailers.add(letter.mailer)
        if letter.zone is not None:
            self.zones.add(str(letter.zone))
        if letter.message_id:
            self.sent_ids.add(hash64(letter.message_id), letter.moment)
        if letter.subject:
            self.sent_subjects.add(hash64(letter.subject), letter.moment)
        for address in letter.to:
            self.contacts.add(hash64(address.lower()), address.lower())

    def _learn_received(self, letter: Correspondence) -> None:
        if letter.delivered_to:
            self.delivered_to.add(letter.delivered_to)
        for address in letter.to[:8]:
            self.addressed_to.add(address.lower())
        if letter.message_id and not letter.handed_in:  # what a program sends on came in from outside first
            self.received_ids.add(hash64(letter.message_id), letter.moment)
        if letter.sender:
            self.received_from.add(hash64(letter.sender.lower()), letter.moment)
        for address in letter.mentions:
            self.mentions.add(hash64(address.lower()), letter.moment)
        if letter.handed_in:
            self._learn_handed_in(letter)
        digest = hash64(letter.message_id, letter.sender, letter.subject)
        if letter.poses:
            self.posing += 1
            self.poses.add((digest, letter.place), letter, either)
        else:
            rank = _KINDS.index(letter.kind) if letter.kind in _KINDS else len(_KINDS)
            self.keep.add((rank, digest, letter.place), letter, either)
        if letter.mentions:
            self.own_made.add((digest, letter.place), letter, either)

    def _learn_handed_in(self, letter: Correspondence) -> None:
        (self.signed if letter.signed else self.unsigned).add(letter.sender.rpartition("@")[2])
        if letter.message_id and letter.received_ip:
            self.clients.add(hash64(letter.message_id), (letter.moment, letter.received_ip))

    def learn_servers(
        self, inbound: Iterable[str], internal: Iterable[tuple[str, str]], zone: int | None = None
    ) -> None:
        """`inbound`: names that stamped the top of a letter; `internal`: (host, address) pairs between them;
        `zone`: the clock the first of them keeps."""
        if zone is not None:
            self.home_zones.add(str(zone))
        for host in inbound:
            self.inbound.add(host)
        for host, address in internal:
            self.internal.add(f"{host} {address}")

    def merge(self, other: People) -> None:
        for name in ("letters", "sent", "sent_signed", "posing"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        for name in ("delivered_to", "addressed_to", "sent_from", "mailers", "zones", "home_zones"):
            getattr(self, name).merge(getattr(other, name))
        for name in ("inbound", "internal", "signed", "unsigned", "clients"):
            getattr(self, name).merge(getattr(other, name))
        for name in ("sent_ids", "sent_subjects", "contacts", "received_ids", "received_from", "mentions"):
            getattr(self, name).merge(getattr(other, name))
        for name in ("keep", "poses", "own_made"):
            getattr(self, name).merge(getattr(other, name), either)
