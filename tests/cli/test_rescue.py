"""modori rescue: what matters first, newsletters last, and nothing moves unasked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from modori import read
from modori.octets.dates import date
from modori.types import Letter

EXAMPLES = Path(__file__).parents[2] / "examples"
LATER = {"newsletter", "list"}


def modori(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from modori.cli import main; main()", "rescue", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def maildir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The broken-into example as a Maildir, with what its owner sent in the folder for that."""
    box = tmp_path_factory.mktemp("mail") / "Maildir"
    for folder, name in ((box, "inbox"), (box / ".Sent", "Sent")):
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True)
        for item in read.read([str(EXAMPLES / "broken-into" / f"{name}.mbox")], lambda _: None):
            assert isinstance(item, Letter)
            stamp = date(item.head[b"date"]) or 0.0
            (folder / "cur" / f"{stamp:.0f}.M{item.place.offset}P1.host:2,S").write_bytes(item.raw)
    return box


@pytest.mark.parametrize("example", ["broken-into", "forged"])
def test_newsletters_come_last(example: str) -> None:
    done = modori(str(EXAMPLES / example), "--format", "json")
    reasons = [letter["reason"] for letter in json.loads(done.stdout)["letters"]]
    assert done.returncode == 0
    assert reasons
    assert reasons == sorted(reasons, key=lambda reason: reason in LATER)


@pytest.mark.parametrize(("lang", "heading"), [("ja", "何かを削除する前に"), ("en", "Read these before you delete")])
def test_each_letter_is_listed_with_its_reason(lang: str, heading: str) -> None:
    letters = json.loads(modori(str(EXAMPLES / "forged"), "--format", "json", "--lang", lang).stdout)["letters"]
    text = modori(str(EXAMPLES / "forged"), "--lang", lang).stdout
    assert heading in text
    assert all(letter["why"] in text for letter in letters)


def test_a_dry_run_says_what_would_be_moved_and_moves_nothing(maildir: Path) -> None:
    before = sorted(maildir.rglob("*"))
    told = json.loads(modori(str(maildir), "--move-to", "Bounces", "--format", "json").stdout)["filing"]
    assert sorted(maildir.rglob("*")) == before
    assert (told["applied"], told["moved"], told["planned"], told["kept"]) == (
        False,
        0,
        len(told["letters"]),
        {"own": 1},
    )
    assert set(told["causes"]) == {"hijacked"}


def test_own_bounces_go_only_when_asked_for(maildir: Path) -> None:
    told = json.loads(modori(str(maildir), "--move-to", "Bounces", "--cause", "own", "--format", "json").stdout)[
        "filing"
    ]
    assert told["causes"] == {"own": 1}


def test_there_and_back(maildir: Path, tmp_path: Path) -> None:
    before = sorted(file.name for file in maildir.rglob("*.host*"))
    journal = str(tmp_path / "journal")
    done = modori(str(maildir), "--move-to", "Bounces", "--apply", "--journal", journal, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert f"modori rescue --undo {journal}" in " ".join(done.stdout.split())
    assert len(list((maildir / ".Bounces").glob("*/*"))) > 50
    assert sorted(file.name for file in maildir.rglob("*.host*")) == before
    undone = modori("--undo", journal, "--lang", "en")
    assert (undone.returncode, undone.stderr) == (0, "")
    assert list((maildir / ".Bounces").glob("*/*")) == []
    assert sorted(file.name for file in maildir.rglob("*.host*")) == before


def test_an_mbox_is_only_read() -> None:
    source = EXAMPLES / "broken-into"
    before = {file: file.read_bytes() for file in source.iterdir()}
    done = modori(str(source), "--move-to", "Bounces", "--apply", "--lang", "en")
    assert done.returncode == 1
    assert "cannot be moved, because this is a file or an archive" in " ".join(done.stdout.split())
    assert {file: file.read_bytes() for file in source.iterdir()} == before


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--undo", "no-such-file"],
        ["mail", "--apply"],
        ["-", "--move-to", "Bounces"],
        ["mail", "--cause", "unlucky"],
        ["mail", "--format", "pdf"],
    ],
)
def test_wrong_usage(words: list[str]) -> None:
    done = modori(*words)
    assert done.returncode == 2
    assert done.stderr


def test_nothing_to_read(tmp_path: Path) -> None:
    assert modori(str(tmp_path)).returncode == 3


def test_a_filter_is_printed(tmp_path: Path) -> None:
    assert modori(str(EXAMPLES / "forged"), "--sieve").stdout.count("fileinto :create") == 1
    assert modori(str(EXAMPLES / "forged"), "--gmail", "--move-to", "A&B").stdout.count('value="A&amp;B"') == 1


def test_no_filter_where_nothing_tells_the_bounces_apart() -> None:
    done = modori(str(EXAMPLES / "forged"), "--sieve", "--cause", "hijacked", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert "MAILER-DAEMON" in done.stderr
