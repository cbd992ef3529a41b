"""Files from the browser to the job's folder: in pieces with our script, in one form without it."""

from __future__ import annotations

import shutil
import time

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from modori.web import uploads
from modori.web.job import Asked
from modori.web.page import language
from modori.web.starting import job_of, own, shelf_of, to

_MOST_FILES = 1000
_FULL = 507  # RFC 4918: the disk has no room


async def make(request: Request) -> Response:
    """A job that waits for its files."""
    form = await request.form(max_files=0, max_fields=10)
    asked = Asked(time.time(), language(request), own(str(form.get("me", ""))))
    return JSONResponse({"id": shelf_of(request).make(asked).id}, 201)


def arrived(request: Request) -> Response:
    """How much of a file is there: where to go on after a cut."""
    path = uploads.target(job_of(request).files, request.query_params.get("name", ""))
    return JSONResponse({"offset": uploads.size(path)})


async def piece(request: Request) -> Response:
    """The next piece of a file; 409 with the right offset when it is not the next."""
    job = job_of(request)
    offset = request.headers.get("upload-offset", "")
    if shelf_of(request).state(job) != "new" or not offset.isdecimal():
        return JSONResponse({}, 400)
    path = uploads.target(job.files, request.query_params.get("name", ""))
    try:
        return JSONResponse({"offset": await uploads.append(path, int(offset), request.stream())})
    except uploads.Misplaced as wrong:
        return JSONResponse({"offset": wrong.size}, 409)
    except ClientDisconnect:
        return JSONResponse({}, 400)
    except OSError:
        return JSONResponse({"offset": uploads.size(path)}, _FULL)


async def form(request: Request) -> Response:
    """The same without script. Starlette keeps what is large on disk while it arrives."""
    async with request.form(max_files=_MOST_FILES, max_fields=20) as told:
        files = [one for one in told.getlist("files") if isinstance(one, UploadFile) and one.filename]
        if not files:
            return RedirectResponse("/", 303)
        shelf = shelf_of(request)
        job = shelf.make(Asked(time.time(), language(request), own(str(told.get("me", "")))))
        for one in files:
            path = uploads.target(job.files, one.filename or "")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(path, "wb") as file:
                await run_in_threadpool(shutil.copyfileobj, one.file, file, 1 << 20)
    shelf.start(job)
    return to(job)
