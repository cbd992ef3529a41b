"""What really happened to the owners of the mailboxes under examples/ is known; Modori must find it, and say it well."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from modori import pipeline, read
from modori.knowledge import words
from modori.ledger import Ledger
from modori.pipeline import Told
from modori.show.json import json
from modori.show.width import columns
from modori.types import Report
from tests.stories import told
from tests.stories.told import LANGUAGES, NOW, STORIES


@dataclass(frozen=True)
class Truth:
    """The verdict that is right, how sure it must at least be and at most may be, and what else came back besides."""

    cause: str
    severity: str
    least: float = 0.99
    most: float = 1.0
    besides: frozenset[str] = frozenset()


OWN = frozenset({"own"})
TRUTHS = {
    "broken-into": Truth("hijacked", "critical", besides=OWN),
    "newsletter-program": Truth("script", "critical"),
    "infected-computer": Truth("device", "critical", besides=OWN),
    "forged": Truth("forged", "notice", besides=OWN),
    "stale-list": Truth("own", "notice"),
    "forward": Truth("forwarded", "notice"),
    "form-answers": Truth("autoreply", "notice"),
    "shared-server": Truth("neighbour", "notice"),
    "fake-bounces": Truth("fake", "notice", besides=OWN),
    "inbox-only": Truth("undecided", "warning", least=0.3, most=0.8),
    "ordinary": Truth("none", "calm", besides=OWN),
    "two-at-once": Truth("hijacked", "critical", besides=frozenset({"forged"})),
}
OWN_LINE = {"stale-list", "infected-computer"}
OUTLINE = ("what", "danger", "now")


def test_every_story_has_its_truth_and_every_cause_its_story() -> None:
    causes = {key.split(".")[1] for key in words("en") if re.fullmatch(r"verdict\.[a-z]+\.what", key)}
    assert TRUTHS.keys() == STORIES.keys()
    assert {truth.cause for truth in TRUTHS.values()} == causes


@pytest.mark.parametrize("name", TRUTHS)
def test_the_cause_is_found(name: str) -> None:
    truth, verdict = TRUTHS[name], told.report(name).verdict
    assert (verdict.cause, verdict.severity) == (truth.cause, truth.severity)
    assert truth.least <= verdict.confidence <= truth.most


@pytest.mark.parametrize("name", TRUTHS)
def test_nothing_else_is_made_up(name: str) -> None:
    truth, found = TRUTHS[name], told.report(name)
    assert {campaign.cause for campaign in found.campaigns} - {truth.cause} == truth.besides


@pytest.mark.parametrize("name", TRUTHS)
def test_the_inbox_alone_says_the_same_or_leaves_it_open(name: str) -> None:
    """Most people bring nothing else. Whose hand it was on the owner's own line cannot be told without sent mail."""
    alone = told.conclude(pipeline.fold([str(told.ROOT / "examples" / name / "inbox.mbox")])).verdict.cause
    assert alone == ("undecided" if name in OWN_LINE else TRUTHS[name].cause)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TRUTHS)
def test_the_report_is_the_one_that_was_read(name: str, language: str) -> None:
    """After a change that is meant: `python -m tests.stories.refresh`, and read the difference as the owner would."""
    assert told.written(name, language) == told.kept(name, language).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TRUTHS)
def test_three_lines_come_first_and_no_line_is_too_wide(name: str, language: str) -> None:
    lines = told.written(name, language).splitlines()
    cause = TRUTHS[name].cause
    assert lines[:4] == [*(words(language)[f"verdict.{cause}.{part}"] for part in OUTLINE), ""]
    assert max(map(columns, lines)) <= 80


@pytest.mark.parametrize("name", TRUTHS)
def test_shards_come_to_the_same_report_as_one_pass(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(told.ROOT)
    shards = read.plan([f"examples/{name}"], 3)
    whole = Ledger()
    for shard in shards:
        part = Ledger()
        whole.merge(pipeline.learn(read.read_shard(shard, part.learn), part))
    assert len(shards) > 1
    assert as_json(told.conclude(whole)) == as_json(told.report(name))


@pytest.mark.parametrize("name", TRUTHS)
def test_line_ends_make_no_difference(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox that was copied through Windows has CR LF; only the places in the file move."""
    folder = tmp_path / "examples" / name
    for file in sorted(f for f in (told.ROOT / "examples" / name).rglob("*") if f.is_file()):
        copy = folder / file.relative_to(told.ROOT / "examples" / name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.chdir(tmp_path)
    found = pipeline.conclude(pipeline.fold([f"examples/{name}"]), Told(), NOW)
    assert without_places(as_json(found), tmp_path) == without_places(as_json(told.report(name)), told.ROOT)


def as_json(report: Report) -> str:
    return json(report, "0").decode()


def without_places(report: str, root: Path) -> str:
    return re.sub(r'"(?:offset|length|line)": ?\d+', "", report.replace(f"{root}/", ""))
