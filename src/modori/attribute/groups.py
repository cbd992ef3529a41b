"""Groups: clusters taken apart by what their witnesses show, and put together again by what cannot be varied at will.

The ledger counts bounces by a key that any letter shows by itself. Here, with the owner known, each cluster's witnesses
are followed back (zone.passage) and keyed by where the letters came in, under whose password or program, whether they
lie in Sent, whether others wrote them. Counts of a cluster go to its parts in proportion to its witnesses. A hijack
under a big joe-job, or an own stale list among backscatter, thus stay apart; a thousand random subjects stay together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from modori.attribute.case import Case, Seen, is_mine, is_owners, refused
from modori.attribute.signs.account import account
from modori.attribute.signs.forward import in_mailbox
from modori.attribute.signs.program import is_automatic, script
from modori.attribute.signs.sent import in_sent
from modori.attribute.zone import Zone
from modori.types import Background, Cluster, Owner, Witness

Key = tuple[str, ...]


@dataclass(slots=True)
class Group:
    """A campaign in the making."""

    seen: list[Seen] = field(default_factory=list)
    bounces: float = 0.0
    recipients: float = 0.0
    distinct: float = 0.0
    sampled: float = 0.0
    first: float = float("inf")
    last: float = float("-inf")
    last_sent: float = float("-inf")
    hours: dict[int, float] = field(default_factory=dict)
    originals: dict[int, tuple[int, int]] = field(default_factory=dict)
    sent: dict[int, float] = field(default_factory=dict)
    keys: set[Key] = field(default_factory=set)  # its own, and those of the groups that went with it

    def take(self, cluster: Cluster, seen: Sequence[Seen]) -> None:
        """Add the part of a cluster that these of its witnesses stand for."""
        part = len(seen) / len(cluster.witnesses)
        whole = len(seen) == len(cluster.witnesses)
        moments = [s.witness.moment for s in seen]
        self.seen.extend(seen)
        self.bounces += cluster.bounces * part
        self.recipients += cluster.recipients * part
        self.distinct += cluster.distinct * part
        self.sampled += len(cluster.originals) * part
        self.first = min(self.first, cluster.first if whole else min(moments))
        self.last = max(self.last, cluster.last if whole else max(moments))
        for when in [s.witness.original.when for s in seen if s.witness.original and s.witness.original.when]:
            self.last_sent = max(self.last_sent, when or 0.0)
        if whole and cluster.last_sent is not None:
            self.last_sent = max(self.last_sent, cluster.last_sent)
        for hour, count in cluster.hours.items():
            self.hours[hour] = self.hours.get(hour, 0.0) + count * part
        ours = {s.witness.original_id for s in seen}
        for identity, sizes in cluster.originals.items():
            if whole or identity in ours:
                self._count(identity, sizes)
        self.sent |= {identity: left for identity, left in cluster.sent.items() if whole or identity in ours}

    def _count(self, identity: int, sizes: tuple[int, int]) -> None:
        """One letter may be returned by several servers, for a few of its recipients each."""
        asked, failed = self.originals.get(identity, (0, 0))
        self.originals[identity] = max(asked, sizes[0]), failed + sizes[1]

    def letters(self) -> float:
        """The distinct returned letters: those told apart, scaled by how many of each cluster were sampled."""
        return len(self.originals) * max(1.0, self.distinct / self.sampled if self.sampled else 1.0)

    def absorb(self, other: Group) -> None:
        """Add another group whole."""
        self.seen += other.seen
        self.keys |= other.keys
        self.bounces += other.bounces
        self.recipients += other.recipients
        self.distinct += other.distinct
        self.sampled += other.sampled
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.last_sent = max(self.last_sent, other.last_sent)
        for identity, sizes in other.originals.items():
            self._count(identity, sizes)
        self.sent |= other.sent
        for hour, count in other.hours.items():
            self.hours[hour] = self.hours.get(hour, 0.0) + count


def key(witness: Witness, owner: Owner, background: Background, zone: Zone) -> Key:
    """What one bounce shares with its campaign: it belongs to the one that has this among its `keys`."""
    return _key(Case((), 0, 0.0, 0.0, owner, zone, background), Seen(witness, zone.passage(witness)))


def gather(clusters: Iterable[Cluster], owner: Owner, background: Background, zone: Zone) -> dict[Key, Group]:
    """All groups of a mailbox's clusters by key."""
    empty = Case((), 0, 0.0, 0.0, owner, zone, background)
    groups: dict[Key, Group] = {}
    for cluster in clusters:
        parts: dict[Key, list[Seen]] = {}
        for witness in cluster.witnesses:
            seen = Seen(witness, zone.passage(witness))
            parts.setdefault(_key(empty, seen), []).append(seen)
        for key, members in parts.items():
            groups.setdefault(key, Group(keys={key})).take(cluster, members)
    _attach_silent(groups)
    return groups


def _key(case: Case, seen: Seen) -> Key:
    """What one campaign has in common. Only trusted lines, and the owner's own letters, have a say."""
    route = seen.passage.route
    if route in {"auth", "local", "own"} and in_sent(case, seen):
        return ("sent",)
    if route == "auth":
        name = account(seen)
        return ("auth", "mine" if name and is_mine(case, name) else name)
    if route == "local":
        return _local_key(case, seen)
    if route == "injected":
        return ("injected", "home" if any(is_owners(case.owner, address) for address in refused(seen)) else "away")
    return (route,)


def _local_key(case: Case, seen: Seen) -> Key:
    entry = seen.passage.entry
    sender = seen.witness.original.sender.lower() if seen.witness.original else ""
    own = not sender or is_owners(case.owner, sender)
    if in_mailbox(case, seen) or not own:
        return ("local", "away", "")
    program = script(seen)
    return ("local", entry.uid if entry else "", program or ("automatic" if is_automatic(seen) else ""))


def _attach_silent(groups: dict[Key, Group]) -> None:
    """Bounces that show less of the original's way go with the campaign they run beside, when it is clear which.

    A password used under no name goes with the only name that was used; what left through the own server unseen goes
    with what was seen to; bounces that returned nothing go where most go.
    """
    named = [key for key in groups if key[0] == "auth" and key[1]]
    if len(named) == 1 and ("auth", "") in groups and _overlap(groups[named[0]], groups["auth", ""]):
        groups[named[0]].absorb(groups.pop(("auth", "")))
    for key, homes in (
        (("own",), ("auth", "local", "sent")),
        (("unknown",), ("foreign", "auth", "local", "own", "sent", "injected")),
    ):
        silent = groups.get(key)
        if silent is None:
            continue
        near = [(g.bounces, k) for k, g in groups.items() if k != key and k[0] in homes and _overlap(g, silent)]
        if near and max(near)[0] >= silent.bounces / 2:
            groups[max(near)[1]].absorb(groups.pop(key))


def _overlap(one: Group, other: Group) -> bool:
    hour = 3600.0
    return one.first - hour <= other.last and other.first <= one.last + 5 * 24 * hour
