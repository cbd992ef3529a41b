"""An incident in words: every change, deed, event and refusal can be said in both languages, and nothing commands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import msgspec
import pytest

import modori
from modori.knowledge import words
from modori.show.incident import changes, listing, text
from modori.show.incident_json import incident_json
from modori.types import Change, Entry, Incident, Place, Proof, Task
from tests.show import builders
from tests.show.builders import DAY, T

LANGS = ("ja", "en")
SOURCE = Path(modori.__file__).parent
HIJACKED = builders.hijacked()
TASKS = tuple(Task(number, step) for number, step in enumerate(HIJACKED.plan.steps, 1))
FOUND = (
    Change("sent-after-fix", {"last_sent": T, "when": T - DAY}),
    Change("still-sending", {"last_sent": T}),
    Change("sending-stopped", {"last_sent": T}),
    Change("verdict-changed", {"cause_was": "undecided", "cause": "hijacked"}),
    Change("new-bounces", {"count": 12}),
    Change("new-surge", {"begin": T, "count": 40}),
    Change("surge-over", {"end": T}),
    Change("steps-added", {"count": 2, "steps": ["change-mail-password", "end-sessions"]}),
    Change("steps-dropped", {"count": 4, "steps": [task.step.id for task in TASKS[:4]]}),
    Change("nothing-new"),
)
DIARY = (
    Entry(T, "opened", {"cause": "undecided"}),
    Entry(T + 1, "checked", {"cause": "hijacked"}, FOUND),
    Entry(T + 2, "done", {"step": "change-mail-password", "note": "long one"}),
    Entry(T + 3, "undone", {"step": "change-mail-password"}),
    Entry(T + 4, "note", {"text": "asked \x1b[2Jthe shop"}),
    Entry(T + 5, "event", {"event": "password-changed"}),
    Entry(T + 6, "event", {"text": "neighbour \u202e called"}),
    Entry(T + 7, "closed"),
    Entry(T + 8, "reopened"),
)
INCIDENT = Incident(
    "kamo-tesu", T, T + DAY, "hijacked", None, T + 14 * DAY, ("info@hanaya.example",), ("/受信箱.mbox",), HIJACKED,
    TASKS, DIARY, (Proof(Place("/受信箱.mbox", 4, 5), "aa"),),
)  # fmt: skip


def ids_in(pattern: str, *files: str) -> set[str]:
    """The ids that the code names."""
    return {found for file in files for found in re.findall(pattern, (SOURCE / file).read_text("utf-8"))}


def said(part: str) -> set[str]:
    return {key.split(".")[2] for key in words("en") if key.startswith(f"incident.{part}.")}


def test_every_change_and_deed_of_the_store_has_words_and_no_word_is_idle() -> None:
    assert (
        said("change")
        == ids_in(r'(?:Change\(|\(\(?)"([a-z]+(?:-[a-z]+)+)"', "store/changes.py")
        == {c.id for c in FOUND}
    )
    assert said("diary") | {"event"} == ids_in(r', "([a-z]+)", [{p]', "store/store.py") | {"opened"}


def test_every_refusal_of_the_store_has_words() -> None:
    named = ids_in(r'StoreError\("([a-z-]+)"', *(f"store/{f.name}" for f in (SOURCE / "store").glob("*.py")))
    named |= ids_in(r'"SQLITE_[A-Z]+": "([a-z-]+)"', "store/engine.py") | {"failed", "unknown", "none-open"}
    assert named <= said("store") <= named | {"closed", "not-closed", "no-step"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("change", FOUND, ids=lambda change: change.id)
def test_a_change_is_a_whole_sentence(change: Change, lang: str) -> None:
    (line,) = changes(INCIDENT, [change], lang)
    assert "…" not in line.removesuffix("…")
    assert not re.search(r"[{}\[\]]|change-mail|undecided|hijacked", line)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_all_of_it_and_commands_nothing(lang: str) -> None:
    shown = text(INCIDENT, lang)
    for part in ("kamo-tesu", "info@hanaya.example", "[ ]  1.", "long one"):
        assert part in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_ticks_notes_and_what_fell_away_are_told_apart() -> None:
    tasks = (replace(TASKS[0], done=T, note="on paper"), TASKS[1], replace(TASKS[2], wanted=False))
    shown = text(replace(INCIDENT, tasks=tasks), "en")
    assert "1 of 2 done" in shown
    assert "[x]  1." in shown
    assert "Note: on paper" in shown
    assert shown.index("No longer needed") < shown.index("[ ]  3.")
    every = tuple(replace(task, done=T) for task in tasks[:2])
    assert "Every step is done" in text(replace(INCIDENT, tasks=every), "en")


OUTCOMES = ids_in(r'(?:Change\(|else )"([a-z]+)"', "store/standing.py")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("named", sorted(said("outcome")))
def test_every_outcome_is_a_whole_sentence(named: str, lang: str) -> None:
    told = {"until": T + 14 * DAY, "last": T + DAY, "when": T, "last_sent": T + DAY}
    shown = "".join(text(replace(INCIDENT, diary=()), lang, Change(named, told)).split())
    pieces = re.split(r"\{\w+\}", words(lang)[f"incident.outcome.{named}"])
    assert ["".join(piece.split()) in shown for piece in pieces] == [True] * len(pieces)
    assert said("outcome") == OUTCOMES


def test_whoever_has_acted_first_reads_whether_it_helped() -> None:
    told = {"until": T + 14 * DAY, "last": T + 3 * DAY, "when": T + DAY}
    past = text(INCIDENT, "en", Change("quiet", told))
    assert "It looks stopped" in past
    assert "This is dangerous" not in past
    assert "What it was: break-in" in past
    over = text(INCIDENT, "en", Change("over", told))
    assert "modori incident close kamo-tesu" in over
    ticked = replace(INCIDENT, tasks=tuple(replace(task, done=T) for task in TASKS))
    present = text(ticked, "en", Change("again", {**told, "last_sent": T + 2 * DAY}))
    assert present.index("It has NOT stopped") < present.index("This is dangerous")
    urgent = [task.step.id for task in TASKS if task.step.urgency == "now"]
    assert present.count("do it once more") == len([step for step in urgent if step != "preserve"]) > 0


def test_without_a_deed_the_answer_comes_first() -> None:
    shown = text(INCIDENT, "en", Change("watch", {"until": T + 14 * DAY, "last": T}))
    assert shown.index("This is dangerous") < shown.index("Keep an eye on it until")


@pytest.mark.parametrize("lang", LANGS)
def test_a_report_of_another_version_leaves_plan_and_diary(lang: str) -> None:
    shown = text(replace(INCIDENT, report=None), lang)
    assert "Modori" in shown
    assert "[ ]  1." in shown


def test_the_list_is_a_line_each() -> None:
    bare = replace(INCIDENT, report=None, tasks=(), diary=(), addresses=(), closed=T)
    lines = listing([INCIDENT, bare], "en", builders.JAPAN)
    assert lines[0].startswith("kamo-tesu  open  break-in")
    assert "address unknown" in lines[1]
    assert "closed" in lines[1]


def test_the_json_is_whole_and_its_report_keeps_its_schema() -> None:
    whole = msgspec.json.decode(incident_json(INCIDENT, "1.0"))
    assert whole["schema"] == "modori.incident/1"
    assert [e["kind"] for e in whole["diary"]] == [e.kind for e in DIARY]
    assert len(whole["plan"]) == len(TASKS)
    schema = msgspec.json.decode((Path(__file__).parents[2] / "docs" / "report.schema.json").read_bytes())
    jsonschema.validate(whole["report"], schema)


def test_the_diary_begins_with_a_chart_that_shows_what_was_done() -> None:
    report = replace(HIJACKED, tallies=replace(HIJACKED.tallies, by_hour={int(T // 3600): 40}))
    ticked = replace(TASKS[0], done=T + 3 * 3600)
    shown = text(replace(INCIDENT, report=report, tasks=(ticked, *TASKS[1:]), diary=()), "en")
    bars = shown.index("█")
    assert shown.index("What happened") < bars < shown.index("✓")
