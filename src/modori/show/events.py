"""What happened when, how much was sent, when sending works again, and what ran at the same time."""

from __future__ import annotations

from modori.show.page import Page
from modori.types import ACT_NOW, Campaign, LimitUse, Report, Surge

_MOMENTS = 14
_SURGES = 6
_CAMPAIGNS = 6
_USUAL = 0.1  # fewer than one in ten such spans would bring a single bounce: "hardly any"


def course(page: Page, report: Report) -> None:
    """When it began, when it ended, and the events around it."""
    if not report.surges and not report.timeline:
        return
    page.heading("ui.head.course")
    for surge in report.surges[:_SURGES]:
        page.line(_rise(page, surge), "  ")
    shown = sorted(report.timeline, key=lambda m: m.when)
    for moment in shown[:_MOMENTS]:
        page.line(page.say(f"timeline.{moment.id}", moment.params), f"  {page.words.when(moment.when)}  ")
    if len(shown) > _MOMENTS:
        page.line(page.say("ui.line.more_moments", {"count": len(shown) - _MOMENTS}), "  ", "dim")


def _rise(page: Page, surge: Surge) -> str:
    expected = round(surge.expected, 1)
    usual = "" if expected >= _USUAL else "_none"
    counts = {"count": surge.count, "expected": expected}
    if surge.end is None:
        return page.say(f"ui.line.still_going{usual}", {**counts, "begin": surge.begin})
    return page.say(f"ui.line.span{usual}", {**counts, "span": page.words.span(surge.begin, surge.end)})


def volume(page: Page, report: Report) -> None:
    """How many messages really left: an interval, and what it rests on."""
    found = report.volume
    if found is None:
        return
    page.heading("ui.head.volume")
    counts = {"low": found.low, "median": found.median, "high": found.high}
    page.line(page.say("ui.volume.exact" if found.low == found.high else "ui.volume.range", counts), "  ", "bold")
    page.line(page.say(f"ui.volume.{found.basis}"), "  ")


def limits(page: Page, report: Report) -> None:
    """Whether the provider's limit was crossed, and when sending works again."""
    told = [use for use in report.limits if use.crossed is not None or use.limit is not None]
    if not told:
        return
    page.heading("ui.head.limit")
    for use in told:
        for key, params in _limit(page, use):
            page.line(page.say(f"ui.limits.{key}", params), "  ")


def _limit(page: Page, use: LimitUse) -> list[tuple[str, dict[str, object]]]:
    provider = page.words.first([f"panels.{use.provider}"]) or use.provider or page.say("ui.limits.your_provider")
    known: dict[str, object] = {"provider": provider, "limit": use.limit, "window": page.say(f"ui.window.{use.window}")}
    crossed = use.crossed is not None
    found = [("reached" if crossed and use.limit else "reached_unknown" if crossed else "below", known)]
    if use.used is not None and use.used.high:
        found.append(("used", {"low": use.used.low, "high": use.used.high}))
    if crossed and use.free_again:
        found.append(("free", {"free_again": use.free_again}))
    if use.source and use.limit:
        found.append(("source", {"source": use.source, "date": use.date}))
    return found


def campaigns(page: Page, report: Report) -> None:
    """What ran at once, one by one; nothing when there is only one."""
    if len(report.campaigns) < 2:
        return
    page.heading("ui.head.campaigns")
    ordered = sorted(report.campaigns, key=lambda c: (c.cause not in ACT_NOW, -c.bounces))
    for campaign in ordered[:_CAMPAIGNS]:
        _campaign(page, campaign)
    if len(ordered) > _CAMPAIGNS:
        page.line(page.say("ui.line.more_campaigns", {"count": len(ordered) - _CAMPAIGNS}), "  ", "dim")


def _campaign(page: Page, campaign: Campaign) -> None:
    named = page.say(f"verdict.{campaign.cause}.name")
    counts = {"cause": named, "bounces": campaign.bounces, "recipients": campaign.recipients}
    page.line(page.say("ui.line.campaign", counts), "  ・", "bold")
    origin = campaign.origin
    ips = origin.ips or ((origin.ip,) if origin.ip else ())
    details = {
        "subject": campaign.subject,
        "when": page.words.span(campaign.first, campaign.last) if campaign.first else "",
        "account": origin.account,
        "script": origin.script,
        "host": origin.host,
        "ips": ips,
    }
    for name, value in details.items():
        if value:
            key = "span" if name == "when" else name
            page.line(page.say(f"ui.line.campaign_{name}", {key: value}), "    ", "dim")
