"""Is this more than usual, and since when? The detector run over everything that has arrived, in order of time."""

from __future__ import annotations

from collections.abc import Iterable

from modori.count.baseline import Gamma
from modori.count.detector import YEAR_HOURS, Detector
from modori.count.discovery import false_discovery
from modori.types import Surge

__all__ = ["Detector", "Gamma", "detect", "false_discovery"]


def detect(
    arrivals: Iterable[tuple[float, float]],
    *,
    now: float | None = None,
    begin: float | None = None,
    false_alarm_hours: float = YEAR_HOURS,
    baseline: Gamma | None = None,
) -> tuple[Surge, ...]:
    """Surges among (epoch seconds, weight) of deduplicated bounces in any order.

    `begin` is the first moment that the mailbox covers: silence before the first bounce teaches what is ordinary.
    At one moment an original's first bounce comes before its further ones, so that these count among the three.
    """
    detector = Detector(begin, false_alarm_hours=false_alarm_hours, baseline=baseline)
    for moment, weight in sorted(arrivals, key=lambda arrival: (arrival[0], -arrival[1])):
        detector.learn(moment, weight)
    return detector.surges(now)
