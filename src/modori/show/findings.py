"""What else the reader should see: open questions, buried letters, reasons of refusal, notices, unreadable parts."""

from __future__ import annotations

from collections import Counter

from modori.show import safe
from modori.show.draft import written
from modori.show.page import Page
from modori.show.steps import steps
from modori.types import Notice, Report

_RESCUED = 20
_ALL = 120  # of them where long lists are folded
_REASONS = 8
_NOTICES = 8
_NEAR = 7 * 86_400.0  # a login notice of last month says nothing about this week
_PROBLEMS = 10
_NO_HURRY = frozenset({"newsletter", "list", "automatic", "unknown"})  # last, or left to `modori rescue`


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


def drafts(page: Page, report: Report) -> None:
    """The letters that the steps speak of, ready to copy."""
    if not report.plan.drafts:
        return
    page.heading("ui.head.drafts")
    for draft in report.plan.drafts:
        letter = written(report, draft, page.words.lang)
        page.gap()
        page.line(letter.title, "  ・", "bold")
        page.line(letter.subject, "    | ", rest="    | ")
        page.line("", "    |")
        for line in letter.body.splitlines():
            page.line(line, "    | " if line else "    |", rest="    | ")


def rescue(page: Page, report: Report) -> None:
    """The letters that must not be thrown away with the rest."""
    urgent = [letter for letter in report.rescue if letter.why not in _NO_HURRY]
    if not urgent or report.verdict.cause == "none":
        return
    page.heading("ui.head.rescue", {"count": len(urgent)})
    page.line(page.say("ui.line.rescue_hint"), "  ")
    others = [letter for letter in report.rescue if letter.why in _NO_HURRY]
    shown = [*urgent, *others][:_ALL] if page.verbose else urgent[:_RESCUED]
    for letter in shown:
        who = safe.line(letter.name or letter.sender, 60)
        page.line(safe.line(letter.subject, 120) or "—", f"  {page.words.when(letter.when)}  ", "bold")
        reason = page.words.first([f"ui.rescue.{letter.why}", f"ui.rescue.{letter.kind}"])
        page.line(" — ".join(part for part in (who, reason) if part), "    ", "dim")
        page.opens(letter.place)
    if len(report.rescue) > len(shown):
        page.line(page.say("ui.line.more_rescued", {"count": len(report.rescue) - len(shown)}), "  ", "dim")


def reasons(page: Page, report: Report) -> None:
    """Why the receivers refused, for the user's own mail: that is where the remedy lies."""
    own = [c.reasons for c in report.campaigns if c.cause == "own"]
    if not own and report.verdict.cause != "own":
        return
    told = Counter[str]()
    for found in own:
        told.update(found)
    counts = sorted((told or report.tallies.by_reason).items(), key=lambda item: (-item[1], item[0]))
    if not counts:
        return
    page.heading("ui.head.reasons")
    for reason, count in counts[:_REASONS]:
        named = page.words.first([f"reasons.{reason}.name", f"reasons.{reason}.title", f"reasons.{reason}"]) or reason
        page.line(page.say("ui.line.reason_count", {"reason": named, "count": count}), "  ・")


def notices(page: Page, report: Report) -> None:
    """Letters about the account from the days of the incident, with whether they can be believed."""
    near = [notice for notice in report.notices if _during(report, notice)]
    if not near:
        return
    page.heading("ui.head.notices")
    for notice in sorted(near, key=lambda n: n.when)[-_NOTICES:]:
        _notice(page, notice)
    if any(notice.genuine is None for notice in near):
        page.line(page.say("notices.mark.unknown"), "  ", "dim")


def _during(report: Report, notice: Notice) -> bool:
    if not report.campaigns:
        return True
    return any(c.first - _NEAR <= notice.when <= c.last + _NEAR for c in report.campaigns)


def _notice(page: Page, notice: Notice) -> None:
    params = {**notice.params, "service": notice.service, "where": notice.where, "count": notice.count or None}
    named = page.words.first([f"notices.{notice.kind}", "notices.other"], params)
    page.line(named, f"  {page.words.when(notice.when)}  ")
    if notice.genuine is not None:
        page.line(page.say(f"notices.mark.{'genuine' if notice.genuine else 'false'}"), "    ", "dim")
    page.opens(notice.place)


def problems(page: Page, report: Report) -> None:
    """What could not be read, so that nobody believes it was."""
    if not report.problems:
        return
    page.heading("ui.head.problems")
    for problem in report.problems[:_PROBLEMS]:
        keys = [f"problems.{problem.id}.what", f"problems.{problem.id}"]
        named = page.words.first(keys, problem.params) or problem.id
        page.line(f"{safe.line(problem.place.source, 160)}: {named}", "  ・")
    if len(report.problems) > _PROBLEMS:
        page.line(page.say("ui.line.more_problems", {"count": len(report.problems) - _PROBLEMS}), "  ", "dim")


def footer(page: Page, report: Report) -> None:
    page.gap()
    page.line(page.say("ui.line.zone", {"zone": page.words.zone_name()}), style="dim")
