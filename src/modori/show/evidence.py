"""Why the verdict can be believed: one sentence for each sign, the line it rests on, and where that line is."""

from __future__ import annotations

from modori.show import safe
from modori.show.direction import pull, speaks_for
from modori.show.page import Page
from modori.types import Place, Report, Sign

_CARRYING = 6
_AGAINST = 2
_DISARMED = frozenset({"own-below-untrusted", "outside-headers"})  # weightless, but readers find them and worry
# Found by comparing with the mailbox: no single line shows it, and no place is worth printing.
_COMPARED = frozenset(
    {
        "not-in-sent", "message-id-in-sent", "recipients-known", "recipients-unknown", "recipients-many",
        "foreign-writers-only", "not-automatic", "answered-senders", "form-notified", "forwarded-same-letter",
        "forwarding-recipient", "sender-own", "sender-foreign",
    }
)  # fmt: skip
_PATH = 40
_SLIGHT = 1.0  # log-odds below this change nobody's mind


def why(page: Page, report: Report) -> None:
    """The signs that carry the verdict, strongest first, each with the line it rests on; then what speaks against."""
    if report.verdict.cause == "none" and not report.verdict.signs:
        return
    cause = argued(report)
    signs = sorted(report.verdict.signs, key=lambda s: -abs(pull(s, cause)))
    carrying = [s for s in signs if speaks_for(s, cause)]
    against = [s for s in signs if s not in carrying and (abs(s.bits) >= _SLIGHT or s.id in _DISARMED)][:_AGAINST]
    page.heading("ui.head.why")
    if not carrying:
        page.line(page.say("ui.line.no_signs"), "  ")
    shown = carrying if page.verbose else carrying[:_CARRYING]
    cited: set[str] = set()
    for sign in shown:
        _sign(page, report, sign, cited)
    if len(carrying) > len(shown):
        page.line(page.say("ui.line.more_signs", {"count": len(carrying) - len(shown)}), "  ", "dim")
    if countries := next((c.origin.country for c in report.campaigns if c.cause == report.verdict.cause), ""):
        page.line(page.say("ui.line.campaign_countries", {"countries": countries}), "  ・")
    if against:
        page.heading("ui.head.against")
        for sign in against:
            _sign(page, report, sign, cited)


def argued(report: Report) -> str:
    """The cause that the signs are read for: in an open case the likeliest, in an ordinary one the owner's own mail."""
    cause = report.verdict.likely or report.verdict.cause
    return "own" if cause == "none" else cause


def _sign(page: Page, report: Report, sign: Sign, cited: set[str]) -> None:
    """The sentence, the line it rests on unless that was shown already, and the place."""
    cause = argued(report)
    keys = [f"signs.as.{cause}.{sign.id}", f"signs.{sign.id}", *_general(sign.id)]
    page.line(page.words.first(keys, sign.params) or page.say(sign.id), "  ・")
    at = _telling(report, sign, cited)
    if at is not None:
        cited.add(report.quotes[at])
        page.line(page.say("ui.line.quote", {"quote": report.quotes[at]}), "    ", "dim")
    at = at or next(iter(sign.places), None)
    if at is None:
        return
    if sign.id in _COMPARED or (shown := where(page, at)) in cited:
        page.opens(at)
    else:
        cited.add(shown)
        page.source(shown, at)


def _telling(report: Report, sign: Sign, cited: set[str]) -> Place | None:
    """The place whose line shows most of what the sentence says, and was not quoted for an earlier sign."""
    if sign.id in _COMPARED:
        return None
    fresh = [at for at in sign.places if report.quotes.get(at) and report.quotes[at] not in cited]
    values = [value for value in sign.params.values() if isinstance(value, str)]
    return max(fresh, key=lambda at: sum(value in report.quotes[at] for value in values), default=None)


def _general(identity: str) -> list[str]:
    return ["signs.answer"] if identity.startswith("answer-") else []


def where(page: Page, at: Place) -> str:
    """Source and position in words."""
    shown = {"source": _short(at.source), "offset": at.offset, "number": at.line, "uid": str(at.uid)}
    kind = "at_uid" if at.uid else "at_line" if at.line else "at" if at.offset else "at_file"
    return page.say(f"ui.line.{kind}", shown)


def _short(source: str) -> str:
    """The end of a long path: the reader knows where the files are; the JSON report has the whole of it."""
    shown = safe.line(source, 400)
    _, slash, name = shown.rpartition("/")
    return shown if len(shown) <= _PATH or not slash else f"…/{name}"
