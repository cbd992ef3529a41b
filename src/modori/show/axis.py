"""What stands at a bar: its hour or its day in the reader's language and on the reader's clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from modori.show import safe
from modori.show.bars import DAY, WEEK, Bars
from modori.show.words import Words
from modori.types import Entry, Incident, Moment, Report

_LAST_YEAR = 253_000_000_000.0  # 9987: beyond what datetime can hold, a hostile date must not stop the chart
_OWN = ("surge-", "first-", "last-")  # moments that the bars themselves show


SIGNS = {"alarm": "▲", "event": "●", "done": "✓"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a moment: an alarm, an event that the user will recognise, a step that was done."""

    when: float
    text: str
    kind: Literal["alarm", "event", "done"] = "event"


def label(words: Words, bars: Bars, number: int) -> str:
    """"5月3日 14時" or "3 May, 14:00"; "5月3日（日）" or "Sun 3 May"; a week is named by its first day."""
    at = local(bars, number)
    kind = "hour" if bars.grain < DAY else "day" if bars.grain < WEEK else "week"
    parts = {
        "month": words.say(f"count.month.{at.month}"),
        "weekday": words.say(f"count.weekday.{at.weekday()}"),
        "day": str(at.day),
        "hour": str(at.hour),
    }
    return words.say(f"count.chart.label_{kind}", parts)


def local(bars: Bars, number: int) -> datetime:
    """The wall clock at which a bar begins."""
    stamp = min(max(bars.begin(number), 0.0), _LAST_YEAR)
    return datetime.fromtimestamp(stamp, UTC) + timedelta(minutes=bars.zone_minutes)


def year(words: Words, bars: Bars, number: int) -> str:
    """The year that a bar begins in."""
    return words.say("count.chart.label_year", {"year": str(local(bars, number).year)})


def marks(report: Report, words: Words, own: Iterable[Mark] = ()) -> list[Mark]:
    """The alarms, what the user did, then the events of the timeline that the bars do not show by themselves."""
    alarms = [Mark(surge.alarm, words.say("count.chart.alarm"), "alarm") for surge in report.surges]
    events = [Mark(m.when, event(words, m)) for m in report.timeline if not m.id.startswith(_OWN)]
    return [*alarms, *own, *events]


def foremost(found: Iterable[Mark], most: int = 9) -> list[Mark]:
    """The first so many, in order of time."""
    return sorted(list(found)[:most], key=lambda mark: mark.when)


def done(incident: Incident, words: Words) -> list[Mark]:
    """What the user did and told: the steps that are ticked, and the events of the diary."""
    ticked = [
        Mark(task.done, words.say(f"steps.{task.step.id}.do", task.step.params), "done")
        for task in incident.tasks
        if task.done is not None
    ]
    told = [Mark(entry.when, _told(words, entry)) for entry in incident.diary if entry.kind == "event"]
    return sorted([*ticked, *told], key=lambda mark: mark.when)


def _told(words: Words, entry: Entry) -> str:
    """An event of a known kind, or the user's own words for it."""
    known = words.first([f"incident.event.{entry.params.get('event')}"])
    return known or safe.line(entry.params.get("text", ""), 60)


def event(words: Words, moment: Moment) -> str:
    """What happened, in one sentence; of a notice, what it says."""
    said = f"notices.{moment.params.get('kind')}"
    key = said if moment.id == "notice" and words.has(said) else f"timeline.{moment.id}"
    return words.say(key, moment.params)
