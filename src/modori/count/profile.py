"""What was sent, in three figures: to whom, to how many addresses that do not exist, and how fast."""

from __future__ import annotations

from collections.abc import Mapping

from modori.types import Profile, Volume

_INVALID = frozenset({"user-unknown", "host-unknown", "has-moved"})
_DOMAINS = 10


def profile(
    by_domain: Mapping[str, int], by_reason: Mapping[str, int], by_hour: Mapping[int, float], volume: Volume | None
) -> Profile:
    """From the tallies of failures; without a volume the pace is that of the bounces alone, a lower bound."""
    failures = sum(by_reason.values())
    invalid = sum(count for reason, count in by_reason.items() if reason in _INVALID)
    active = sum(1 for count in by_hour.values() if count > 0)
    messages = volume.median if volume else sum(by_hour.values())
    largest = sorted(by_domain.items(), key=lambda item: (-item[1], item[0]))[:_DOMAINS]
    return Profile(tuple(largest), invalid / failures if failures else 0.0, messages / active if active else 0.0)
