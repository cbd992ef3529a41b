"""The list of all examinations, searched and filtered, a page at a time: for whoever looks after many mailboxes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from modori.errors import StoreError
from modori.show.words import Words
from modori.store import Overview, Store
from modori.web.forms import number
from modori.web.index import Row, Sought
from modori.web.listed import local
from modori.web.page import language, page
from modori.web.shelf import Shelf

ROWS = 50  # examinations on one page of the list
RECENT = 6  # of them on the first page of all
_MOST_PAGES = 100_000
_STATES = ("open", "closed", "unfinished")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row in words."""

    id: str
    made: str
    named: str
    severity: str
    about: str
    bounces: str
    steps: str
    closed: bool


def examinations(request: Request) -> Response:
    """A page of those that are looked for."""
    shelf: Shelf = request.app.state.shelf
    words, asked = Words(language(request)), request.query_params
    text, cause, state = (asked.get(name, "")[:200].strip() for name in ("q", "cause", "state"))
    index = shelf.index()
    sought = _sought(text, cause, state)
    total, causes = index.count(sought), index.causes()
    last = max(1, -(-total // ROWS))
    at = min(number(asked.get("page", ""), 1, _MOST_PAGES) or 1, last)
    rows = entries(shelf, index.rows(sought, (at - 1) * ROWS, ROWS), words)
    kept = urlencode({"q": text, "cause": cause, "state": state})
    return page(
        request, "list.html.jinja", rows=rows, total=total, at=at, last=last, kept=kept, text=text, cause=cause,
        state=state, causes=causes, states=_STATES, first=(at - 1) * ROWS + 1,
    )  # fmt: skip


def _sought(text: str, cause: str, state: str) -> Sought:
    finished = {"unfinished": False, "open": True, "closed": True}.get(state)
    return Sought(text, cause, _incidents(state) if state in ("open", "closed") else None, finished)


def _incidents(state: str) -> list[str]:
    try:
        with Store.open() as store:
            return store.named(state == "closed")
    except StoreError:
        return []


def recent(shelf: Shelf, words: Words) -> tuple[list[Entry], int]:
    """The newest, and how many there are in all."""
    index = shelf.index()
    return entries(shelf, index.rows(Sought(), 0, RECENT), words), index.count(Sought())


def entries(shelf: Shelf, rows: Iterable[Row], words: Words) -> list[Entry]:
    """Rows with what only this moment can say: whether somebody reads, how far the plan is. Times are on the clock of
    `words`; without one, on this machine's."""
    found = list(rows)
    known = overviews({row.incident for row in found if row.incident})
    return [_entry(shelf, row, known.get(row.incident), words) for row in found]


def overviews(incidents: Collection[str]) -> dict[str, Overview]:
    """How far their plans are; nothing where no store can be had."""
    if not incidents:
        return {}
    try:
        with Store.open() as store:
            return store.overviews(incidents)
    except StoreError:
        return {}


def _entry(shelf: Shelf, row: Row, overview: Overview | None, words: Words) -> Entry:
    return Entry(
        id=row.id,
        made=words.when(row.made if words.zone else local(row.made)),
        named=words.say(f"verdict.{row.cause}.name") if row.cause else _state(shelf, row.id, words),
        severity=row.severity,
        about=row.about,
        bounces=words.number(row.bounces) if row.cause else "",
        steps=f"{overview.done} / {overview.wanted}" if overview and overview.wanted else "",
        closed=overview is not None and overview.closed,
    )


def _state(shelf: Shelf, identifier: str, words: Words) -> str:
    job = shelf.find(identifier)
    return words.say(f"web.state.{shelf.state(job)}") if job is not None else ""
