"""What happened when, how much was sent, when sending works again, and what ran at the same time."""

from __future__ import annotations

from modori.show.axis import event
from modori.show.chart import chart, worth_drawing
from modori.show.page import Page
from modori.types import ACT_NOW, Campaign, Report, Surge

_KNOWN_TO_THE_USER = frozenset({"own", "forwarded", "none"})  # who sent it knows better than a rough guess
_MOMENTS = 14
_MOMENTS_FOLDED = 60  # where long lists are folded
_SURGES = 6
_CAMPAIGNS = 6
_UNSENT = 10
_DOMAINS = 4
_UNDRAWN = frozenset({"first-bounce", "last-bounce", "first-sent", "last-sent", "surge-end"})  # the chart has the rest
_USUAL = 0.1  # fewer than one in ten such spans would bring a single bounce: "hardly any"


def course(page: Page, report: Report) -> None:
    """When it began, when it ended, and the events around it."""
    if not report.surges and not report.timeline:
        return
    page.heading("ui.head.course")
    for surge in report.surges[:_SURGES]:
        page.line(_rise(page, surge, _until(report, surge)), "  ")
    bars = chart(report, page.words, page.width) if worth_drawing(report) else []
    if bars:
        page.gap()
        page.drawn(bars)
        page.gap()
    shown = sorted((m for m in report.timeline if not bars or page.verbose or m.id in _UNDRAWN), key=lambda m: m.when)
    most = _MOMENTS_FOLDED if page.verbose else _MOMENTS
    for moment in shown[:most]:
        page.line(event(page.words, moment), f"  {page.words.when(moment.when)}  ")
        page.opens(moment.place)
    if len(shown) > most:
        page.line(page.say("ui.line.more_moments", {"count": len(shown) - most}), "  ", "dim")


def _until(report: Report, surge: Surge) -> float | None:
    """When it was over: by the rate of the bounces, or with the last of them when the sending has stopped."""
    if surge.end is None and report.aftermath is not None and report.aftermath.stopped:
        return max((c.last for c in report.campaigns if c.cause in ACT_NOW), default=None)
    return surge.end


def _rise(page: Page, surge: Surge, until: float | None) -> str:
    expected = round(surge.expected, 1)
    usual = "" if expected >= _USUAL else "_none"
    counts = {"count": surge.count, "expected": expected}
    if until is None:
        return page.say(f"ui.line.still_going{usual}", {**counts, "begin": surge.begin})
    return page.say(f"ui.line.span{usual}", {**counts, "span": page.words.span(surge.begin, until)})


def volume(page: Page, report: Report) -> None:
    """How many messages really left: an interval, and what it rests on."""
    found = report.volume
    if found is None or (found.basis == "prior" and report.verdict.cause in _KNOWN_TO_THE_USER):
        return
    page.heading("ui.head.volume")
    counts = {"low": found.low, "median": found.median, "high": found.high}
    page.line(page.say("ui.volume.exact" if found.low == found.high else "ui.volume.range", counts), "  ", "bold")
    page.line(page.say(f"ui.volume.{found.basis}"), "  ")
    if report.profile is not None:
        sent_to = [f"{domain} ({page.words.number(count)})" for domain, count in report.profile.domains[:_DOMAINS]]
        page.line(page.say("count.profile.domains", {"domains": sent_to}), "  ")
        page.line(page.say("count.profile.invalid", {"percent": round(100 * report.profile.invalid)}), "  ")
        page.line(page.say("count.profile.pace", {"count": max(1, round(report.profile.an_hour))}), "  ")


def after(page: Page, report: Report) -> None:
    """Whether the sending itself has stopped, and which letters of the owner's own must be sent again."""
    found = report.aftermath
    if found is not None and found.last_sent is not None:
        page.heading("ui.head.after")
        key = "stopped" if found.stopped else "going_on" if found.stopped is False else "too_early"
        page.line(page.say(f"count.after.{key}", {"last": found.last_sent, "until": found.bounces_until}), "  ")
    if report.unsent:
        page.heading("ui.head.unsent")
        page.line(page.say("count.unsent.head", {"count": len(report.unsent)}), "  ")
        for letter in report.unsent[:_UNSENT]:
            params = {"when": letter.when, "subject": letter.subject, "recipients": letter.recipients}
            page.line(page.say("count.unsent.letter", params), "  ・")
            page.opens(letter.place)


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
    key = "campaign" if campaign.recipients else "campaign_letters"
    page.line(page.say(f"ui.line.{key}", counts), "  ・", "bold")
    origin = campaign.origin
    ips = origin.ips or ((origin.ip,) if origin.ip else ())
    details = {
        "subject": campaign.subject,
        "when": page.words.span(campaign.first, campaign.last) if campaign.first else "",
        "account": origin.account,
        "script": origin.script,
        "host": origin.host,
        "ips": ips,
        "countries": origin.country,
    }
    for name, value in details.items():
        if value:
            key = "span" if name == "when" else name
            page.line(page.say(f"ui.line.campaign_{name}", {key: value}), "    ", "dim")
    page.opens(next(iter(campaign.witnesses), None))
