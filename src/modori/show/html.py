"""Report -> one self-contained HTML file: to read, to keep, to print, to send to the provider.

Nothing in it runs, loads or phones home: no script, one inline stylesheet, charts drawn as SVG. The page of
`modori serve` fills the same templates (`view` is what they see).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from modori.show import answer, events, evidence, findings, limits, safe, steps, svg
from modori.show.axis import done
from modori.show.chart import worth_drawing
from modori.show.draft import Written, written
from modori.show.outline import Item, Outline, Section, outlined
from modori.show.words import Words
from modori.types import Incident, Place, Report, Step
from modori.version import __version__

_MOST_SIGNS = 6
_MOST_ROWS = 8
_TABLES = ("by_reason", "by_writer", "by_domain")


@dataclass(frozen=True, slots=True)
class Todo:
    """A step of the plan in words."""

    id: str
    urgency: str
    title: str
    why: str
    how: tuple[str, ...]
    panel: str
    check: str
    undo: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The steps of one urgency; `first` is the number of the first of them in the whole plan."""

    urgency: str
    first: int
    steps: tuple[Todo, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A count by name, with the share of the largest in hundredths for the bar beside it."""

    title: str
    rows: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class View:
    """What the templates show of a report, in the order of the page."""

    words: Words
    cause: str
    severity: str
    headline: tuple[str, ...]
    sureness: tuple[str, ...]
    plan: tuple[Stage, ...]
    course: list[Section]
    charts: tuple[svg.Chart, ...]
    why: list[Section]
    amounts: list[Section]
    tables: tuple[Table, ...]
    rest: list[Section]
    drafts: tuple[Written, ...]
    last: list[Section]
    made: str


def html(report: Report, lang: str) -> bytes:
    """The whole report as one file."""
    words = Words(lang, report.zone_minutes)
    page = environment().get_template("report.html.jinja")
    text = page.render(view=view(report, lang), words=words, style=Markup(stylesheet()))
    return text.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, escaping everything: what is finished HTML says so by being Markup."""
    found = Environment(
        loader=PackageLoader("modori.show"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["groups"] = _groups
    found.filters["opening"] = _opening
    return found


def _opening(place: Place) -> str:
    """What a click shows: a line of a log, a letter, or the beginning of a file that is neither."""
    return "open_line" if place.line else "open" if place.length or place.uid else "open_file"


def _groups(items: Sequence[Item]) -> list[list[Item]]:
    """Runs of lines that make one list."""
    return [list(run) for _, run in groupby(items, key=lambda item: (item.bullet, bool(item.label)))]


@lru_cache(maxsize=1)
def stylesheet() -> str:
    return files("modori.show").joinpath("templates", "modori.css").read_text(encoding="utf-8")


def view(report: Report, lang: str, incident: Incident | None = None) -> View:
    """The report in one language, ready for the templates; with the incident the charts show what the user did."""
    words = Words(lang, report.zone_minutes)
    first = outlined(report, words, answer.headline)[0].items
    return View(
        words=words,
        cause=report.verdict.cause,
        severity=report.verdict.severity,
        headline=tuple(item.text for item in first[:3]),
        sureness=tuple(item.text for item in first[3:]),
        plan=tuple(_stages([_todo(words, step) for step in report.plan.steps])),
        course=outlined(report, words, events.course),
        charts=charts(report, words, incident),
        why=outlined(report, words, evidence.why),
        amounts=outlined(report, words, events.volume, events.after, limits.limits, events.campaigns),
        tables=_tables(report, words),
        rest=outlined(report, words, findings.missing, findings.rescue, findings.notices),
        drafts=tuple(written(report, draft, lang) for draft in report.plan.drafts),
        last=outlined(report, words, findings.problems),
        made=_made(report, words),
    )


def _made(report: Report, words: Words) -> str:
    zone = words.say("ui.line.zone", {"zone": words.zone_name()})
    made = words.say("web.report.made", {"when": report.generated, "version": __version__})
    return f"{zone} {made}"


def _stages(todos: Sequence[Todo]) -> Iterator[Stage]:
    first = 1
    for urgency, run in groupby(todos, key=lambda todo: todo.urgency):
        steps = tuple(run)
        yield Stage(urgency, first, steps)
        first += len(steps)


def _todo(words: Words, step: Step) -> Todo:
    page = Outline(words)
    return Todo(
        id=step.id,
        urgency=step.urgency,
        title=steps.title(page, step),
        why=steps.reason(page, step),
        how=tuple(steps.how(page, step)),
        panel=steps.panel_page(page, step),
        check=words.first([f"steps.{step.id}.check"], step.params),
        undo=words.first([f"steps.{step.id}.undo"], step.params),
    )


def charts(report: Report, words: Words, incident: Incident | None = None) -> tuple[svg.Chart, ...]:
    """By hour where there was a surge, and by day; with what the user did, where an incident tells it.

    svg.py has escaped what it wrote.
    """
    if not worth_drawing(report):
        return ()
    own = done(incident, words) if incident else []
    several = len(report.tallies.by_day) > 1 or not report.tallies.bounces
    drawn = [svg.by_hour(report, words, own)] if report.surges or not several else []
    if several:
        drawn.append(svg.by_day(report, words, own))
    return tuple(replace(chart, picture=Markup(chart.picture)) for chart in drawn)


def _tables(report: Report, words: Words) -> tuple[Table, ...]:
    found = (_table(name, getattr(report.tallies, name), words) for name in _TABLES)
    return tuple(table for table in found if table.rows)


def _table(name: str, counts: Mapping[str, int], words: Words) -> Table:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ROWS]
    most = max((count for _, count in ordered), default=1)
    rows = ((_named(name, key, words), words.number(count), max(1, 100 * count // most)) for key, count in ordered)
    return Table(words.say(f"web.report.{name}"), tuple(rows))


def _named(table: str, key: str, words: Words) -> str:
    if table == "by_reason":
        return words.first([f"reasons.{key}.name"]) or safe.line(key, 60)
    return safe.line(key, 60) or "—"


def places(report: Report) -> tuple[Place, ...]:
    """Every place that the page may open, in one order: a place's number is its address on the page."""
    signs = [at for sign in report.verdict.signs for at in sign.places]
    moments = [moment.place for moment in report.timeline if moment.place is not None]
    examples = [campaign.witnesses[0] for campaign in report.campaigns if campaign.witnesses]
    letters = [found.place for group in (report.rescue, report.notices, report.unsent) for found in group]
    return tuple(dict.fromkeys([*signs, *moments, *examples, *letters]))


__all__ = ["Item", "Section", "Todo", "View", "charts", "environment", "html", "places", "stylesheet", "view"]
