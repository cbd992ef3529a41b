"""modori incident: look at what was kept, tick what is done, add what only the user knows."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from modori.cli import console, shelf
from modori.cli.guard import guarded
from modori.errors import StoreError, UsageError
from modori.show import incident as shown
from modori.show.words import Words
from modori.store import Store, outcome
from modori.types import Incident, Task
from modori.version import __version__

FORMATS = ("text", "json")
_Work = Callable[[Store, str], None]


def listing(lang: str) -> int:
    """All incidents, a line each, open ones first."""

    def work(store: Store, tongue: str) -> None:
        lines = shown.listing(store.incidents(), tongue, shelf.local_zone())
        for line in lines or [Words(tongue).say("incident.line.none")]:
            print(line)

    return _with_store(lang, work)


def show(told: str, form: str, out: str, lang: str) -> int:
    """One whole incident."""

    def work(store: Store, tongue: str) -> None:
        if form not in FORMATS:
            raise UsageError(f"--format {form}: use {' or '.join(FORMATS)}")
        incident = store.incident(told)
        with console.output(out) as target:
            target.write(_shown(incident, form, tongue, not out and sys.stdout.isatty()))

    return _with_store(lang, work)


def _shown(incident: Incident, form: str, lang: str, colour: bool) -> bytes:
    if form == "json":
        from modori.show.incident_json import incident_json

        return incident_json(incident, __version__, lang)
    stands = outcome(incident, time.time())
    return shown.text(incident, lang, stands, console.width(), colour).encode("utf-8", "replace")


def done(steps: Sequence[str], told: str, when: str, note: str, lang: str) -> int:
    """Tick steps."""

    def work(store: Store, tongue: str) -> None:
        at = console.moment(when, "--when")
        incident = store.incident(told)
        for task in [_task(incident, step) for step in steps]:
            store.tick(incident.id, task.step.id, time.time(), at, note)
            _say(tongue, "done", title=_title(task, tongue))

    return _with_store(lang, work)


def undone(steps: Sequence[str], told: str, lang: str) -> int:
    """Take ticks back."""

    def work(store: Store, tongue: str) -> None:
        incident = store.incident(told)
        for task in [_task(incident, step) for step in steps]:
            store.untick(incident.id, task.step.id, time.time())
            _say(tongue, "undone", title=_title(task, tongue))

    return _with_store(lang, work)


def note(text: str, told: str, lang: str) -> int:
    """Words of the user's own."""

    def work(store: Store, tongue: str) -> None:
        store.note(store.incident(told).id, text, time.time())
        _say(tongue, "note")

    return _with_store(lang, work)


def event(what: str, told: str, when: str, lang: str) -> int:
    """Something that happened, now or at the time told."""

    def work(store: Store, tongue: str) -> None:
        now = time.time()
        at = console.moment(when, "--when")
        incident = store.incident(told)
        zone = incident.report.zone_minutes if incident.report else shelf.local_zone()
        store.event(incident.id, what, now if at is None else at, now)
        words = Words(tongue, zone)
        named = words.first([f"incident.event.{what}"]) or what
        print(words.say("incident.said.event", {"event": named, "when": now if at is None else at}))

    return _with_store(lang, work)


def close(told: str, lang: str) -> int:
    """The matter is settled."""

    def work(store: Store, tongue: str) -> None:
        identifier = store.incident(told).id
        store.shut(identifier, time.time())
        _say(tongue, "closed", id=identifier)

    return _with_store(lang, work)


def reopen(told: str, lang: str) -> int:
    """It was not settled."""

    def work(store: Store, tongue: str) -> None:
        identifier = store.incident(told).id
        store.reopen(identifier, time.time())
        _say(tongue, "reopened", id=identifier)

    return _with_store(lang, work)


def export(told: str, out: str, lang: str) -> int:
    """One archive for the provider or an insurer."""

    def work(store: Store, tongue: str) -> None:
        from modori.cli import exporting

        incident = store.incident(told)
        file = out or f"modori-{incident.id}.zip"
        count = exporting.write(incident, file, tongue)
        _say(tongue, "exported", file=file, count=count)

    return _with_store(lang, work)


# --- within -----------------------------------------------------------------------------------------------------


def _with_store(lang: str, work: _Work) -> int:
    def run() -> int:
        tongue = console.language(lang)
        with shelf.opened(tongue) as store:
            work(store, tongue)
        return 0

    return guarded(run)


def _task(incident: Incident, told: str) -> Task:
    """A step by its number in the plan, or by its id."""
    found = next((task for task in incident.tasks if told in (str(task.number), task.step.id)), None)
    if found is None:
        raise StoreError("no-step", step=told)
    return found


def _title(task: Task, lang: str) -> str:
    return Words(lang).say(f"steps.{task.step.id}.do", task.step.params)


def _say(lang: str, key: str, **params: object) -> None:
    print(Words(lang).say(f"incident.said.{key}", params))
