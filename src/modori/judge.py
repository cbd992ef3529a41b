"""What is going on: signs to causes by grouped log-odds, campaigns to one verdict.

Each cause starts from its prior. Of every group of related signs only the strongest counts for each hypothesis, so that
saying one thing in five ways proves it once (naive Bayes within groups would double-count). "It left through the own
server" is a hypothesis of its own: its odds are added to all causes that need it. n bounces of a campaign are not n
proofs: they add half the logarithm of 1 + n to what they say.

Decisions follow Wald (1945): the odds for the family that must act, and against it, have to pass fixed bounds; between
them the answer is "undecided". The bounds are not symmetric, because calling a hijacked account safe is the worst fault.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

from modori.knowledge import table
from modori.types import ACT_NOW, Campaign, Missing, Sign, Verdict

OUTBOUND = frozenset({"hijacked", "script", "device", "own", "forwarded", "autoreply", "neighbour"})
ACT_AT = 0.90  # share of the act-now family from which we say: act
CALM_AT = 0.95  # share a harmless cause needs
DANGER = 0.02  # and as much of the act-now family may remain beside it
ORDINARY = 3  # bounces of the owner's own mail that are everyday life
FAKES = 3


def posterior(signs: Sequence[Sign], bounces: int) -> dict[str, float]:
    """Probability of each cause of one campaign, from its signs."""
    strongest: dict[tuple[str, str], float] = {}
    for sign in signs:
        for hypothesis, bits in weights(sign).items():
            key = (sign.group, hypothesis)
            if abs(bits) > abs(strongest.get(key, 0.0)):
                strongest[key] = bits
    sums: dict[str, float] = {}
    for (_, hypothesis), bits in strongest.items():
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


def settle(campaign: Campaign) -> Campaign:
    """The campaign with its cause and confidence."""
    odds = posterior(campaign.signs, campaign.bounces)
    cause, confidence = _decide(odds)
    return replace(campaign, cause=cause, confidence=round(confidence, 4), odds={c: round(p, 4) for c, p in odds.items()})


def _decide(odds: Mapping[str, float]) -> tuple[str, float]:
    danger = _danger(odds)
    if danger >= ACT_AT:
        cause = max(sorted(ACT_NOW), key=lambda c: odds.get(c, 0.0))
        return cause, odds[cause]
    calm = max((c for c in odds if c not in ACT_NOW), key=lambda c: odds[c])
    if odds[calm] >= CALM_AT and danger <= DANGER:
        return calm, odds[calm]
    return "undecided", max(odds.values())


def _danger(odds: Mapping[str, float]) -> float:
    return sum(odds.get(cause, 0.0) for cause in ACT_NOW)


def fakes(count: int, signs: Sequence[Sign], first: float, last: float) -> Campaign | None:
    """The campaign of letters that pose as bounces, when there are enough of them to speak of."""
    if not count:
        return None
    return Campaign("fake", "fake", 0.99 if count >= FAKES else 0.9, count, 0, first, last, signs=tuple(signs))


def verdict(campaigns: Sequence[Campaign], surging: bool, missing: Iterable[Missing] = ()) -> Verdict:
    """One answer for the mailbox: the most dangerous decided campaign, else the largest, else none."""
    danger = max((_danger(c.odds) for c in campaigns), default=0.0)
    act = [c for c in campaigns if c.cause in ACT_NOW]
    if act:
        return _said(max(act, key=lambda c: (c.bounces, c.confidence)), "critical", danger)
    open_ones = [c for c in campaigns if c.cause == "undecided"]
    total = sum(c.bounces for c in campaigns)
    weighty = [c for c in open_ones if _danger(c.odds) >= 0.2 or c.bounces * 2 >= total]
    if weighty:
        worst = max(weighty, key=lambda c: (c.bounces, c.id))
        said = _said(worst, "warning", danger)
        return replace(said, likely=max(worst.odds, key=lambda c: worst.odds[c]), missing=tuple(missing))
    if not campaigns or _ordinary(campaigns, surging):
        signs = campaigns[0].signs if campaigns else ()
        return Verdict("none", 0.99, "calm", signs, (), "", danger)
    return _said(max(campaigns, key=lambda c: (c.bounces, c.id)), "notice", danger)


def _ordinary(campaigns: Sequence[Campaign], surging: bool) -> bool:
    return not surging and all(c.cause == "own" for c in campaigns) and sum(c.bounces for c in campaigns) <= ORDINARY


def _said(campaign: Campaign, severity: Literal["critical", "warning", "notice"], danger: float) -> Verdict:
    ranked = sorted(campaign.signs, key=lambda s: -_relevance(s, campaign.cause))
    return Verdict(campaign.cause, campaign.confidence, severity, tuple(ranked), (), "", round(danger, 4))


def _relevance(sign: Sign, cause: str) -> float:
    """How much a sign explains the answer: what speaks for it first, then what speaks against."""
    found = weights(sign)
    toward = found.get(cause, 0.0) + (found.get("outbound", 0.0) if cause in OUTBOUND else -found.get("outbound", 0.0))
    return toward if toward > 0 else -1000 + abs(toward)
