"""From how many places the password was used, and whether the owner was ever there.

The client's address in the own server's line cannot be made up; somebody behind the owner's router has it too. Many
places speak only when they were used within a day: over months, a telephone sees as many.
"""

from __future__ import annotations

from collections.abc import Sequence

from modori.attribute.case import Case, Seen, Signs, distinct, sign
from modori.attribute.signs.entry import vouched
from modori.attribute.signs.usual import tells, usual

_MANY = 3
_DAY = 86_400.0


def signs(case: Case) -> Signs:
    entered = case.routes("auth")
    clients = [ip for ip in distinct(s.passage.entry.source_ip for s in entered if s.passage.entry) if tells(case, ip)]
    if not clients or not vouched(entered):
        return
    known = usual(case)
    strange = _within_a_day(entered, {ip for ip in clients if ip not in known})
    if len(strange) >= _MANY:
        yield sign("many-networks", entered, count=len(strange), ips=", ".join(strange[:5]))
    elif known and known.issuperset(clients):
        yield sign("usual-network", entered, ip=clients[0])
    elif known and known.isdisjoint(clients):
        yield sign("new-network", entered, ip=clients[0])


def _within_a_day(entered: Sequence[Seen], strange: set[str]) -> list[str]:
    """Of these addresses, those of the one day that saw most."""
    used = sorted((_moment(s), s.passage.entry.source_ip) for s in entered if s.passage.entry)
    used = [(when, ip) for when, ip in used if ip in strange]
    best: set[str] = set()
    begin = 0
    for end, (when, _) in enumerate(used, 1):
        while when - used[begin][0] > _DAY:
            begin += 1
        if end - begin > len(best):
            best = max(best, {ip for _, ip in used[begin:end]}, key=len)
    return sorted(best)


def _moment(seen: Seen) -> float:
    entry = seen.passage.entry
    return entry.when if entry is not None and entry.when is not None else seen.witness.moment
