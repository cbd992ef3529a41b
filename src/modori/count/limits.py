"""How much of the provider's sending limit is used, when it was crossed, and when mail goes again.

What a server said itself (a limit bounce, a notice) stands above what we reckon from the volume and published limits.
Where a provider publishes no limit the answer names it unknown: `limit` is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from modori.count.told import WINDOWS, Told, told_by_notice, told_by_text
from modori.count.windows import Window, crossing, fullest, room
from modori.knowledge import table
from modori.types import LimitUse, Volume

__all__ = ["Told", "forecast", "told_by_notice", "told_by_text"]

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
    spoken: dict[tuple[str, str], list[Told]] = {}
    for word in sorted(told, key=lambda t: t.when):
        spoken.setdefault((word.provider, word.window), []).append(word)
    said = [_as_told(words, scaled, now) for words in spoken.values()]
    published = [use for use in _published(providers, scaled, now, plan) if (use.provider, use.window) not in spoken]
    return (*said, *published)


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
    facts = table("limits")["provider"].get(last.provider, {})
    limit = _limit(words, _most(facts, last.window, ""))
    used = max(word.used for word in words)
    return LimitUse(
        provider=last.provider,
        window=last.window,
        limit=limit,
        used=Volume(used, used, used, "counter") if used else None,
        crossed=words[0].when,
        free_again=max(last.when + WINDOWS[last.window], _still_full(last, limit, sends, now)),
        source=str(facts.get("source", "")),
        date=str(facts.get("date", "")),
    )


def _limit(words: Sequence[Told], published: int | None) -> int | None:
    """The limit that was named; else the published one, unless the server refused before that was reached."""
    named = next((word.limit for word in reversed(words) if word.limit is not None), None)
    if named is not None:
        return named
    refused_at = min((word.used for word in words if word.used), default=None)
    return min((limit for limit in (published, refused_at) if limit is not None), default=None)


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
            if (limit := _most(facts, name, plan)) is not None:
                yield _reckoned(provider, facts, name, limit, sends, now)


def _reckoned(
    provider: str, facts: Mapping[str, Any], name: str, limit: int | None, sends: _Sends, now: float
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
    )


def _most(facts: Mapping[str, Any], window: str, plan: str) -> int | None:
    """The limit of the plan, else of the plan that most customers have."""
    of_window = [entry for entry in facts.get("limits", ()) if entry["window"] == window]
    chosen = [entry for entry in of_window if entry["plan"] == plan] or of_window
    return int(chosen[0]["most"]) if chosen else None
