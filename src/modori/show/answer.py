"""The answer in three lines, for a reader who is frightened and no expert; then how sure it is.

Line one says what happened, line two whether it is dangerous, line three what to do now. Nothing comes before them.
"""

from __future__ import annotations

from modori.show.page import Page
from modori.types import ACT_NOW, Report

_SEVERITY = {"critical": "red", "warning": "yellow", "notice": "green", "calm": "green"}
_GRADES = (("most", 0.99), ("high", 0.9), ("fair", 0.6), ("low", 0.0))
_WORTH_SAYING = 0.02  # the chance of a break-in from which the plan asks for a new password


def headline(page: Page, report: Report) -> None:
    """Three lines: what happened, whether it is dangerous, what to do now; then how sure that is."""
    verdict = report.verdict
    style = _SEVERITY.get(verdict.severity, "bold")
    for part in ("what", "danger", "now"):
        page.line(page.say(f"verdict.{verdict.cause}.{part}"), style=style)
    page.gap()
    page.line(page.say("ui.line.counts", {"letters": report.tallies.letters, "bounces": report.tallies.bounces}))
    if report.tallies.fakes:
        page.line(page.say("ui.line.fakes", {"fakes": report.tallies.fakes}))
    page.line(_sureness(page, report))
    if verdict.cause not in ACT_NOW and verdict.cause != "undecided" and verdict.hijack_odds >= _WORTH_SAYING:
        page.line(page.say("verdict.sure.still", {"percent": percent(verdict.hijack_odds)}))
    for cause, count in _besides(report).items():
        page.line(page.say(f"verdict.also.{cause}", {"count": count}))


def _sureness(page: Page, report: Report) -> str:
    verdict = report.verdict
    shown = {"percent": percent(verdict.confidence)}
    if verdict.cause == "undecided":
        if not verdict.likely or verdict.likely == "undecided":
            return page.say("verdict.sure.low", shown)
        named = page.say(f"verdict.{verdict.likely}.name")
        return page.say("verdict.sure.leaning", {**shown, "cause": named})
    grade = next(grade for grade, least in _GRADES if verdict.confidence >= least)
    return page.say(f"verdict.sure.{grade}", shown)


def percent(odds: float) -> str:
    """A probability as people say it; never 100 %, because nothing here is."""
    points = 100 * min(max(odds, 0.0), 0.999)
    return f"{points:.1f} %" if points > 99 or points < 10 else f"{points:.0f} %"


def _besides(report: Report) -> dict[str, int]:
    """Bounces of the other causes, by cause, the largest first; the few of an ordinary mailbox are what it is about."""
    others: dict[str, int] = {}
    for campaign in report.campaigns if report.verdict.cause != "none" else ():
        if campaign.cause not in (report.verdict.cause, "none", "undecided"):
            others[campaign.cause] = others.get(campaign.cause, 0) + campaign.bounces
    return dict(sorted(others.items(), key=lambda item: -item[1]))
