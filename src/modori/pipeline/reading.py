"""One letter through the first half of the path: recognised, parsed, explained. All that `modori parse` needs."""

from __future__ import annotations

from dataclasses import dataclass

from modori import explain, parse, recognise
from modori.types import Bounce, Letter, Original


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed and explained report with what it returned."""

    letter: Letter
    bounce: Bounce
    original: Original | None


def parse_letter(letter: Letter) -> Reading | None:
    """Recognise, parse and explain one letter; None when it is no report."""
    candidates = recognise.recognise(letter)
    bounce = parse.parse(letter, candidates) if candidates else None
    if bounce is None or not bounce.failures:
        return None
    return Reading(letter, explain.explain(bounce), parse.original(letter, bounce))
