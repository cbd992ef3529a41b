"""The real command keeps, shows, ticks, closes and exports incidents in a real store, and writes nothing unasked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from modori.cli import exporting
from modori.types import Incident, Place, Unsent
from tests.cli.terminal import ROOT, run
from tests.show import builders

BROKEN = "examples/broken-into"


class Desk:
    """One user's command line with a store of its own."""

    def __init__(self, folder: Path) -> None:
        self.store = folder / "data" / "modori.sqlite3"

    def modori(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return run(*arguments, env={"MODORI_STORE": str(self.store)})

    def said(self, *arguments: str) -> str:
        done = self.modori(*arguments)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def first_check(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store after one check; whoever changes it takes a copy."""
    desk = Desk(tmp_path_factory.mktemp("first"))
    assert desk.modori("check", "--keep", BROKEN).returncode == 12
    return desk.store


@pytest.fixture
def kept(desk: Desk, first_check: Path) -> Desk:
    desk.store.parent.mkdir()
    shutil.copy(first_check, desk.store)
    return desk


def shown(desk: Desk) -> dict[str, object]:
    found: dict[str, object] = json.loads(desk.said("incident", "show", "--format", "json"))
    return found


def test_nothing_is_written_unasked(desk: Desk) -> None:
    assert desk.modori("check", BROKEN).returncode == 12
    assert not desk.store.parent.exists()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_incident_shows_its_verdict_and_its_plan(kept: Desk, lang: str) -> None:
    text = kept.said("incident", "show", "--lang", lang)
    title = {"ja": "メールのパスワードを変えてください", "en": "Change your mail password"}[lang]
    assert f"[ ]  2. {title}" in text
    assert "utsuwa-hiyori.example" in text
    assert "…\n" not in text, "a sentence lacks a param"


def test_a_second_check_updates_it_and_says_what_changed(kept: Desk) -> None:
    again = kept.modori("check", "--keep", BROKEN)
    assert b"brought up to date" in again.stderr
    assert b"Nothing new" in again.stderr
    assert len(kept.said("incident", "list").splitlines()) == 1


def test_new_bounces_and_an_end_of_the_sending_are_noticed(desk: Desk, tmp_path: Path) -> None:
    whole = (ROOT / BROKEN / "inbox.mbox").read_bytes()
    half = whole.rfind(b"\n\nFrom ", 0, len(whole) * 7 // 10) + 2
    box = tmp_path / "inbox.mbox"
    box.write_bytes(whole[:half])
    desk.modori("check", "--keep", str(box), f"{BROKEN}/Sent.mbox")
    box.write_bytes(whole)
    again = desk.modori("check", "--keep", str(box), f"{BROKEN}/Sent.mbox").stderr.decode()
    assert "new delivery errors" in again


def test_steps_are_ticked_by_number_or_name_and_unticked(kept: Desk) -> None:
    assert "Change your mail password" in kept.said(
        "incident", "done", "2", "--when", "2026-11-09T08:00", "--note", "ok"
    )
    kept.said("incident", "done", "preserve")
    kept.said("incident", "undone", "preserve")
    text = kept.said("incident", "show")
    assert "[x]  2." in text
    assert "done 9 November 2026, 08:00" in text
    assert "Note: ok" in text
    assert "1 of" in text
    assert "[ ]  1." in text


def test_notes_and_events_stand_in_the_diary_in_their_order(kept: Desk) -> None:
    kept.said("incident", "note", "the provider's number is \x1b[31m0120")
    kept.said("incident", "event", "password-changed", "--when", "2026-11-09T07:40")
    kept.said("incident", "event", "家族に知らせた", "--when", "2026-11-09T07:41")
    text = kept.said("incident", "show").rpartition("the first delivery error arrives")[2]  # below the chart
    assert text.index("the last delivery error") < text.index("the password is changed") < text.index("家族に知らせた")
    assert "\x1b" not in text


def test_close_and_reopen(kept: Desk) -> None:
    name = str(shown(kept)["id"])
    kept.said("incident", "close")
    assert kept.modori("incident", "show").returncode == 2
    assert "closed" in kept.said("incident", "show", name)
    assert kept.modori("incident", "done", "1", "-i", name).returncode == 2
    kept.said("incident", "reopen", name[:4])
    assert shown(kept)["closed"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "zzz"], "There is no incident zzz"),
        (["done", "999"], "has no step 999"),
        (["done", "1", "--when", "yesterday"], "--when yesterday"),
        (["show", "--format", "xml"], "--format xml"),
    ],
)
def test_a_mistake_is_wrong_usage_and_said_in_words(kept: Desk, arguments: list[str], words: str) -> None:
    done = kept.modori("incident", *arguments)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_store_from_the_future_is_refused_in_words_after_the_report(kept: Desk, lang: str) -> None:
    with sqlite3.connect(kept.store) as plain:
        plain.execute("UPDATE schema_version SET version = 99")
    done = kept.modori("check", "--keep", "--lang", lang, BROKEN)
    assert done.returncode == 1
    assert {"ja": "新しい Modori", "en": "newer Modori"}[lang] in done.stderr.decode()
    assert done.stdout, "the report is printed all the same"


# --- the archive ------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(kept: Desk, tmp_path: Path) -> zipfile.ZipFile:
    file = tmp_path / "out.zip"
    kept.said("incident", "export", "--out", str(file))
    return zipfile.ZipFile(file)


def test_the_archive_is_whole_and_proves_itself(archive: zipfile.ZipFile) -> None:
    assert archive.testzip() is None
    sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
    assert sums.keys() == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
    assert {"incident.json", "report.json", "report.ja.txt", "report.en.html", "drafts/provider.txt"} <= sums.keys()


def test_every_digest_is_that_of_the_bytes_in_the_mailbox(archive: zipfile.ZipFile) -> None:
    rows = list(csv.DictReader(io.StringIO(archive.read("evidence.csv").decode())))
    assert len({row["sha256"] for row in rows}) > 5
    for row in rows:
        begin = int(row["offset"])
        letter = (ROOT / row["source"]).read_bytes()[begin : begin + int(row["length"])]
        assert hashlib.sha256(letter).hexdigest() == row["sha256"]


def test_no_private_mail_is_in_the_archive(kept: Desk, archive: zipfile.ZipFile) -> None:
    report = shown(kept)["report"]
    assert isinstance(report, dict)
    subjects = [letter["subject"] for letter in report["rescue"] if len(letter["subject"]) > 8]
    assert subjects
    text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [subject for subject in subjects if subject in text] == []


def test_neither_are_the_letters_that_the_limit_kept_back(tmp_path: Path) -> None:
    kept_back = Unsent(Place("/Sent.mbox", 7, 9), "m@shop.example", "About your operation", ("dr@clinic.example",), 0.0)
    incident = Incident("kamo-tesu", 0.0, 0.0, "hijacked", report=replace(builders.hijacked(), unsent=(kept_back,)))
    exporting.write(incident, str(tmp_path / "out.zip"), "en")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "forwarding" in text
    assert [said for said in ("operation", "clinic", "m@shop.example") if said in text] == []
