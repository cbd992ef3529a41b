"""The first page, and what starts, stops or removes an examination."""

from __future__ import annotations

import time

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from modori.octets.addresses import address
from modori.show.words import Words
from modori.web.forms import existing
from modori.web.job import Asked, Job
from modori.web.listing import recent
from modori.web.page import language, page
from modori.web.shelf import Shelf

_MOST_OWN = 20


def shelf_of(request: Request) -> Shelf:
    found: Shelf = request.app.state.shelf
    return found


def job_of(request: Request) -> Job:
    """The job that the address names; 404 when there is none."""
    found = shelf_of(request).find(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def start(request: Request) -> Response:
    return _start(request)


def _start(request: Request, wrong: str = "", status: int = 200) -> Response:
    """The form, and the newest examinations."""
    rows, total = recent(shelf_of(request), Words(language(request)))
    return page(request, "start.html.jinja", status, rows=rows, total=total, wrong=wrong)


def own(text: str) -> tuple[str, ...]:
    """The addresses in what the user typed."""
    found = (address(part.encode("utf-8", "replace")) for part in text[:2000].replace(",", " ").split())
    return tuple(one for one in dict.fromkeys(found) if "@" in one)[:_MOST_OWN]


async def by_path(request: Request) -> Response:
    """Examine a folder or file of this machine where it lies."""
    form = await request.form(max_files=0, max_fields=10)
    told = str(form.get("path", "")).strip()
    path = existing(told)
    if not path:
        return _start(request, Words(language(request)).say("web.start.no_such_path", {"path": told or "—"}), 422)
    shelf = shelf_of(request)
    job = shelf.make(Asked(time.time(), language(request), own(str(form.get("me", ""))), path))
    shelf.start(job)
    return to(job)


def begin(request: Request) -> Response:
    job = job_of(request)
    shelf_of(request).start(job)
    return to(job)


def stop(request: Request) -> Response:
    job = job_of(request)
    shelf_of(request).stop(job)
    return to(job)


def delete(request: Request) -> Response:
    shelf_of(request).remove(job_of(request))
    return RedirectResponse("/", 303)


def to(job: Job, fragment: str = "") -> Response:
    return RedirectResponse(f"/jobs/{job.id}{fragment}", 303)
