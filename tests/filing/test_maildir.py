"""Bounces moved between the folders of a Maildir: one rename each, nothing lost, flags kept, everything brought back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from modori import filing
from modori.types import Filed, Place
from tests.attribute.build import forged, ordinary

COUNT = 250
FLAGS = ("", "S", "FS", "R")


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A Maildir with COUNT bounces and some letters, read and unread."""
    return filled(tmp_path / "Maildir")


def filled(box: Path) -> Path:
    for part in ("cur", "new", "tmp"):
        (box / part).mkdir(parents=True)
    for number, raw in enumerate([*forged(COUNT), *(ordinary(n) for n in range(20))]):
        part, flags = ("new", "") if number % 5 == 4 else ("cur", ":2," + FLAGS[number % 4])
        (box / part / f"17777772{number:02d}.M{number}P1.host{flags}").write_bytes(raw)
    return box


def state(box: Path) -> dict[str, bytes]:
    return {str(file.relative_to(box)): file.read_bytes() for file in box.rglob("*.host*")}


def contents(box: Path) -> list[tuple[str, bytes]]:
    return sorted((Path(name).name, raw) for name, raw in state(box).items())


def wanted(box: Path) -> list[Filed]:
    """The bounces among the letters of the inbox."""
    found = [file for part in ("cur", "new") for file in sorted((box / part).iterdir())]
    return [
        Filed(Place(str(file)), filing.fingerprint(raw), "forged", "1")
        for file in found
        if b"Subject: Offer" in (raw := file.read_bytes())
    ]


def test_there_and_back(box: Path, tmp_path: Path) -> None:
    before = state(box)
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.move(wanted(box), "戻り", journal) == COUNT
    assert contents(box) == sorted((Path(name).name, raw) for name, raw in before.items())
    assert len(list((box / ".&Yjswig-").glob("*/*.host*"))) == COUNT
    assert (box / ".&Yjswig-" / "maildirfolder").exists()
    assert wanted(box) == []
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.back(journal) == (COUNT, 0)
    assert state(box) == before
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.back(journal) == (0, 0)


def test_what_became_read_in_the_folder_comes_back_read(box: Path, tmp_path: Path) -> None:
    letters = wanted(box)
    with filing.Journal(tmp_path / "journal") as journal:
        filing.move(letters, "Bounces", journal)
    fresh = next((box / ".Bounces" / "new").iterdir())
    fresh.rename(box / ".Bounces" / "cur" / f"{fresh.name}:2,S")
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.back(journal) == (COUNT, 0)
    assert (box / "cur" / f"{fresh.name}:2,S").exists()


def test_what_was_deleted_in_the_folder_is_missed_and_said(box: Path, tmp_path: Path) -> None:
    with filing.Journal(tmp_path / "journal") as journal:
        filing.move(wanted(box), "Bounces", journal)
    next((box / ".Bounces" / "cur").iterdir()).unlink()
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.back(journal) == (COUNT - 1, 1)


def test_a_letter_that_another_took_the_place_of_is_left_alone(box: Path, tmp_path: Path) -> None:
    letters = wanted(box)
    Path(letters[0].place.source).write_bytes(ordinary(99))
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.move(letters, "Bounces", journal) == COUNT - 1
    assert Path(letters[0].place.source).read_bytes() == ordinary(99)


def test_nothing_is_written_over(box: Path, tmp_path: Path) -> None:
    letters = wanted(box)
    name = Path(letters[0].place.source).name
    for part in ("cur", "new", "tmp"):
        (box / ".Bounces" / part).mkdir(parents=True)
    other = box / ".Bounces" / Path(letters[0].place.source).parent.name / name
    other.write_bytes(b"Subject: another\n\n")
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.move(letters, "Bounces", journal) == COUNT - 1
    assert other.read_bytes() == b"Subject: another\n\n"
    assert Path(letters[0].place.source).exists()


_KILLED = """
import os, signal, sys
from modori import filing
from tests.filing.test_maildir import wanted
from pathlib import Path
box, journal, after = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
rename = os.rename
def limited(old, new):
    global after
    rename(old, new)
    after -= 1
    if not after:
        os.kill(os.getpid(), signal.SIGKILL)
os.rename = limited
with filing.Journal(journal) as journal:
    filing.move(wanted(box), "Bounces", journal)
"""


@pytest.mark.parametrize("after", [1, 99, 100, 101, 249])
def test_a_kill_and_a_second_run(box: Path, tmp_path: Path, after: int) -> None:
    before = state(box)
    command = [sys.executable, "-c", _KILLED, str(box), str(tmp_path / "journal"), str(after)]
    killed = subprocess.run(command, check=False, cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONPATH": "."})
    assert killed.returncode == -signal.SIGKILL
    assert len(wanted(box)) == COUNT - after
    with filing.Journal(tmp_path / "journal") as journal:
        filing.move(wanted(box), "Bounces", journal)
    assert wanted(box) == []
    assert len(state(box)) == len(before)
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.back(journal) == (COUNT, 0)
    assert state(box) == before


def test_a_subfolder_s_bounces_go_to_the_same_folder(box: Path, tmp_path: Path) -> None:
    filled(box / ".Junk")
    with filing.Journal(tmp_path / "journal") as journal:
        assert filing.move(wanted(box / ".Junk"), "Bounces", journal) == COUNT
    assert len(list((box / ".Bounces").glob("*/*.host*"))) == COUNT


def test_where_letters_can_be_moved(box: Path) -> None:
    assert filing.movable(Place(str(box / "cur" / "1.host:2,S")), "Bounces") == "yes"
    assert filing.movable(Place("inbox.mbox", 5), "Bounces") == "no"
    assert filing.movable(Place("imaps://a@mail.example/INBOX", uid=3), "Bounces") == "yes"
    assert filing.movable(Place("imaps://a@mail.example/bounces", uid=3), "Bounces") == "there"
