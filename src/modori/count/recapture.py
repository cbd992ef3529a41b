"""Two sources that each caught some of the messages: Chapman's capture-recapture estimate."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

from modori.types import Volume

_NORMAL_95 = 1.6449
_FEWEST = 7  # in both: with fewer the estimate is biased low (Robson and Regier, 1964)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Messages known from the bounces, from a second source (complaints, a piece of a log), and from both."""

    bounced: int
    second: int
    both: int


def recaptured(overlap: Overlap) -> Volume | None:
    """None when hardly a message is in both: then nothing says how many escaped the two."""
    first, second, both = overlap.bounced, overlap.second, overlap.both
    if both < _FEWEST or both > min(first, second):
        return None
    known = first + second - both
    unseen = (first + 1) * (second + 1) / (both + 1) - 1 - known
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    if unseen <= 0.0:
        return Volume(known, known, known, "capture-recapture")
    factor = exp(_NORMAL_95 * sqrt(log(1.0 + variance / unseen**2)))
    low, high = known + int(unseen / factor), known + round(unseen * factor)
    return Volume(low, known + round(unseen), high, "capture-recapture")
