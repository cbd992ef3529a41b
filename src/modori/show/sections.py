"""The sections of the text report: each takes the page and the report, and says one thing or nothing.

What is said first is what a frightened reader needs first. Every claim names the place where it can be checked.
"""

from __future__ import annotations

from modori.show import safe
from modori.show.direction import speaks_for
from modori.show.page import Page
from modori.show.steps import steps
from modori.types import ACT_NOW, Campaign, LimitUse, Notice, Place, Report, Sign

_SIGNS = 6
_COUNTER_SIGNS = 2
_CAMPAIGNS = 6
_RESCUED = 20
_MOMENTS = 14
_REASONS = 8
_PROBLEMS = 10
_SEVERITY = {"critical": "red", "warning": "yellow", "notice": "green", "calm": "green"}


# --- the answer -------------------------------------------------------------------------------------------------


def headline(page: Page, report: Report) -> None:
    """Three lines: what happened, whether it is dangerous, what to do now; then how sure that is."""
    verdict = report.verdict
    style = _SEVERITY.get(verdict.severity, "bold")
    for part in ("what", "danger", "now"):
        page.line(page.say(f"verdict.{verdict.cause}.{part}"), style=style)
    page.gap()
    page.line(page.say("ui.line.counts", {"letters": report.tallies.letters, "bounces": report.tallies.bounces}))
    page.line(_sureness(page, report))
    if verdict.cause not in ACT_NOW and verdict.cause != "undecided" and verdict.hijack_odds >= 0.02:
        page.line(page.say("verdict.sure.still", {"percent": percent(verdict.hijack_odds)}))
    for cause, count in _besides(report).items():
        page.line(page.say(f"verdict.also.{cause}", {"count": count}))


def _sureness(page: Page, report: Report) -> str:
    verdict = report.verdict
    shown = {"percent": percent(verdict.confidence)}
    if verdict.cause == "undecided":
        if not verdict.likely or verdict.likely == "undecided":
            return page.say("verdict.sure.low", shown)
        return page.say("verdict.sure.leaning", {**shown, "cause": page.say(f"verdict.{verdict.likely}.name")})
    grade = next(g for g, least in (("most", 0.99), ("high", 0.9), ("fair", 0.6), ("low", 0.0)) if verdict.confidence >= least)
    return page.say(f"verdict.sure.{grade}", shown)


def percent(odds: float) -> str:
    """A probability as people say it; never 100 %, because nothing here is."""
    points = 100 * min(max(odds, 0.0), 0.999)
    return f"{points:.1f} %" if points > 99 or points < 10 else f"{points:.0f} %"


def _besides(report: Report) -> dict[str, int]:
    """Bounces of the other causes, by cause, the largest first."""
    others: dict[str, int] = {}
    for campaign in report.campaigns:
        if campaign.cause not in (report.verdict.cause, "none", "undecided"):
            others[campaign.cause] = others.get(campaign.cause, 0) + campaign.bounces
    return dict(sorted(others.items(), key=lambda item: -item[1]))


# --- the evidence -----------------------------------------------------------------------------------------------


def why(page: Page, report: Report) -> None:
    """The signs that carry the verdict, strongest first, each with the line it rests on; then what speaks against."""
    if report.verdict.cause == "none" and not report.verdict.signs:
        return
    signs = sorted(report.verdict.signs, key=lambda s: -abs(s.bits))
    cause = report.verdict.likely or report.verdict.cause
    carrying = [s for s in signs if speaks_for(s, cause)]
    against = [s for s in signs if s not in carrying and abs(s.bits) >= 1][:_COUNTER_SIGNS]
    page.heading("ui.head.why")
    if not carrying:
        page.line(page.say("ui.line.no_signs"), "  ")
    for sign in carrying[:_SIGNS]:
        _sign(page, report, sign)
    if len(carrying) > _SIGNS:
        page.line(page.say("ui.line.more_signs", {"count": len(carrying) - _SIGNS}), "  ", "dim")
    if against:
        page.heading("ui.head.against")
        for sign in against:
            _sign(page, report, sign)


def _sign(page: Page, report: Report, sign: Sign) -> None:
    page.line(page.words.first([f"signs.{sign.id}", *_general(sign.id)], sign.params) or page.say(sign.id), "  ・")
    quoted = next((at for at in sign.places if report.quotes.get(at)), None)
    if quoted is not None:
        page.line(page.say("ui.line.quote", {"quote": safe.line(report.quotes[quoted], 240)}), "    ", "dim")
    at = quoted or next(iter(sign.places), None)
    if at is not None:
        page.line(where(page, at), "    ", "dim")


def _general(identity: str) -> list[str]:
    return ["signs.answer"] if identity.startswith("answer-") else []


def where(page: Page, at: Place) -> str:
    """Source and position in words."""
    shown = {"source": safe.line(at.source, 160), "offset": at.offset, "number": at.line, "uid": str(at.uid)}
    return page.say("ui.line.at_uid" if at.uid else "ui.line.at_line" if at.line else "ui.line.at", shown)


# --- the course of events and the amounts -----------------------------------------------------------------------


def course(page: Page, report: Report) -> None:
    """When it began, when it ended, and the events around it."""
    if not report.surges and not report.timeline:
        return
    page.heading("ui.head.course")
    for surge in report.surges[:_CAMPAIGNS]:
        expected = round(surge.expected, 1)
        key = ("still_going" if surge.end is None else "span") if expected >= 0.1 else (
            "still_going_none" if surge.end is None else "usual_none"
        )
        span = "" if surge.end is None else page.words.span(surge.begin, surge.end)
        page.line(
            page.say(f"ui.line.{key}", {"begin": surge.begin, "span": span, "count": surge.count, "expected": expected}), "  "
        )
    shown = sorted(report.timeline, key=lambda m: m.when)
    for moment in shown[:_MOMENTS]:
        page.line(page.say(f"timeline.{moment.id}", moment.params), f"  {page.words.when(moment.when)}  ")
    if len(shown) > _MOMENTS:
        page.line(page.say("ui.line.more_moments", {"count": len(shown) - _MOMENTS}), "  ", "dim")


def volume(page: Page, report: Report) -> None:
    """How many messages really left: an interval, and what it rests on."""
    found = report.volume
    if found is None:
        return
    page.heading("ui.head.volume")
    exact = found.low == found.high
    page.line(
        page.say("ui.volume.exact" if exact else "ui.volume.range", {"low": found.low, "median": found.median, "high": found.high}),
        "  ",
        "bold",
    )
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
    named = {"cause": page.say(f"verdict.{campaign.cause}.name"), "bounces": campaign.bounces, "recipients": campaign.recipients}
    page.line(page.say("ui.line.campaign", named), "  ・", "bold")
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


# --- what is open, what else was found --------------------------------------------------------------------------


def missing(page: Page, report: Report) -> None:
    """The evidence that would settle the case."""
    if not report.verdict.missing:
        return
    page.heading("ui.head.missing")
    page.line(page.say("ui.line.how_to_settle"), "  ")
    for item in report.verdict.missing:
        page.line(page.say(f"missing.{item.id}", item.params), "  ・")


def plan(page: Page, report: Report) -> None:
    """The steps, in order, grouped by urgency."""
    if report.plan.steps:
        page.heading("ui.head.plan")
        steps(page, report.plan)


def rescue(page: Page, report: Report) -> None:
    """The letters that must not be thrown away with the rest."""
    if not report.rescue:
        return
    page.heading("ui.head.rescue", {"count": len(report.rescue)})
    page.line(page.say("ui.line.rescue_hint"), "  ")
    for letter in report.rescue[:_RESCUED]:
        who = safe.line(letter.name or letter.sender, 60)
        page.line(safe.line(letter.subject, 120) or "—", f"  {page.words.when(letter.when)}  ", "bold")
        reason = page.words.first([f"ui.rescue.{letter.why}", f"ui.rescue.{letter.kind}"])
        page.line(" — ".join(part for part in (who, reason) if part), "    ", "dim")
    if len(report.rescue) > _RESCUED:
        page.line(page.say("ui.line.more_rescued", {"count": len(report.rescue) - _RESCUED}), "  ", "dim")


def reasons(page: Page, report: Report) -> None:
    """Why the receivers refused, for the user's own mail: that is where the remedy lies."""
    counts = sorted(report.tallies.by_reason.items(), key=lambda item: (-item[1], item[0]))
    if not counts or "own" not in {report.verdict.cause, *(c.cause for c in report.campaigns)}:
        return
    page.heading("ui.head.reasons")
    for reason, count in counts[:_REASONS]:
        named = page.words.first([f"reasons.{reason}.name", f"reasons.{reason}.title", f"reasons.{reason}"]) or reason
        page.line(page.say("ui.line.reason_count", {"reason": named, "count": count}), "  ・")


def notices(page: Page, report: Report) -> None:
    """Letters about the account, with whether they can be believed."""
    if not report.notices:
        return
    page.heading("ui.head.notices")
    for notice in sorted(report.notices, key=lambda n: n.when)[:_MOMENTS]:
        _notice(page, notice)


def _notice(page: Page, notice: Notice) -> None:
    params = {**notice.params, "service": notice.service, "where": notice.where, "count": notice.count or None}
    named = page.words.first([f"notices.{notice.kind}", "notices.other"], params)
    mark = {True: "genuine", False: "false", None: "unknown"}[notice.genuine]
    page.line(named, f"  {page.words.when(notice.when)}  ")
    page.line(page.say(f"notices.mark.{mark}"), "    ", "dim")


def problems(page: Page, report: Report) -> None:
    """What could not be read, so that nobody believes it was."""
    if not report.problems:
        return
    page.heading("ui.head.problems")
    for problem in report.problems[:_PROBLEMS]:
        named = page.words.first([f"problems.{problem.id}.what", f"problems.{problem.id}"], problem.params) or problem.id
        page.line(f"{safe.line(problem.place.source, 160)}: {named}", "  ・")
    if len(report.problems) > _PROBLEMS:
        page.line(page.say("ui.line.more_problems", {"count": len(report.problems) - _PROBLEMS}), "  ", "dim")


def footer(page: Page, report: Report) -> None:
    page.gap()
    page.line(page.say("ui.line.zone", {"zone": page.words.zone_name()}), style="dim")
