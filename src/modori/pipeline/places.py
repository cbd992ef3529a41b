"""The countries that a campaign's connections came from, by a table that the user has; without one nothing is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from modori.types import Campaign

_MOST = 5


def located(campaign: Campaign, country: Callable[[str], str] | None) -> Campaign:
    """The campaign with the codes of its countries, the most frequent first."""
    origin = campaign.origin
    if country is None:
        return campaign
    counts = Counter(code for ip in origin.ips or (origin.ip,) if ip and (code := country(ip)))
    codes = sorted(counts, key=lambda code: (-counts[code], code))[:_MOST]
    return replace(campaign, origin=replace(origin, country=", ".join(codes)))
