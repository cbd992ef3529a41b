"""The site page: a folder of this machine and its access logs, read as text by a worker and never run."""

from __future__ import annotations

import time

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from modori.show import site as shown
from modori.show.outline import told
from modori.show.words import Words
from modori.web.forms import existing, fields
from modori.web.job import Asked, Job
from modori.web.page import language, page
from modori.web.starting import job_of, shelf_of, to

_MOST_LOGS = 50


def start(request: Request) -> Response:
    return page(request, "site.html.jinja", path="", logs="", wrong="")


async def begin(request: Request) -> Response:
    """Examine the folder where it lies, with the logs that were named."""
    given = await fields(request)
    path, logs = given.get("path", "").strip(), given.get("logs", "")
    named = tuple(line.strip() for line in logs.splitlines() if line.strip())[:_MOST_LOGS]
    there = [existing(one) for one in (path, *named)]
    if not all(there):
        missing = (path, *named)[there.index("")]
        words = Words(language(request))
        wrong = words.say("web.start.no_such_path", {"path": missing or "—"})
        return page(request, "site.html.jinja", 422, path=path, logs=logs, wrong=wrong)
    shelf = shelf_of(request)
    job = shelf.make(Asked(time.time(), language(request), path=there[0], site=True, logs=tuple(there[1:])))
    shelf.start(job)
    return to(job)


def beside(request: Request) -> Response:
    """What was found of the site among the files that were given with a mailbox."""
    return result(request, job_of(request))


def result(request: Request, job: Job) -> Response:
    found = job.site()
    if found is None:
        raise HTTPException(404)
    report = job.report()
    zone = report.zone_minutes if report is not None else (time.localtime().tm_gmtoff or 0) // 60
    words = Words(language(request), zone)
    sections = told(words, lambda page: shown.tell(page, found.files, found.visits, found.problems))
    return page(
        request, "site_result.html.jinja", words=words, job=job, sections=sections,
        severity=shown.severity(found.files), path=_path(job), beside=report is not None,
    )  # fmt: skip


def _path(job: Job) -> str:
    """The folder that was looked at, as the user named it; "" for files that were handed over."""
    asked = job.asked()
    return asked.path if asked is not None and asked.site else ""
