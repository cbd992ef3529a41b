"""Signs to probabilities: naive Bayes over groups of related signs, in natural-log odds.

Each cause starts from its prior. Of every group of related signs only the strongest counts for each hypothesis, so that
saying one thing in five ways proves it once. "It left through the own server" is a hypothesis of its own: its odds are
added to all causes that need it. n bounces of a campaign are not n proofs: they add half the logarithm of 1 + n.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from modori.knowledge import table
from modori.types import ACT_NOW, Sign

OUTBOUND = frozenset({"hijacked", "script", "device", "own", "forwarded", "autoreply", "neighbour"})


def posterior(signs: Sequence[Sign], bounces: int) -> dict[str, float]:
    """Probability of each cause of one campaign, from its signs."""
    strongest: dict[tuple[str, str], float] = {}
    for sign in signs:
        for hypothesis, bits in weights(sign).items():
            key = (sign.group, hypothesis)
            known = strongest.get(key, 0.0)
            if (abs(bits), bits) > (abs(known), known):
                strongest[key] = bits
    sums: dict[str, float] = {}
    for (_, hypothesis), bits in sorted(strongest.items()):  # sorted: sums of floats depend on their order
        sums[hypothesis] = sums.get(hypothesis, 0.0) + bits
    outbound = sums.get("outbound", 0.0)
    outbound += math.copysign(0.5 * math.log1p(bounces), outbound) if outbound else 0.0
    scores = {
        cause: math.log(prior) + sums.get(cause, 0.0) + (outbound if cause in OUTBOUND else 0.0)
        for cause, prior in _table()["priors"].items()
    }
    top = max(scores.values())
    shares = {cause: math.exp(score - top) for cause, score in scores.items()}
    total = sum(shares.values())
    return {cause: share / total for cause, share in sorted(shares.items(), key=lambda item: -item[1])}


def weights(sign: Sign) -> Mapping[str, float]:
    """What one sign says about each hypothesis: the table's weights, scaled as the sign's bits are."""
    entry = _table()["sign"].get(sign.id)
    if entry is None:
        return {sign.toward: sign.bits}
    full: dict[str, float] = entry["weights"]
    headline = full[sign.toward] or 1.0
    return {hypothesis: bits * sign.bits / headline for hypothesis, bits in full.items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return table("signs")


def danger(odds: Mapping[str, float]) -> float:
    """How likely it is one of the causes that must be acted on at once."""
    return sum(odds.get(cause, 0.0) for cause in ACT_NOW)
