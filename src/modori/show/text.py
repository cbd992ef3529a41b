"""Report -> text for a terminal: the answer in three lines, then the evidence, the course of events, and the plan.

This file is the order of the sections, nothing else; what each says is in sections.py, the words are data.
"""

from __future__ import annotations

from modori.show import sections
from modori.show.page import Page
from modori.show.words import Words
from modori.types import Report

_ORDER = (
    sections.headline,
    sections.why,
    sections.course,
    sections.volume,
    sections.limits,
    sections.campaigns,
    sections.missing,
    sections.plan,
    sections.rescue,
    sections.reasons,
    sections.notices,
    sections.problems,
    sections.footer,
)


def text(report: Report, lang: str, width: int = 80, colour: bool = False) -> str:
    """The whole report in one language; no line is wider than `width`, and nothing in it can command a terminal."""
    page = Page(Words(lang, report.zone_minutes), width, colour)
    for section in _ORDER:
        section(page, report)
    return page.text()
