"""An Incident as text: the verdict, what changed, the plan with its ticks, and one diary of what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from modori.show import answer, safe
from modori.show.axis import done, event
from modori.show.chart import chart, worth_drawing
from modori.show.page import Page
from modori.show.steps import title
from modori.show.words import Words
from modori.types import Change, Entry, Incident, Task

_SOURCES = 6
_DIARY = 60
_TITLES = 3
_PRESENT = frozenset({"again", "unproven"})  # it is, or may be, still going on


def text(incident: Incident, lang: str, stands: Change | None = None, width: int = 80, colour: bool = False) -> str:
    """The whole incident in one language; nothing in it can command a terminal. `stands` is its outcome so far."""
    zone = incident.report.zone_minutes if incident.report else 0
    page = Page(Words(lang, zone), width, colour)
    _title(page, incident)
    _verdict(page, incident, stands)
    changed(page, incident)
    _plan(page, incident, stands)
    dropped(page, incident)
    diary(page, incident)
    page.gap()
    page.line(page.say("ui.line.zone", {"zone": page.words.zone_name()}), style="dim")
    return page.text()


def listing(incidents: Iterable[Incident], lang: str, zone: int = 0) -> list[str]:
    """A line for each."""
    words = Words(lang, zone)
    return [words.say("incident.line.listed", _listed(words, one)) for one in incidents]


def _listed(words: Words, incident: Incident) -> dict[str, object]:
    return {
        "id": incident.id,
        "state": words.say(f"incident.state.{'open' if incident.closed is None else 'closed'}"),
        "cause": words.say(f"verdict.{incident.cause}.name"),
        "addresses": incident.addresses or words.say("incident.line.nobody"),
        "last": incident.updated,
    }


def changes(incident: Incident, found: Sequence[Change], lang: str) -> list[str]:
    """What a check found different, a sentence each."""
    zone = incident.report.zone_minutes if incident.report else 0
    page = Page(Words(lang, zone))
    return [_change(page, incident, change) for change in found]


# --- sections ---------------------------------------------------------------------------------------------------


def _title(page: Page, incident: Incident) -> None:
    page.heading("incident.head.title", {"id": incident.id})
    if incident.addresses:
        page.line(page.say("incident.line.mailbox", {"addresses": incident.addresses}), "  ")
    sources = [safe.line(source, 60) for source in incident.sources[:_SOURCES]]
    page.line(page.say("incident.line.sources", {"sources": sources}), "  ", "dim")
    checked = incident.report.generated if incident.report else None
    times = {"begin": incident.opened, "last": checked, "end": incident.closed}
    page.line(page.say(f"incident.line.{'open' if incident.closed is None else 'closed'}", times), "  ")


def _verdict(page: Page, incident: Incident, stands: Change | None) -> None:
    """What happened, and whether it goes on; to whoever has stopped it, what happened is the past."""
    page.gap()
    if incident.report is None:
        page.line(page.say("incident.line.unreadable"), style="yellow")
    elif stands is None:
        answer.headline(page, incident.report)
    elif stands.id in _PRESENT:
        _outcome(page, incident, stands)
        answer.headline(page, incident.report)
    elif "when" in stands.params:
        _outcome(page, incident, stands)
        page.line(page.say("incident.line.was", {"cause": page.say(f"verdict.{incident.cause}.name")}))
    else:
        answer.headline(page, incident.report)
        page.gap()
        _outcome(page, incident, stands)


def _outcome(page: Page, incident: Incident, stands: Change) -> None:
    style = {"again": "red", "quiet": "green", "over": "green"}.get(stands.id, "bold")
    page.line(page.say(f"incident.outcome.{stands.id}", stands.params), style=style)
    if stands.id == "over":
        page.line(page.say("incident.line.close", {"id": incident.id}))
    page.gap()


def changed(page: Page, incident: Incident) -> None:
    """What the latest check found."""
    latest = next((e for e in reversed(incident.diary) if e.kind == "checked" and e.changes), None)
    if latest is None:
        return
    page.heading("incident.head.changed")
    for change in latest.changes:
        style = "red" if change.id == "sent-after-fix" else ""
        page.line(_change(page, incident, change), "  ・", style)


def _plan(page: Page, incident: Incident, stands: Change | None) -> None:
    wanted = [task for task in incident.tasks if task.wanted]
    done = sum(task.done is not None for task in wanted)
    if wanted:
        page.heading("incident.head.plan", {"done": done, "all": len(wanted)})
        urgency = ""
        for task in wanted:
            if task.step.urgency != urgency:
                urgency = task.step.urgency
                page.line(f"[{page.say(f'ui.urgency.{urgency}')}]", "  ", "yellow" if urgency == "now" else "bold")
            _task(page, task, _in_vain(task, stands))
        left = next((task.number for task in wanted if task.done is None), None)
        hint = "incident.line.how" if left else "incident.line.all_done"
        page.line(page.say(hint, {"number": left}), "  ", "dim")


def dropped(page: Page, incident: Incident) -> None:
    """Steps of earlier plans that the latest check no longer asks for."""
    unwanted = [task for task in incident.tasks if not task.wanted and task.step.id != "nothing-to-do"]
    if unwanted:
        page.heading("incident.head.dropped")
        for task in unwanted:
            _task(page, task)


def _in_vain(task: Task, stands: Change | None) -> bool:
    """Was it done before letters were sent once more? Preserving what there was then was not in vain."""
    again = stands.params["last_sent"] if stands is not None and stands.id == "again" else 0.0
    urgent = task.step.urgency == "now" and task.step.id != "preserve"
    return urgent and task.done is not None and isinstance(again, float) and task.done < again


def _task(page: Page, task: Task, in_vain: bool = False) -> None:
    mark = f"  [{' ' if task.done is None else 'x'}] {task.number:>2}. "
    page.line(title(page, task.step), mark, "" if task.done is None or in_vain else "dim")
    hang = " " * len(mark)
    if task.done is not None:
        page.line(page.say("incident.task.done", {"when": task.done}), hang, "dim")
    if in_vain:
        page.line(page.say("incident.task.again"), hang, "red")
    if task.note:
        page.line(page.say("incident.task.note", {"note": task.note}), hang, "dim")


def diary(page: Page, incident: Incident) -> None:
    """What the evidence shows and what the user did and told, in one order of time."""
    told = [(entry.when, _entry(page, incident, entry)) for entry in incident.diary]
    if incident.report is not None:
        told += [(m.when, event(page.words, m)) for m in incident.report.timeline]
    page.heading("incident.head.diary")
    if incident.report is not None and worth_drawing(incident.report):
        page.drawn(chart(incident.report, page.words, page.width, done(incident, page.words)))
        page.gap()
    shown = sorted(told, key=lambda line: line[0])
    for when, words in shown[-_DIARY:]:
        page.line(words, f"  {page.words.when(when)}  ")
    if len(shown) > _DIARY:
        page.line(page.say("ui.line.more_moments", {"count": len(shown) - _DIARY}), "  ", "dim")


# --- sentences --------------------------------------------------------------------------------------------------


def _entry(page: Page, incident: Incident, entry: Entry) -> str:
    if entry.kind == "event" and entry.params.get("event"):
        return page.say(f"incident.event.{entry.params['event']}")
    if entry.kind == "event":
        return safe.line(entry.params.get("text", ""), 240)
    told = page.say(f"incident.diary.{entry.kind}", _spoken(page, incident, entry.params))
    found = [page.words.first([f"incident.found.{change.id}"], change.params) for change in entry.changes]
    return _joint(page).join([told, *filter(None, found)])


def _change(page: Page, incident: Incident, change: Change) -> str:
    return page.say(f"incident.change.{change.id}", _spoken(page, incident, change.params))


def _spoken(page: Page, incident: Incident, params: Mapping[str, object]) -> dict[str, object]:
    """Ids in the params as the names that people know."""
    known = {task.step.id: title(page, task.step) for task in incident.tasks}
    spoken = dict(params)
    for name in ("cause", "cause_was"):
        if name in params:
            spoken[name] = page.say(f"verdict.{params[name]}.name")
    if "step" in params:
        spoken["title"] = known.get(str(params["step"]), str(params["step"]))
    steps = params.get("steps")
    if isinstance(steps, list | tuple):
        named = [known.get(str(step), str(step)) for step in steps]
        spoken["titles"] = _joint(page).join(named[:_TITLES]) + ("…" if len(named) > _TITLES else "")
    return spoken


def _joint(page: Page) -> str:
    return "、" if page.words.lang == "ja" else "; "
