"""`modori check` as scripts rely on it: exit statuses, formats, bad input in one line each, and no network."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from modori.show.schema import schema
from tests.cli.running import EXAMPLES, modori, watched

BROKEN, FORGED = EXAMPLES / "broken-into", EXAMPLES / "forged"


def report(*arguments: str | Path) -> dict:
    return json.loads(modori("check", "--format", "json", *arguments).stdout)


@pytest.mark.parametrize(("source", "cause", "status"), [(BROKEN, "hijacked", 12), (FORGED, "forged", 10)])
def test_the_examples(source: Path, cause: str, status: int) -> None:
    done = modori("check", "--format", "json", source)
    found = json.loads(done.stdout)
    assert (found["verdict"]["cause"], done.returncode) == (cause, status)
    Draft202012Validator(schema()).validate(found)


def test_the_report_does_not_depend_on_jobs() -> None:
    alone, shared = report(BROKEN), report("--jobs", "2", BROKEN)
    alone.pop("generated")
    shared.pop("generated")
    assert alone == shared


@pytest.mark.parametrize(
    ("locale", "option", "word"),
    [("ja_JP.UTF-8", (), "パスワード"), ("C.UTF-8", (), "password"), ("ja_JP.UTF-8", ("--lang", "en"), "password")],
)
def test_it_speaks_the_users_language(locale: str, option: tuple[str, ...], word: str) -> None:
    done = modori("check", *option, BROKEN, lang=locale)
    head = done.stdout.decode().splitlines()[:3]
    assert word in " ".join(head)
    assert len(head) == 3
    assert not done.stdout.count(b"\x1b")


def test_packed_and_piped_mailboxes_say_the_same(tmp_path: Path) -> None:
    mailbox = (FORGED / "inbox.mbox").read_bytes()
    packed = tmp_path / "takeout.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        entry = tarfile.TarInfo("mail/inbox.mbox")
        entry.size = len(mailbox)
        archive.addfile(entry, io.BytesIO(mailbox))
    plain = report(FORGED / "inbox.mbox")
    for other in (report(packed), json.loads(modori("check", "--format", "json", "-", stdin=mailbox).stdout)):
        assert other["verdict"]["cause"] == plain["verdict"]["cause"]
        assert other["tallies"] == plain["tallies"]


def test_nothing_readable_is_no_all_clear(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mbox"
    empty.touch()
    for source in (tmp_path / "missing", empty):
        done = modori("check", source)
        assert (done.returncode, done.stdout) == (3, b"")
        assert done.stderr.count(source.name.encode()) >= 1
        as_json = modori("check", "--format", "json", source)
        found = json.loads(as_json.stdout)
        assert (as_json.returncode, found["verdict"]["cause"]) == (3, "undecided")
        assert found["problems"]


def test_each_bad_source_is_one_line_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "rubbish.bin").write_bytes(os.urandom(5000))
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(".")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.mbox", bytes(300_000_000))
    done = modori("check", "--format", "json", tmp_path / "missing", tmp_path / "empty", tmp_path, FORGED)
    found = json.loads(done.stdout)
    assert found["verdict"]["cause"] == "forged"
    said = done.stderr.decode().splitlines()
    for name in ("missing", "empty", "rubbish.bin", "fifo", "bomb.zip"):
        assert any(name in line for line in said), name
    assert all(line.startswith("modori: ") for line in said)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--format", "pdf"), ("--lang", "xx"), ("--since", "yesterday"), ("--resolver", "127.0.0.1"), ("--nonsense",)],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    done = modori("check", *arguments, FORGED)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_since_and_until_bound_the_letters() -> None:
    whole, part = report(FORGED), report("--since", "2026-11-03T12:00", "--until", "2026-11-04T06:00", FORGED)
    assert 0 < part["tallies"]["bounces"] < whole["tallies"]["bounces"]


def test_out_writes_the_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    assert modori("check", "--format", "json", "--out", target, FORGED).stdout == b""
    assert json.loads(target.read_bytes())["verdict"]["cause"] == "forged"
    assert os.listdir(tmp_path) == ["report.json"]


def test_out_writes_into_a_device_and_never_replaces_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    done = modori("parse", "--format", "csv", "--out", pipe, EXAMPLES / "README.md")
    assert done.returncode == 3
    assert os.read(reader, 100).startswith(b"source,")
    assert pipe.is_fifo()
    os.close(reader)


@pytest.mark.parametrize("command", [("check",), ("check", "--jobs", "2"), ("parse",), ("site",)])
def test_without_online_nothing_leaves_the_machine(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = watched(tmp_path, *command, BROKEN)
    assert done.returncode in {0, 10, 12}, done.stderr.decode()
    assert b"NETWORK" not in done.stderr
