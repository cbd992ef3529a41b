"""What a later check of the same mailbox found different: new bounces, another verdict, whether the sending stopped.

Old retries keep bouncing for up to five days after the fix, so whether somebody still sends is judged by the dates of
the returned letters, never by when their bounces came (facts that the plan's last step rests on, too).
"""

from __future__ import annotations

from collections.abc import Iterator

from modori.types import ACT_NOW, Campaign, Change, Report

DAY = 86_400.0
QUIET = DAY  # without a new letter for so long, the sending has stopped
_NO_STEP = frozenset({"nothing-to-do"})  # a word to the reader rather than something to do
_OTHERS = frozenset({"hijacked", "script", "device", "neighbour", "autoreply", "forged"})


def changes(before: Report, after: Report, stopped_at: float | None = None) -> tuple[Change, ...]:
    """Differences worth a sentence, the gravest first. `stopped_at`: when the user did what should have stopped it."""
    found = [*_sending(before, after, stopped_at), *_verdict(before, after), *_bounces(before, after)]
    found += [*_surges(before, after), *_plan(before, after)]
    return tuple(found) or (Change("nothing-new"),)


def last_sent(report: Report) -> float | None:
    """When the newest letter was written that others sent in the owner's name, as far as it was returned.

    The date is the sender's own claim; but nothing was sent after its bounce had come.
    """
    return max((min(c.last_sent, c.last) for c in _culprits(report) if c.last_sent is not None), default=None)


def _culprits(report: Report) -> list[Campaign]:
    acute = [c for c in report.campaigns if c.cause in ACT_NOW]
    return acute or [c for c in report.campaigns if c.cause in _OTHERS or c.cause == "undecided"]


def _sending(before: Report, after: Report, stopped_at: float | None) -> Iterator[Change]:
    old, new = last_sent(before), last_sent(after)
    entered = any(c.cause in ACT_NOW for c in after.campaigns)  # no password of the user's stops a forger
    if entered and new is not None and stopped_at is not None and new > stopped_at and (old is None or new > old):
        yield Change("sent-after-fix", {"last_sent": new, "when": stopped_at})
    elif new is not None and old is not None and new > old:
        yield Change("still-sending", {"last_sent": new})
    elif new is not None and after.generated - new >= QUIET and _newer(before, after):
        yield Change("sending-stopped", {"last_sent": new})


def _newer(before: Report, after: Report) -> bool:
    """The mailbox was read again, not the same copy of it: without new letters nothing can be said of today."""
    return after.tallies.letters > before.tallies.letters or _latest_hour(after) > _latest_hour(before)


def _latest_hour(report: Report) -> int:
    return max(report.tallies.by_hour, default=0)


def _verdict(before: Report, after: Report) -> Iterator[Change]:
    if before.verdict.cause != after.verdict.cause:
        yield Change("verdict-changed", {"cause_was": before.verdict.cause, "cause": after.verdict.cause})


def _bounces(before: Report, after: Report) -> Iterator[Change]:
    """Hour by hour, so that letters deleted since do not hide what is new."""
    known = before.tallies.by_hour
    count = sum(max(0, number - known.get(hour, 0)) for hour, number in after.tallies.by_hour.items())
    if count:
        yield Change("new-bounces", {"count": count})


def _surges(before: Report, after: Report) -> Iterator[Change]:
    latest = max((s.begin for s in before.surges), default=0.0)
    fresh = [s for s in after.surges if s.begin > latest]
    if before.surges and fresh:
        yield Change("new-surge", {"begin": fresh[-1].begin, "count": fresh[-1].count})
    elif any(s.end is None for s in before.surges) and after.surges and all(s.end for s in after.surges):
        yield Change("surge-over", {"end": max(s.end or 0.0 for s in after.surges)})


def _plan(before: Report, after: Report) -> Iterator[Change]:
    old = {s.id for s in before.plan.steps} - _NO_STEP
    new = {s.id for s in after.plan.steps} - _NO_STEP
    for identity, steps in (("steps-added", new - old), ("steps-dropped", old - new)):
        if steps:
            yield Change(identity, {"count": len(steps), "steps": sorted(steps)})
