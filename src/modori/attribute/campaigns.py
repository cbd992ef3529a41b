"""Campaigns: what runs at once, each examined for every sign that its witnesses show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from modori.attribute.case import Case, Lookup, Seen, common, distinct
from modori.attribute.groups import Group, Key, gather
from modori.attribute.signs import SPEAKERS
from modori.attribute.signs.account import account
from modori.attribute.signs.program import script
from modori.attribute.zone import Zone
from modori.octets.digest import hash64
from modori.types import Background, Campaign, Cluster, Origin, Owner


@dataclass(frozen=True, slots=True)
class Examined:
    """A campaign with its signs, not yet judged, and what counting needs of it."""

    campaign: Campaign
    originals: tuple[tuple[int, int], ...]
    distinct: float
    hours: dict[int, int]
    seen: tuple[Seen, ...]
    keys: frozenset[Key] = frozenset()
    sent: tuple[float, ...] = ()  # when those of the sampled originals left that say so


def examine(
    clusters: Iterable[Cluster], owner: Owner, background: Background, zone: Zone, lookup: Lookup | None = None
) -> list[Examined]:
    """All campaigns, the largest first, each with every sign its witnesses show."""
    groups = _ordered(gather(clusters, owner, background, zone))
    blank = Case((), 0, 0.0, 0.0, owner, zone, background, lookup)
    return [_examined(key, group, _case(blank, group, groups)) for key, group in groups]


def _case(blank: Case, group: Group, groups: Sequence[tuple[Key, Group]]) -> Case:
    """What the signs of one group look at; the other groups' witnesses beside it, for comparison."""
    group.seen.sort(key=lambda s: (s.witness.moment, s.witness.digest, s.witness.bounce.place))
    others = tuple(s for _, other in groups if other is not group for s in other.seen)
    bounces = max(1, round(group.bounces))
    return replace(blank, seen=tuple(group.seen), bounces=bounces, first=group.first, last=group.last, others=others)


def _ordered(groups: dict[Key, Group]) -> list[tuple[Key, Group]]:
    return sorted(groups.items(), key=lambda item: (-item[1].bounces, item[0]))


def _examined(key: Key, group: Group, case: Case) -> Examined:
    found = [sign for speak in SPEAKERS for sign in speak(case)]
    returned = [s.witness.original for s in group.seen if s.witness.original]
    campaign = Campaign(
        id=f"{hash64(*key):016x}"[:8],
        cause="undecided",
        confidence=0.0,
        bounces=case.bounces,
        recipients=max(1, round(group.recipients)),
        first=group.first,
        last=group.last,
        subject=common(o.subject for o in returned),
        sender=common(o.sender for o in returned),
        origin=_origin(group.seen),
        signs=tuple(found),
        last_sent=group.last_sent if group.last_sent > float("-inf") else None,
        witnesses=tuple(s.witness.bounce.place for s in group.seen[:12]),
        reasons=_reasons(group.seen),
    )
    hours = {hour: round(count) for hour, count in sorted(group.hours.items())}
    originals = tuple(sorted(group.originals.values()))
    sent = tuple(sorted(group.sent.values()))
    return Examined(campaign, originals, group.letters(), hours, tuple(group.seen), frozenset(group.keys), sent)


def _reasons(seen: Sequence[Seen]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for failure in (f for s in seen for f in s.witness.bounce.failures):
        code = failure.reason.code if failure.reason else "undefined"
        counts[code] = counts.get(code, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _origin(seen: Sequence[Seen]) -> Origin:
    entries = [s.passage.entry for s in seen if s.passage.entry is not None]
    ips = distinct(e.source_ip for e in entries)
    return Origin(
        ip=common(e.source_ip for e in entries),
        account=common(account(s) for s in seen),
        script=common(script(s) for s in seen if s.passage.route == "local"),
        host=common(e.by for e in entries),
        ips=tuple(ips[:50]),
    )
