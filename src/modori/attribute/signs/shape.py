"""What the letters say of the program and the clock that made them, against the owner's own sent mail.

All of it is plain text of the sender's: an intruder who looked at one letter of the owner's can copy it. So it weighs
little, and only against the owner having written them.
"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, common, sign
from modori.attribute.letters import product
from modori.attribute.signs.sent import in_sent
from modori.octets.dates import zone_minutes
from modori.octets.headers import head_map
from modori.types import Original

_ENOUGH = 10  # sent letters from which the owner's habits are known
_HOUR = 3600.0


def signs(case: Case) -> Signs:
    returned = [s for s in case.seen if s.witness.original is not None and s.witness.original.head]
    if not returned or case.background.sent < _ENOUGH:
        return
    yield from _begun(case, returned)
    mailers = [(s, name) for s in returned if s.witness.original and (name := mailer(s.witness.original))]
    strange = [(s, name) for s, name in mailers if name not in case.background.mailers]
    if strange and len(strange) == len(mailers) and any(case.background.mailers):
        yield sign("mailer-never-used", [s for s, _ in strange], mailer=common(name for _, name in strange))
    zones = [(s, z) for s in returned if s.witness.original and (z := _zone(s.witness.original)) is not None]
    odd = [(s, z) for s, z in zones if str(z) not in case.background.zones]
    if odd and len(odd) == len(zones) and case.background.zones:
        yield sign("zone-never-used", [s for s, _ in odd], zone=_written(int(common(str(z) for _, z in odd))))


def _begun(case: Case, returned: list[Seen]) -> Signs:
    """The letters lie in Sent, but a program or a clock made them that the owner had not used before that hour.

    Webmail keeps copies of what an intruder sends: Sent itself must not teach the intruder's ways as the owner's.
    """
    kept = [s for s in returned if in_sent(case, s)]
    moments = [s.witness.original.when for s in kept if s.witness.original and s.witness.original.when]
    if len(kept) * 2 < len(returned) or not moments:
        return
    begin, end = min(moments) - _HOUR, max(moments) + _HOUR
    meanwhile = sum(begin <= written <= end for written in case.background.sent_ids.values())
    if len(case.background.sent_ids) - meanwhile < _ENOUGH:
        return
    name = common(mailer(s.witness.original) for s in kept if s.witness.original)
    zone = common(str(z) for s in kept if s.witness.original and (z := _zone(s.witness.original)) is not None)
    new_name = 0 < case.background.mailers.get(name, 0) <= meanwhile
    new_zone = 0 < case.background.zones.get(zone, 0) <= meanwhile
    if new_name or new_zone:
        shown = _written(int(zone)) if new_zone else ""
        yield sign("habits-begun", kept, count=len(kept), mailer=name if new_name else "", zone=shown)


def mailer(original: Original) -> str:
    """The mail program's name without its version."""
    head = head_map(original.head)
    return product(head.get(b"x-mailer") or head.get(b"user-agent") or b"")


def _zone(original: Original) -> int | None:
    return zone_minutes(original.date.encode("latin-1", "replace"))


def _written(minutes: int) -> str:
    """540 as "+0900"."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
