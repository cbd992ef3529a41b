"""How many messages really left: an interval with its basis named, from the best source at hand.

Never from backscatter: what a forger's bot sent cannot be inferred from the refusals that hit the wrong mailbox, so the
caller passes samples of campaigns that left through the owner's own servers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from modori.count.counters import at_least, graphed, highest
from modori.count.posterior import unheard
from modori.count.recapture import Overlap, recaptured
from modori.count.recipients import Sample, largest_message, surely_missing, told_apart
from modori.types import SendCount, Volume

__all__ = ["Overlap", "Sample", "estimate"]


def estimate(
    samples: Sequence[Sample] = (),
    counters: Sequence[SendCount] = (),
    submissions: int | None = None,
    overlap: Overlap | None = None,
) -> Volume | None:
    """90 % interval of the messages; None when nothing may be said.

    `submissions` is what a log that covers the incident counted; a log that shows fewer messages than bounced is a
    piece of one, and is not believed to be the whole.
    """
    heard = round(sum(sample.weight for sample in samples))
    for count, basis in ((submissions, "log"), (graphed(counters), "send-graph")):
        if count and count >= heard:
            return Volume(count, count, count, basis)
    inferred = (recaptured(overlap) if overlap else None) or _from_bounces(samples)
    return _with_counters(inferred, samples, counters)


def _from_bounces(samples: Sequence[Sample]) -> Volume | None:
    groups = told_apart(samples)
    heard = sum(groups.values())
    if heard <= 0.0:
        return None
    low, median, high = unheard(groups)
    if largest_message(groups) == 1:
        return Volume(floor(heard + low), round(heard + median), ceil(heard + high), "prior")
    low = min(low, surely_missing(groups))
    return Volume(floor(heard + low), round(heard + median), ceil(heard + high), "truncated-beta-binomial")


def _with_counters(volume: Volume | None, samples: Sequence[Sample], counters: Sequence[SendCount]) -> Volume | None:
    """A counter raises the low end as if it counted recipients, the high end by a window's worth of messages.

    What the limit turned away at the door leaves no bounce, and nobody reads the counter at the very last message.
    """
    proved = at_least(counters)
    if not proved:
        return volume
    recipients = max((sample.recipients for sample in samples), default=1)
    least = ceil(proved / max(recipients, 1))
    low, median, high = (volume.low, volume.median, volume.high) if volume else (least, least, least)
    return Volume(max(low, least), max(median, least), max(high, least) + highest(counters), "counter")
