"""A mailbox on a real Dovecot, read over real TLS."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from modori import read
from modori.imap import account_of, connect, parse
from modori.pipeline import Told, examine
from modori.types import Letter, Problem
from tests.attribute.build import OWNER, forged
from tests.servers.conftest import ready
from tests.servers.lab.cutting import wire
from tests.servers.lab.mailbox import PASSWORD, TOKEN, Server, running

pytestmark = pytest.mark.servers

COUNT = 300


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    ready()
    with running(tmp_path_factory.mktemp("mailbox")) as found:
        yield found


@pytest.fixture(autouse=True)
def keys(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODORI_CA_FILE", str(server.ca))
    monkeypatch.setenv("MODORI_IMAP_PASSWORD", PASSWORD)


@pytest.fixture(scope="module")
def filled(server: Server) -> Server:
    """alice's inbox with COUNT letters, one in the folder of spam, one in the folder of what she sent."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODORI_CA_FILE", str(server.ca))
        patch.setenv("MODORI_IMAP_PASSWORD", PASSWORD)
        client = connect(parse(server.url())[0])
    for number in range(COUNT):
        client.append("INBOX", letter(number))
    client.append("Junk", letter(1000))
    client.append("送信箱", letter(2000))
    client.logout()
    return server


def letter(number: int) -> bytes:
    return f"From: taro@example.jp\r\nSubject: {number}\r\nMessage-ID: <{number}@example.jp>\r\n\r\n{'x' * 500}\r\n".encode()


def everything(source: str) -> tuple[list[Letter], list[str]]:
    problems: list[Problem] = []
    return [item for item in read.read([source], problems.append) if isinstance(item, Letter)], [p.id for p in problems]


def subjects(letters: list[Letter]) -> list[int]:
    return [int(one.head[b"subject"]) for one in letters]


@pytest.mark.parametrize("name", ["imaps", "plain"])
def test_without_a_folder_the_inbox_the_spam_and_the_sent_mail_are_read(filled: Server, name: str) -> None:
    letters, problems = everything(filled.url(name=name))
    assert problems == []
    assert subjects(letters) == [*range(COUNT), 1000, 2000]
    assert [one.sent for one in letters] == [False] * (COUNT + 1) + [True]


def test_a_letter_knows_its_folder_its_uid_and_when_it_came(filled: Server) -> None:
    letters, _ = everything(filled.url("送信箱"))
    (found,) = letters
    assert account_of(found.place.source) == (parse(filled.url())[0], "送信箱")
    assert found.place.source == filled.url("送信箱")
    assert found.place.uid == 1
    assert found.raw == letter(2000)
    assert found.arrived is not None


def test_several_folders_in_the_order_in_which_they_were_named(filled: Server) -> None:
    letters, problems = everything(filled.url("junk,送信箱"))
    assert subjects(letters) == [1000, 2000]
    assert problems == []


def test_reading_changes_nothing(filled: Server) -> None:
    everything(filled.url("INBOX"))
    client = connect(parse(filled.url())[0])
    client.select_folder("INBOX", readonly=True)
    assert client.search(["SEEN"]) == []
    client.logout()


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_report_is_that_of_the_same_letters_in_files(filled: Server, tmp_path: Path, jobs: int) -> None:
    for one in everything(filled.url("INBOX"))[0]:
        (tmp_path / f"{one.place.uid}.eml").write_bytes(one.raw)
    there = examine([filled.url("INBOX")], Told(), 0.0, jobs=jobs)
    here = examine([str(tmp_path)], Told(), 0.0)
    assert there.tallies == here.tallies
    assert there.tallies.letters == COUNT


def test_progress_ends_at_the_whole(filled: Server) -> None:
    steps: list[tuple[int, int]] = []
    list(read.read([filled.url("INBOX")], lambda _: None, progress=lambda done, total: steps.append((done, total))))
    assert steps[-1] == (sum(len(letter(n)) for n in range(COUNT)),) * 2


def test_after_a_cut_reading_goes_on_with_the_next_letter(filled: Server) -> None:
    with wire(filled.ports["imaps"], [120_000, 130_000]) as broken:
        letters, problems = everything(f"imaps://alice@127.0.0.1:{broken.port}/INBOX")
    assert subjects(letters) == list(range(COUNT))
    assert (problems, broken.cut) == ([], 2)


def test_a_connection_that_is_cut_at_once_again_is_a_problem(filled: Server) -> None:
    with wire(filled.ports["imaps"], [120_000] + [20_000] * 5) as broken:
        letters, problems = everything(f"imaps://alice@127.0.0.1:{broken.port}/INBOX")
    assert problems == ["imap-cut"]
    assert 0 < len(letters) < COUNT


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{ok}Nowhere", "imap-no-folder"),
        ("imaps://alice@no-such-host.invalid/", "imap-no-host"),
        ("imaps://alice@127.0.0.1:1/", "imap-refused"),
        ("imaps://nobody@127.0.0.1:{port}/", "imap-login"),
        ("imaps://alice:secret@127.0.0.1:{port}/", "imap-password-in-url"),
        ("imaps://127.0.0.1:{port}/", "imap-url"),
        ("imaps://alice@127.0.0.1:0x/", "imap-url"),
    ],
)
def test_what_goes_wrong_is_a_problem_of_its_own(filled: Server, source: str, expected: str) -> None:
    letters, problems = everything(source.format(ok=filled.url(), port=filled.ports["imaps"]))
    assert (letters, problems) == ([], [expected])


def test_a_password_in_the_address_is_not_shown(filled: Server) -> None:
    problems: list[Problem] = []
    list(read.read(["imaps://alice:secret@127.0.0.1/"], problems.append))
    assert "secret" not in repr(problems)


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(filled: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MODORI_CA_FILE")
    assert everything(filled.url())[1] == ["imap-certificate"]


def test_a_certificate_for_another_name_is_not_accepted(filled: Server) -> None:
    assert everything(f"imaps://alice@127.0.0.9:{filled.ports['imaps']}/")[1] in (
        ["imap-certificate"],
        ["imap-refused"],
    )


def test_nobody_to_ask_for_the_password(filled: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MODORI_IMAP_PASSWORD")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert everything(filled.url())[1] == ["imap-no-password"]


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (f"print('{TOKEN}')", []),
        ("print('not-a-token')", ["imap-login"]),
        ("raise SystemExit(1)", ["imap-token"]),
    ],
)
def test_a_token_command_is_used_instead_of_a_password(
    filled: Server, monkeypatch: pytest.MonkeyPatch, program: str, expected: list[str]
) -> None:
    monkeypatch.setenv("MODORI_IMAP_TOKEN_COMMAND", f'{sys.executable} -c "{program}"')
    monkeypatch.setenv("MODORI_IMAP_PASSWORD", "wrong")
    letters, problems = everything(filled.url("Junk"))
    assert problems == expected
    assert subjects(letters) == ([] if expected else [1000])


def test_an_incident_proves_letters_that_stay_on_the_server(filled: Server, tmp_path: Path) -> None:
    """Each digest of the evidence list is that of what the server gives for the letter."""
    source = filled.url("INBOX", user="user1")
    client = connect(parse(source)[0])
    for raw in forged(30):
        client.append("INBOX", raw.replace(b"\n", b"\r\n"))

    def modori(*words: str) -> None:
        environment = {**os.environ, "MODORI_STORE": str(tmp_path / "store")}
        command = [sys.executable, "-c", "from modori.cli import main; main()", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 10), done.stderr

    modori("check", "--keep", source, "--me", OWNER)
    modori("incident", "export", "--out", str(tmp_path / "out.zip"))
    listed = zipfile.ZipFile(tmp_path / "out.zip").read("evidence.csv").decode()
    rows = list(csv.DictReader(io.StringIO(listed)))
    client.select_folder("INBOX", readonly=True)
    letters = client.fetch(client.search(), ["BODY.PEEK[]", "FLAGS"])
    digests = {hashlib.sha256(row[b"BODY[]"]).hexdigest() for row in letters.values()}
    assert {row["source"] for row in rows} == {source}
    assert {row["sha256"] for row in rows} <= digests
    assert len({row["sha256"] for row in rows}) > 3
    assert not any(b"\\Seen" in row[b"FLAGS"] for row in letters.values())
    client.logout()
