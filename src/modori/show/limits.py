"""When mail goes again: which limit was exceeded, when it has room, and where the number comes from."""

from __future__ import annotations

from modori.knowledge import table
from modori.show.page import Page
from modori.types import ACT_NOW, LimitUse, Report

_SAID = "said"


def limits(page: Page, report: Report) -> None:
    """Limits that were exceeded; those that were kept, or that nobody publishes, when it matters or when asked."""
    told = _told(page, report)
    if not told:
        return
    page.heading("ui.head.limit")
    for use in told:
        for key in _limit(use, report.generated):
            page.line(page.say(f"ui.limits.{key}", _params(page, use)), "  ")
        if key := _source(use):
            page.line(page.say(f"ui.limits.{key}", _params(page, use)), "  ", "dim")


def _told(page: Page, report: Report) -> list[LimitUse]:
    crossed = [use for use in report.limits if use.crossed is not None]
    kept = [use for use in report.limits if use.crossed is None and (use.limit is not None or use.source)]
    if page.verbose:
        return crossed + kept
    return crossed or (kept if report.verdict.cause in ACT_NOW else [])


def _limit(use: LimitUse, now: float) -> list[str]:
    """The sentences about one limit."""
    if use.crossed is None:
        return ["below" if use.limit else "unpublished"]
    over = use.free_again is not None and use.free_again <= now
    found = [("exceeded" if over else "reached") if use.limit else "reached_unknown"]
    if use.used is not None and use.used.high:
        found.append("used_exactly" if use.used.low == use.used.high else "used")
    return [*found, "lasting" if use.free_again is None else "free_past" if over else "free"]


def _source(use: LimitUse) -> str:
    """Where the number comes from; one that nobody looked up is called so."""
    if use.limit is None or not use.source:
        return ""
    if use.source == _SAID:
        return "source_said"
    return "source" if use.checked else "source_unchecked"


def _params(page: Page, use: LimitUse) -> dict[str, object]:
    return {
        "provider": _provider(page, use.provider),
        "limit": use.limit,
        "window": page.say(f"ui.window.{use.window}"),
        "crossed": use.crossed,
        "free_again": use.free_again,
        "low": use.used.low if use.used else None,
        "high": use.used.high if use.used else None,
        "source": use.source,
        "date": use.date,
        "plan": use.plan,
    }


def _provider(page: Page, identity: str) -> str:
    panel = table("panels").get(identity)
    if panel:
        return str(panel["name"][page.words.lang])
    return page.words.first([f"ui.value.provider.{identity}"]) or identity or page.say("ui.limits.your_provider")
