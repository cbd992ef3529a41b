"""Probabilities to one answer: each campaign's cause, and the verdict over all of them.

Decisions follow Wald (1945): the odds for the family that must act, and against it, have to pass fixed bounds; between
them the answer is "undecided". The bounds are not symmetric: calling a hijacked account safe is the worst fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from modori.judge.odds import OUTBOUND, danger, posterior, weights
from modori.types import ACT_NOW, Campaign, Missing, Sign, Verdict

ACT_AT = 0.85  # share of the act-now family from which we say: act
CALM_AT = 0.95  # share a harmless cause needs
DANGER = 0.02  # and as much of the act-now family may remain beside it
ORDINARY = 3  # bounces of the owner's own mail that are everyday life
FAKES = 3


def settle(campaign: Campaign) -> Campaign:
    """The campaign with its cause and confidence."""
    odds = posterior(campaign.signs, campaign.bounces)
    cause, confidence = _decide(odds)
    shown = {c: round(p, 4) for c, p in odds.items()}
    return replace(campaign, cause=cause, confidence=round(confidence, 4), odds=shown)


def _decide(odds: Mapping[str, float]) -> tuple[str, float]:
    risk = danger(odds)
    if risk >= ACT_AT:
        cause = max(sorted(ACT_NOW), key=lambda c: odds.get(c, 0.0))
        return cause, odds[cause]
    calm = max((c for c in odds if c not in ACT_NOW), key=lambda c: odds[c])
    if odds[calm] >= CALM_AT and risk <= DANGER:
        return calm, odds[calm]
    return "undecided", max(odds.values())


def fakes(count: int, signs: Sequence[Sign], first: float, last: float) -> Campaign | None:
    """The campaign of letters that pose as bounces, when there are enough of them to speak of."""
    if not count:
        return None
    return Campaign("fake", "fake", 0.99 if count >= FAKES else 0.9, count, 0, first, last, signs=tuple(signs))


def verdict(campaigns: Sequence[Campaign], surging: bool, missing: Iterable[Missing] = ()) -> Verdict:
    """One answer for the mailbox: the most dangerous decided campaign, else the largest, else none."""
    risk = max((danger(c.odds) for c in campaigns), default=0.0)
    act = [c for c in campaigns if c.cause in ACT_NOW]
    if act:
        return _said(max(act, key=lambda c: (c.bounces, c.confidence)), "critical", risk)
    open_ones = [c for c in campaigns if c.cause == "undecided"]
    total = sum(c.bounces for c in campaigns)
    weighty = [c for c in open_ones if danger(c.odds) >= 0.2 or c.bounces * 2 >= total]
    if weighty:
        worst = max(weighty, key=lambda c: (c.bounces, c.id))
        said = _said(worst, "warning", risk)
        return replace(said, likely=max(worst.odds, key=lambda c: worst.odds[c]), missing=tuple(missing))
    if not campaigns or _ordinary(campaigns, surging):
        signs = campaigns[0].signs if campaigns else ()
        return Verdict("none", 0.99, "calm", signs, (), "", risk)
    return _said(max(campaigns, key=lambda c: (c.bounces, c.id)), "notice", risk)


def unread(signs: Sequence[Sign] = (), missing: Sequence[Missing] = ()) -> Verdict:
    """The answer when there was no letter and no log decides: silence must not sound like an all-clear."""
    if not signs:
        return Verdict("undecided", 0.0, "warning", missing=tuple(missing))
    odds = posterior(signs, 0)
    likely = max(odds, key=lambda cause: odds[cause])
    return Verdict("undecided", round(odds[likely], 4), "warning", tuple(signs), tuple(missing), likely, danger(odds))


def _ordinary(campaigns: Sequence[Campaign], surging: bool) -> bool:
    return not surging and all(c.cause == "own" for c in campaigns) and sum(c.bounces for c in campaigns) <= ORDINARY


def _said(campaign: Campaign, severity: Literal["critical", "warning", "notice"], risk: float) -> Verdict:
    ranked = sorted(campaign.signs, key=lambda s: -_relevance(s, campaign.cause))
    return Verdict(campaign.cause, campaign.confidence, severity, tuple(ranked), (), "", round(risk, 4))


def _relevance(sign: Sign, cause: str) -> float:
    """How much a sign explains the answer: what speaks for it first, then what speaks against."""
    found = weights(sign)
    toward = found.get(cause, 0.0) + (found.get("outbound", 0.0) if cause in OUTBOUND else -found.get("outbound", 0.0))
    return toward if toward > 0 else -1000 + abs(toward)
