"""Several examinations side by side: is it one break-in in four mailboxes, or four different stories?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from modori.show import safe
from modori.show.html import View
from modori.show.words import Words
from modori.types import Report
from modori.web.job import Job
from modori.web.listing import overviews
from modori.web.page import language, page
from modori.web.reports import worded
from modori.web.shelf import Shelf

MOST = 4
_LONG = 80


@dataclass(frozen=True, slots=True)
class Column:
    """One examination in words; `rows` are named facts in the order of the page."""

    id: str
    name: str
    view: View
    rows: tuple[tuple[str, str], ...]


def compare(request: Request) -> Response:
    """The chosen ones, and what is the same in several of them."""
    shelf, lang = request.app.state.shelf, language(request)
    chosen = ((job, worded(job, lang)) for job in _jobs(shelf, request.query_params.getlist("job")))
    found = [(job, *finished) for job, finished in chosen if finished is not None]
    if len(found) < 2:
        return RedirectResponse("/examinations", 303)
    columns = [_column(job, report, seen) for job, report, seen in found]
    same = list(_same([report for _, report, _ in found], Words(lang)))
    return page(request, "compare.html.jinja", columns=columns, same=same)


def _jobs(shelf: Shelf, names: list[str]) -> list[Job]:
    found = (shelf.find(name) for name in dict.fromkeys(names[: 10 * MOST]))
    return [job for job in found if job is not None][:MOST]


def _column(job: Job, report: Report, seen: View) -> Column:
    asked, outcome = job.asked(), job.outcome()
    words = seen.words
    stood = overviews({outcome.incident}).get(outcome.incident) if outcome and outcome.incident else None
    first = min((campaign.first for campaign in report.campaigns), default=None)
    last = max((campaign.last for campaign in report.campaigns), default=None)
    rows = {
        "examined": words.when(asked.made) if asked else "",
        "errors": words.number(report.tallies.bounces),
        "first": words.when(first) if first else "",
        "last": words.when(last) if last else "",
        "steps": f"{stood.done} / {stood.wanted}" if stood else "",
    }
    name = ", ".join(safe.line(address, _LONG) for address in report.owner.addresses[:3])
    told = tuple((words.say(f"web.compare.{key}"), value) for key, value in rows.items() if value)
    return Column(job.id, name or words.say("incident.line.nobody"), seen, told)


def _same(reports: list[Report], words: Words) -> Iterator[str]:
    """What two of them share and what tells one source: its address, account, program, the mail's subject."""
    for kind in ("ip", "account", "script", "subject"):
        told = [set(_values(report, kind)) for report in reports]
        shared = sorted({value for one in told for value in one if sum(value in other for other in told) > 1})
        if shared:
            yield words.say(f"web.compare.{kind}", {"value": shared})


def _values(report: Report, kind: str) -> Iterator[str]:
    for campaign in report.campaigns:
        if kind == "subject":
            found: tuple[str, ...] = (campaign.subject,)
        elif kind == "ip":
            found = (campaign.origin.ip, *campaign.origin.ips)
        else:
            found = (getattr(campaign.origin, kind),)
        yield from filter(None, found)
