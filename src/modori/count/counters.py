"""What counters prove: each says "so many within this time" at one moment, so disjoint ones add up to a lower bound.

A control panel's send graph covers its days completely and is exact. The counter in a limit bounce, a notice or
X-Email-Count is read while sending goes on; and whether it counts messages or recipients, the provider seldom says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from modori.types import SendCount

GRAPH = "send-graph"


def graphed(counters: Sequence[SendCount]) -> int | None:
    """The sum of a send graph, None when there is none; the same bar given twice counts once."""
    bars = {(c.begin, c.end): c.count for c in counters if c.basis == GRAPH}
    return sum(bars.values()) if bars else None


def at_least(counters: Sequence[SendCount]) -> int:
    """The greatest sum over counters whose times do not overlap (weighted interval scheduling)."""
    ordered = sorted((c for c in counters if c.basis != GRAPH), key=lambda c: c.end)
    ends = [c.end for c in ordered]
    best = [0]
    for index, counter in enumerate(ordered):
        earlier = bisect_right(ends, counter.begin, 0, index)
        best.append(max(best[-1], best[earlier] + counter.count))
    return best[-1]


def highest(counters: Sequence[SendCount]) -> int:
    """The highest single reading: what one window held."""
    return max((c.count for c in counters if c.basis != GRAPH), default=0)
