"""What lasts of several examinations of one mailbox: what changed, the plan with its ticks, the diary, its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from modori.errors import StoreError
from modori.show import incident as shown
from modori.show.html import view
from modori.show.outline import Outline, Section
from modori.show.page import Page
from modori.show.words import Words
from modori.store import Store, outcome
from modori.store.diary import EVENTS
from modori.types import Incident
from modori.web.forms import fields
from modori.web.index import Sought
from modori.web.listing import entries
from modori.web.page import language, page

_LONGEST = 2000  # characters of a note
_ROWS = 20  # examinations of one mailbox that are listed
_Deed: TypeAlias = Callable[[Store, Incident, dict[str, str]], None]


def incident(request: Request) -> Response:
    """The whole of it."""
    found, lang, shelf = _found(request), language(request), request.app.state.shelf
    words = Words(lang, found.report.zone_minutes if found.report else 0)
    rows = shelf.index().rows(Sought(incidents=[found.id]), 0, _ROWS)
    return page(
        request, "incident.html.jinja", words=words, incident=found, done=ticked(found),
        view=view(found.report, lang, found) if found.report else None,
        changed=_sections(found, words, shown.changed), dropped=_sections(found, words, shown.dropped),
        diary=_sections(found, words, shown.diary), rows=entries(shelf, rows, words), events=sorted(EVENTS),
        watch=_watch(found, words), now=datetime.now().strftime("%Y-%m-%dT%H:%M"),
    )  # fmt: skip


def ticked(incident: Incident) -> frozenset[str]:
    """The ids of the steps that are done."""
    return frozenset(task.step.id for task in incident.tasks if task.done is not None)


def _found(request: Request) -> Incident:
    try:
        with Store.open() as store:
            return store.incident(request.path_params["name"])
    except StoreError as wrong:
        raise HTTPException(404) from wrong


def _sections(incident: Incident, words: Words, tell: Callable[[Page, Incident], None]) -> list[Section]:
    outline = Outline(words)
    tell(outline, incident)
    return [section for section in outline.sections if section.items]


def _watch(incident: Incident, words: Words) -> str:
    stands = outcome(incident, time.time())
    return words.say(f"incident.outcome.{stands.id}", stands.params) if stands else ""


# --- what the user does -----------------------------------------------------------------------------------------


def _doing(deed: _Deed, fragment: str) -> Callable[[Request], object]:
    """An endpoint that does something to an incident and shows it again."""

    async def endpoint(request: Request) -> Response:
        found, form = _found(request), await fields(request)
        try:
            with Store.open() as store:
                deed(store, found, form)
        except StoreError as wrong:
            raise HTTPException(409) from wrong
        return RedirectResponse(f"/incidents/{found.id}{fragment.format(**{'step': '', **form})}", 303)

    return endpoint


def _tick(store: Store, incident: Incident, form: dict[str, str]) -> None:
    (store.tick if form.get("done") == "yes" else store.untick)(incident.id, form.get("step", ""), time.time())


def _note(store: Store, incident: Incident, form: dict[str, str]) -> None:
    if text := form.get("text", "")[:_LONGEST].strip():
        store.note(incident.id, text, time.time())


def _event(store: Store, incident: Incident, form: dict[str, str]) -> None:
    """An event of the known kinds, at the time told, else now; nothing that is yet to come."""
    if form.get("event") in EVENTS:
        now = time.time()
        store.event(incident.id, form["event"], min(_moment(form.get("when", "")) or now, now), now)


def _moment(told: str) -> float | None:
    """What <input type=datetime-local> sends, on this machine's clock."""
    try:
        return max(0.0, datetime.fromisoformat(told[:20]).astimezone().timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def _close(store: Store, incident: Incident, form: dict[str, str]) -> None:
    store.shut(incident.id, time.time())


def _reopen(store: Store, incident: Incident, form: dict[str, str]) -> None:
    store.reopen(incident.id, time.time())


tick = _doing(_tick, "#step-{step}")
note = _doing(_note, "#diary")
event = _doing(_event, "#diary")
close = _doing(_close, "")
reopen = _doing(_reopen, "")
