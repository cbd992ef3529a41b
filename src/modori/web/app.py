"""The pages and what they answer to, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from modori.web import answering, comparing, domain, handing, incidents, listing, login, passwords, site, starting
from modori.web.guard import Guard, Keys
from modori.web.logins import Logins
from modori.web.online import Online
from modori.web.page import missing, refused
from modori.web.shelf import Shelf

_Routes: TypeAlias = Sequence[BaseRoute]


def application(keys: Keys, shelf: Shelf, online: Online) -> Starlette:
    """The whole of it behind its guard."""
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, keys=keys, refused=refused)],
        exception_handlers={404: missing},
    )
    app.state.keys, app.state.shelf, app.state.online, app.state.logins = keys, shelf, online, Logins()
    return app


def _routes() -> _Routes:
    return [
        Route("/", starting.start),
        Route("/path", starting.by_path, methods=["POST"]),
        Route("/upload", handing.form, methods=["POST"]),
        Route("/jobs", handing.make, methods=["POST"]),
        Route("/jobs/{id}", answering.job),
        Route("/jobs/{id}/files", handing.arrived),
        Route("/jobs/{id}/files", handing.piece, methods=["PUT"]),
        Route("/jobs/{id}/progress", answering.progress),
        Route("/jobs/{id}/begin", starting.begin, methods=["POST"]),
        Route("/jobs/{id}/stop", starting.stop, methods=["POST"]),
        Route("/jobs/{id}/delete", starting.delete, methods=["POST"]),
        Route("/jobs/{id}/steps", answering.tick, methods=["POST"]),
        Route("/jobs/{id}/answer", answering.answer, methods=["POST"]),
        Route("/jobs/{id}/letters/{number:int}", answering.letter),
        Route("/examinations", listing.examinations),
        Route("/compare", comparing.compare),
        Route("/incidents/{name}", incidents.incident),
        Route("/incidents/{name}/steps", incidents.tick, methods=["POST"]),
        Route("/incidents/{name}/notes", incidents.note, methods=["POST"]),
        Route("/incidents/{name}/events", incidents.event, methods=["POST"]),
        Route("/incidents/{name}/close", incidents.close, methods=["POST"]),
        Route("/incidents/{name}/reopen", incidents.reopen, methods=["POST"]),
        Route("/imap", login.start),
        Route("/imap", login.enter, methods=["POST"]),
        Route("/imap/{login}", login.folders),
        Route("/imap/{login}", login.begin, methods=["POST"]),
        Route("/jobs/{id}/login", login.again, methods=["POST"]),
        Route("/passwords", passwords.start),
        Route("/passwords/new", passwords.new, methods=["POST"]),
        Route("/passwords/check", passwords.check, methods=["POST"]),
        Route("/passwords/reused", passwords.reused, methods=["POST"]),
        Route("/domain", domain.start),
        Route("/domain", domain.ask, methods=["POST"]),
        Route("/site", site.start),
        Route("/site", site.begin, methods=["POST"]),
        Route("/jobs/{id}/site", site.beside),
        Mount("/static", StaticFiles(packages=[("modori.web", "static"), ("modori.show", "templates")])),
    ]
