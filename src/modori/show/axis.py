"""What stands at a bar: its hour or its day in the reader's language and on the reader's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from modori.show.bars import DAY, WEEK, Bars
from modori.show.words import Words
from modori.types import Moment, Report

_LAST_YEAR = 253_000_000_000.0  # 9987: beyond what datetime can hold, a hostile date must not stop the chart
_OWN = ("surge-", "first-", "last-")  # moments that the bars themselves show


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a moment: an alarm, or an event that the user will recognise."""

    when: float
    text: str
    alarm: bool = False


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


def marks(report: Report, words: Words, most: int = 8) -> list[Mark]:
    """The alarms, then the first events of the timeline that the bars do not show by themselves, in order of time."""
    alarms = [Mark(surge.alarm, words.say("count.chart.alarm"), alarm=True) for surge in report.surges]
    events = [Mark(m.when, event(words, m)) for m in report.timeline if not m.id.startswith(_OWN)]
    chosen: Sequence[Mark] = (*alarms[:most], *events[: max(0, most - len(alarms))])
    return sorted(chosen, key=lambda mark: mark.when)


def event(words: Words, moment: Moment) -> str:
    """What happened, in one sentence; of a notice, what it says."""
    said = f"notices.{moment.params.get('kind')}"
    key = said if moment.id == "notice" and words.has(said) else f"timeline.{moment.id}"
    return words.say(key, moment.params)
