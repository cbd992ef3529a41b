"""Why the verdict can be believed: one sentence for each sign, the line it rests on, and where that line is."""

from __future__ import annotations

from modori.show import safe
from modori.show.direction import speaks_for
from modori.show.page import Page
from modori.types import Place, Report, Sign

_CARRYING = 6
_AGAINST = 2
_DISARMED = frozenset({"own-below-untrusted", "outside-headers"})  # weightless, but readers find them and worry
_SLIGHT = 1.0  # log-odds below this change nobody's mind


def why(page: Page, report: Report) -> None:
    """The signs that carry the verdict, strongest first, each with the line it rests on; then what speaks against."""
    if report.verdict.cause == "none" and not report.verdict.signs:
        return
    signs = sorted(report.verdict.signs, key=lambda s: -abs(s.bits))
    cause = report.verdict.likely or report.verdict.cause
    carrying = [s for s in signs if speaks_for(s, cause)]
    against = [s for s in signs if s not in carrying and (abs(s.bits) >= _SLIGHT or s.id in _DISARMED)][:_AGAINST]
    page.heading("ui.head.why")
    if not carrying:
        page.line(page.say("ui.line.no_signs"), "  ")
    shown = carrying if page.verbose else carrying[:_CARRYING]
    for sign in shown:
        _sign(page, report, sign)
    if len(carrying) > len(shown):
        page.line(page.say("ui.line.more_signs", {"count": len(carrying) - len(shown)}), "  ", "dim")
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
