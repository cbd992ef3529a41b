"""Report -> text for a terminal: the answer in three lines, then the evidence, the course of events, and the plan.

This file is the order of the sections, nothing else; what each says is in the modules it names, the words are data.
"""

from __future__ import annotations

from modori.show import answer, events, evidence, findings, limits
from modori.show.page import Page
from modori.show.words import Words
from modori.types import Report

_ORDER = (
    answer.headline,
    evidence.why,
    events.course,
    events.volume,
    events.after,
    limits.limits,
    events.campaigns,
    findings.missing,
    findings.plan,
    findings.rescue,
    findings.drafts,
    findings.reasons,
    findings.notices,
    findings.problems,
    findings.footer,
)


def text(report: Report, lang: str, width: int = 80, colour: bool = False, verbose: bool = False) -> str:
    """The whole report in one language; no line is wider than `width`, and nothing in it can command a terminal.

    `verbose` tells how for the steps that can wait, too, and shows every sign.
    """
    page = Page(Words(lang, report.zone_minutes), width, colour, verbose)
    for section in _ORDER:
        section(page, report)
    return page.text()
