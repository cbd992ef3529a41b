"""What servers said themselves about a sending limit: in the text of a bounce, or in a notice to the customer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from modori.knowledge import table
from modori.types import Notice

_READ = 4096
WINDOWS: Mapping[str, float] = {"minute": 60.0, "hour": 3600.0, "day": 86400.0}


@dataclass(frozen=True, slots=True)
class Told:
    """`used` of `limit` in the `window` that ended at `when`; 0 and None = it did not say."""

    when: float
    provider: str
    window: str
    used: int = 0
    limit: int | None = None


def told_by_text(diagnosis: str, when: float) -> Told | None:
    """The limit that a refusal speaks of, None when it speaks of none."""
    for pattern, provider, window in _patterns():
        if found := pattern.search(diagnosis[:_READ]):
            groups = found.groupdict()
            limit = groups.get("limit")
            return Told(when, provider, window, int(groups.get("used") or 0), int(limit) if limit else None)
    return None


def told_by_notice(notice: Notice, provider: str = "") -> Told | None:
    """The limit that a provider's notice speaks of; a notice known to be a fake tells nothing."""
    if notice.kind != "send-limit" or notice.genuine is False:
        return None
    window, limit = notice.params.get("window"), notice.params.get("limit")
    return Told(
        notice.when,
        provider or _provider(notice.service),
        window if isinstance(window, str) and window in WINDOWS else "hour",
        notice.count,
        limit if isinstance(limit, int) else None,
    )


def _provider(service: str) -> str:
    """The id under which limits are published, for a service named by its domain."""
    first = service.partition(".")[0]
    return first if first in table("limits")["provider"] else service


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    said = table("limits")["said"]
    return tuple((re.compile(entry["pattern"], re.IGNORECASE), entry["provider"], entry["window"]) for entry in said)
