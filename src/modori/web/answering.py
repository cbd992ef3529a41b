"""The page of one job: its progress, then its answer, the steps that are ticked, the letters behind the signs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from modori.errors import StoreError
from modori.pipeline import parse_letter, wording
from modori.show import letter as letters
from modori.show.html import View, charts, places
from modori.show.incident import changes
from modori.show.outline import Outline
from modori.show.words import Words
from modori.store import Store
from modori.types import Change, Incident, Place, Report
from modori.web import domain, login, site
from modori.web.incidents import ticked
from modori.web.job import Job
from modori.web.opening import Opened, opened
from modori.web.page import language, page
from modori.web.reading import told
from modori.web.reports import worded
from modori.web.starting import job_of, shelf_of, to


def job(request: Request) -> Response:
    """The answer when there is one, else how far the reading is."""
    found = job_of(request)
    outcome = found.outcome()
    finished = worded(found, language(request)) if outcome is not None else None
    if finished is not None:
        return _answer(request, found, *finished)
    if outcome is not None and outcome.site:
        return site.result(request, found)
    words, state = Words(language(request)), shelf_of(request).state(found)
    return page(
        request, "working.html.jinja", job=found, state=state, told=told(words, found.progress(), found.about_site()),
        account=login.account_of(found),
    )  # fmt: skip


def progress(request: Request) -> Response:
    """The same in small, for the script that looks again and again."""
    found, words = job_of(request), Words(language(request))
    return JSONResponse({"state": shelf_of(request).state(found), **told(words, found.progress(), found.about_site())})


def _answer(request: Request, job: Job, report: Report, seen: View) -> Response:
    incident = _incident(job)
    kept = _kept(incident)
    return page(
        request, "result.html.jinja", words=seen.words, job=job, done=ticked(kept) if kept else (),
        view=replace(seen, charts=charts(report, seen.words, kept)) if kept else seen,
        open=_opener(job, report), incident=incident, question=_question(job),
        changes=changes(kept, _changed(job, report), seen.words.lang) if kept else [],
        domains=domain.offered(report),
    )  # fmt: skip


def _opener(job: Job, report: Report) -> Callable[[Place], str]:
    numbers = {place: number for number, place in enumerate(places(report))}

    def address(place: Place) -> str:
        return f"/jobs/{job.id}/letters/{numbers[place]}" if place in numbers else ""

    return address


def _incident(job: Job) -> str:
    outcome = job.outcome()
    return outcome.incident if outcome is not None else ""


def _question(job: Job) -> str:
    outcome = job.outcome()
    return outcome.question if outcome is not None else ""


async def answer(request: Request) -> Response:
    """What only the user knows: weighed by a worker, after which there may be another question."""
    found = job_of(request)
    form = await request.form(max_files=0, max_fields=10)
    value = str(form.get("value", ""))
    if form.get("question") == _question(found) != "" and value in ("yes", "no", ""):
        shelf_of(request).stop(found)  # one that has finished, but has not ended yet
        found.answered(_question(found), value)
        shelf_of(request).start(found)
    return to(found)


def _kept(incident: str) -> Incident | None:
    """What the store remembers of the mailbox."""
    if not incident:
        return None
    try:
        with Store.open() as store:
            return store.incident(incident)
    except StoreError:
        return None


def _changed(job: Job, report: Report) -> list[Change]:
    """What was different from the check before; not a verdict that an answer has changed since."""
    return [c for c in job.changes() if c.params.get("cause", report.verdict.cause) == report.verdict.cause]


async def tick(request: Request) -> Response:
    """One step done, or not done after all."""
    job = job_of(request)
    form = await request.form(max_files=0, max_fields=10)
    step, done = str(form.get("step", "")), form.get("done") == "yes"
    try:
        with Store.open() as store:
            (store.tick if done else store.untick)(_incident(job), step, time.time())
    except StoreError as wrong:
        raise HTTPException(409) from wrong
    return to(job, f"#step-{step}")


def letter(request: Request) -> Response:
    """The letter that a sign rests on: in plain words, and as it is stored with the line marked."""
    job, number = job_of(request), request.path_params["number"]
    report = job.report()
    if report is None or number >= len(places(report)):
        raise HTTPException(404)
    at = places(report)[number]
    found = opened(job.sources(), at, report.quotes.get(at, ""), job.letter(at))
    words = Words(language(request), report.zone_minutes)
    said = _said(found, words, any(at == letter.place for letter in report.rescue)) if found else []
    return page(request, "letter.html.jinja", words=words, job=job, found=found, sections=said)


def _said(found: Opened, words: Words, rescued: bool) -> list[object]:
    """What `modori explain` says of the letter."""
    if found.letter is None:
        return []
    reading = parse_letter(found.letter)
    outline = Outline(words)
    bounce, original = (reading.bounce, reading.original) if reading else (None, None)
    letters.tell(outline, found.letter, bounce, original, wording(found.letter), rescued)
    return [section for section in outline.sections if section.items]
