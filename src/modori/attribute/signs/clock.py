"""Does the moment hidden in a queue number agree with the date of its line?

Lines that the own server wrote agree, which adds little. Lines in the own server's name that stand below the last one
that can be believed were pasted: a forger who copies a number from an old letter, or makes one up, gets the time wrong.
One who computes it gets it right; so agreement counts only inside the trusted lines, and disagreement only outside.
"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, common, sign
from modori.octets.queueclock import moment
from modori.types import Hop

_HOLD = 3600.0  # seconds a number may be older than its line: letters wait in front of filters


def signs(case: Case) -> Signs:
    inside = [s for s in case.routes("auth", "local", "own") if any(_agrees(h) for h in _own(case, s.passage.chain))]
    if inside:
        yield sign("queue-clock-agrees", inside)
    outside = case.routes("foreign", "unknown")
    wrong = [s for s in outside if any(_agrees(h) is False for h in _own(case, s.passage.below))]
    if wrong and len(wrong) * 2 > len(outside):
        number = common(h.queue_id for s in wrong for h in _own(case, s.passage.below))
        yield sign("queue-clock-disagrees", wrong, number=number, host=common(_hosts(case, wrong)))


def _own(case: Case, hops: tuple[Hop, ...]) -> list[Hop]:
    return [h for h in hops if h.queue_id and h.when is not None and case.zone.owns(h.by)]


def _hosts(case: Case, found: list[Seen]) -> list[str]:
    return [h.by for s in found for h in _own(case, s.passage.below)]


def _agrees(found: Hop) -> bool | None:
    """None when the number holds no moment."""
    if found.when is None:
        return None
    made = moment(found.queue_id, found.when)
    return None if made is None else -60.0 <= found.when - made <= _HOLD
