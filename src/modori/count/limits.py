"""How much of the provider's sending limit is used, when it was crossed, and when mail goes again.

What a server said itself (a limit bounce, a notice) stands above what we reckon from the volume and published limits.
Where a provider publishes no limit the answer names it unknown: `limit` is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from modori.count.told import WINDOWS, Told, told_by_notice, told_by_text
from modori.count.windows import Window, crossing, fullest, room
from modori.knowledge import table
from modori.types import LimitUse, Volume

__all__ = ["Told", "forecast", "told_by_notice", "told_by_text"]

SAID = "said"  # the source of a limit that a server told us itself
_RECKONED = {"hour": 1, "day": 24}  # windows in hours; sends are not known by the minute


def forecast(
    providers: Sequence[str],
    sends: Mapping[int, float],
    now: float,
    *,
    volume: Volume | None = None,
    told: Sequence[Told] = (),
    plan: str = "",
) -> tuple[LimitUse, ...]:
    """One entry per provider and window, what the servers said first, then hours before days.

    `sends` are messages by epoch hour; with `volume` they are only its shape in time (bounces will do), without it
    they are the count itself (a log).
    """
    scaled = _Sends(sends, volume)
    spoken = _spoken(told)
    said = [_as_told(words, scaled, now) for words in spoken.values()]
    published = [use for use in _published(providers, scaled, now, plan) if (use.provider, use.window) not in spoken]
    return (*said, *published)


def _spoken(told: Sequence[Told]) -> dict[tuple[str, str], list[Told]]:
    """The words by provider and window; what names no provider goes with the only one that spoke of such a window."""
    found: dict[tuple[str, str], list[Told]] = {}
    for word in sorted(told, key=lambda t: t.when):
        named = {other.provider for other in told if other.provider and other.window == word.window}
        provider = named.pop() if not word.provider and len(named) == 1 else word.provider
        found.setdefault((provider, word.window), []).append(word)
    return found


class _Sends:
    """Messages by hour: counted ones, or the low and the likely end of a volume, in the shape of the bounces."""

    def __init__(self, hours: Mapping[int, float], volume: Volume | None) -> None:
        total = sum(hours.values())
        self._volume = volume if total > 0.0 else None
        self._hours, self._total = hours, total

    def low(self) -> Mapping[int, float]:
        return self._stretched(self._volume.low) if self._volume else self._hours

    def likely(self) -> Mapping[int, float]:
        return self._stretched(self._volume.median) if self._volume else self._hours

    def used(self, window: Window) -> Volume | None:
        """The fullest window."""
        if not self._hours:
            return None
        most = fullest(self._hours, window)
        if self._volume is None:
            return Volume(round(most), round(most), round(most), "log")
        ends = (self._volume.low, self._volume.median, self._volume.high)
        low, median, high = (round(most * end / self._total) for end in ends)
        return Volume(low, median, high, self._volume.basis)

    def _stretched(self, end: int) -> dict[int, float]:
        return {hour: count * end / self._total for hour, count in self._hours.items()}


def _as_told(words: Sequence[Told], sends: _Sends, now: float) -> LimitUse:
    """The server refused: over the limit from the first refusal, free one window after the last at the latest."""
    last = words[-1]
    provider = next((word.provider for word in words if word.provider), "")
    facts = table("limits")["provider"].get(provider, {})
    published, _ = _most(facts, last.window, "")
    limit, named = _limit(words, published)
    used = max(word.used for word in words)
    return LimitUse(
        provider=provider,
        window=last.window,
        limit=limit,
        used=Volume(used, used, used, "counter") if used else None,
        crossed=words[0].when,
        free_again=max(last.when + WINDOWS[last.window], _still_full(last, limit, sends, now)),
        source=SAID if named else str(facts.get("source", "")),
        date=f"{datetime.fromtimestamp(last.when, UTC):%Y-%m-%d}" if named else str(facts.get("date", "")),
        checked=named or bool(facts.get("checked", True)),
    )


def _limit(words: Sequence[Told], published: int | None) -> tuple[int | None, bool]:
    """The limit, and whether the server told it: the one it named, or that of a refusal before the published one."""
    named = next((word.limit for word in reversed(words) if word.limit is not None), None)
    if named is not None:
        return named, True
    refused_at = min((word.used for word in words if word.used), default=None)
    if refused_at is not None and (published is None or refused_at < published):
        return refused_at, True
    return published, False


def _still_full(last: Told, limit: int | None, sends: _Sends, now: float) -> float:
    """When the messages that are known to have left make room, which may be later than the last refusal suggests."""
    hours = _RECKONED.get(last.window)
    if limit is None or hours is None:
        return last.when
    return room(sends.low(), Window(hours), limit, now) or last.when


def _published(providers: Sequence[str], sends: _Sends, now: float, plan: str) -> Iterable[LimitUse]:
    known = table("limits")["provider"]
    for provider in dict.fromkeys(providers):
        facts = known.get(provider, {})
        if not facts.get("limits"):
            yield _reckoned(provider, facts, "day", None, sends, now)
        for name in _RECKONED:
            limit, of_plan = _most(facts, name, plan)
            if limit is not None:
                yield _reckoned(provider, facts, name, limit, sends, now, of_plan)


def _reckoned(
    provider: str, facts: Mapping[str, Any], name: str, limit: int | None, sends: _Sends, now: float, plan: str = ""
) -> LimitUse:
    window = Window(_RECKONED[name], facts.get("resets") == "calendar")
    used = sends.used(window)
    full = limit is not None and used is not None and used.median > limit
    crossed = crossing(sends.likely(), window, limit) if full and limit is not None else None
    return LimitUse(
        provider=provider,
        window=name,
        limit=limit,
        used=used,
        crossed=crossed,
        free_again=room(sends.likely(), window, limit, now) if limit is not None and crossed is not None else None,
        source=str(facts.get("source", "")),
        date=str(facts.get("date", "")),
        checked=bool(facts.get("checked", True)),
        plan=plan,
    )


def _most(facts: Mapping[str, Any], window: str, plan: str) -> tuple[int | None, str]:
    """The limit of the plan, else of the plan that most customers have, which is named too."""
    of_window = [entry for entry in facts.get("limits", ()) if entry["window"] == window]
    chosen = [entry for entry in of_window if entry["plan"] == plan] or of_window
    return (int(chosen[0]["most"]), str(chosen[0]["plan"])) if chosen else (None, "")
