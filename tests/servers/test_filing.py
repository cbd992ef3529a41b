"""Bounces moved on a real Dovecot, whatever happens on the way: nothing is lost, nothing is there twice, flags stay."""

from __future__ import annotations

import imaplib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count, cycle
from pathlib import Path

import pytest

from modori import read
from modori.filing import Journal, fingerprint, move
from modori.imap import connect, parse
from modori.types import Filed, Letter
from tests.attribute.build import NOON, forged, ordinary
from tests.servers.conftest import ready
from tests.servers.lab.cutting import wire
from tests.servers.lab.mailbox import PASSWORD, USERS, Server, running

pytestmark = pytest.mark.servers

FLAGS = cycle([(), (b"\\Seen",), (b"\\Flagged", b"\\Seen"), (b"\\Answered",), (b"Work",)])
MANY, FEW = 1000, 160
MODORI = (sys.executable, "-c", "from modori.cli import main; main()")
_users = iter(USERS)

State = dict[str, Counter[tuple[bytes, frozenset[bytes]]]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    ready()
    with running(tmp_path_factory.mktemp("mailbox")) as found:
        yield found


@pytest.fixture(autouse=True)
def keys(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODORI_CA_FILE", str(server.ca))
    monkeypatch.setenv("MODORI_IMAP_PASSWORD", PASSWORD)


@lru_cache(maxsize=2)
def letters(many: int) -> tuple[list[bytes], list[bytes]]:
    """(ordinary letters, backscatter), so `many` together, nine in ten of them backscatter."""
    kept = [ordinary(number) for number in range(many // 10)]
    return kept, forged(many - len(kept))


@pytest.fixture
def user(server: Server, keys: None, request: pytest.FixtureRequest) -> str:
    """Somebody new, whose inbox holds the letters, in turn read, unread, flagged and answered."""
    name = next(_users)
    kept, noise = letters(getattr(request, "param", FEW))
    with session(server, name) as client:
        for number, raw in enumerate(kept + noise):
            came = datetime.fromtimestamp(NOON + number, UTC)
            client.append("INBOX", raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), next(FLAGS), came)
    return name


@contextmanager
def session(server: Server, user: str) -> Iterator[object]:
    client = connect(parse(server.url(user=user))[0])
    yield client
    client.logout()


def state(server: Server, user: str) -> State:
    """Every letter of every folder with its flags."""
    found: State = {}
    with session(server, user) as client:
        for _, _, name in client.list_folders():
            client.select_folder(name, readonly=True)
            rows = client.fetch(client.search(), ["BODY.PEEK[]", "FLAGS", "INTERNALDATE"])
            found[name] = Counter(
                (row[b"BODY[]"] + str(row[b"INTERNALDATE"]).encode(), frozenset(row[b"FLAGS"]) - {b"\\Recent"})
                for row in rows.values()
            )
    return found


def modori(*words: str) -> subprocess.CompletedProcess[str]:
    command = [*MODORI, *words, "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def rescue(source: str, journal: Path, *more: str) -> subprocess.CompletedProcess[str]:
    words = ("rescue", source, "--me", "info@kitchen.example", "--move-to", "Bounces", "--journal", str(journal))
    return modori(*words, *more)


def total(found: State) -> Counter[tuple[bytes, frozenset[bytes]]]:
    return sum(found.values(), Counter())


def sorted_out(before: State, after: State, many: int) -> None:
    """All backscatter is in Bounces, everything else where it was, all of it as it was."""
    assert total(after) == total(before)
    assert after["Bounces"].total() == len(letters(many)[1])
    assert after["INBOX"].total() == len(letters(many)[0])
    assert all(b"Subject: Undelivered" not in raw for raw, _ in after["INBOX"])


@pytest.mark.parametrize("user", [MANY], indirect=True)
@pytest.mark.parametrize("name", ["imaps", "old"])
def test_a_thousand_letters_there_and_back(server: Server, user: str, name: str, tmp_path: Path) -> None:
    before, source, journal = state(server, user), server.url(user=user, name=name), tmp_path / "journal"
    dry = rescue(source, journal)
    assert dry.returncode == 0, dry.stderr
    assert "Nothing has been changed yet. 900 delivery errors would be moved to the folder Bounces" in " ".join(
        dry.stdout.split()
    )
    assert state(server, user) == before
    assert not journal.exists()

    done = rescue(source, journal, "--apply", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["filing"]
    assert (told["planned"], told["moved"], told["causes"]) == (900, 900, {"forged": 900})
    sorted_out(before, state(server, user), MANY)

    again = rescue(source, journal, "--apply", "--format", "json")
    assert json.loads(again.stdout)["filing"]["planned"] == 0
    sorted_out(before, state(server, user), MANY)

    undone = modori("rescue", "--undo", str(journal))
    assert (undone.returncode, undone.stdout) == (0, "900 letters are back where they were.\n")
    after = state(server, user)
    assert after.pop("Bounces").total() == 0
    assert after == before


_KILLED = """
import os, signal, sys
from modori.filing.journal import Journal
left = int(sys.argv.pop(1))
write = Journal._write
def limited(self, entry):
    global left
    write(self, entry)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
Journal._write = limited
from modori.cli import main
main()
"""


@pytest.mark.parametrize(
    ("name", "lines"), [("imaps", 1), ("imaps", 3), ("old", 1), ("old", 2), ("old", 3), ("old", 6)]
)
def test_a_kill_at_any_step_and_a_second_run(server: Server, user: str, name: str, lines: int, tmp_path: Path) -> None:
    before, source, journal = state(server, user), server.url(user=user, name=name), tmp_path / "journal"
    words = [
        "rescue",
        source,
        "--me",
        "info@kitchen.example",
        "--move-to",
        "Bounces",
        "--journal",
        str(journal),
        "--apply",
    ]
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(lines), *words], check=False, timeout=300)
    assert killed.returncode == -signal.SIGKILL
    assert len(journal.read_bytes().splitlines()) == lines

    done = rescue(source, journal, "--apply")
    assert done.returncode == 0, done.stderr
    sorted_out(before, state(server, user), FEW)

    undone = modori("rescue", "--undo", str(journal))
    assert undone.returncode == 0, undone.stderr
    after = state(server, user)
    assert after.pop("Bounces").total() == 0
    assert after == before


def move_until(commands: int, source: str, journal: str) -> None:
    """Move, and be killed when the nth command is on its way and nobody will hear the answer."""
    bounces = [
        Filed(item.place, fingerprint(item.raw), "forged", "1")
        for item in read.read([source], lambda _: None)
        if isinstance(item, Letter) and b"Subject: Undelivered" in item.raw
    ]
    sent, send = count(1), imaplib.IMAP4.send

    def limited(self: imaplib.IMAP4, data: bytes) -> None:
        send(self, data)
        if next(sent) == commands:
            os.kill(os.getpid(), signal.SIGKILL)

    imaplib.IMAP4.send = limited  # type: ignore[method-assign]
    with Journal(Path(journal)) as held:
        move(bounces, "Bounces", held)


@pytest.mark.parametrize("name", ["imaps", "old"])
def test_a_kill_after_any_command(server: Server, user: str, name: str, tmp_path: Path) -> None:
    """One run after the other, each killed one command later than the one before; no letter is ever missing."""
    before, source, journal = state(server, user), server.url("INBOX", user, name), tmp_path / "journal"
    fork = multiprocessing.get_context("fork")
    for commands in count(1):
        run = fork.Process(target=move_until, args=(commands, source, str(journal)))
        run.start()
        run.join()
        assert total(before) - total(state(server, user)) == Counter()
        if run.exitcode == 0:
            break
        assert run.exitcode == -signal.SIGKILL
    assert commands > 10
    sorted_out(before, state(server, user), FEW)


@pytest.mark.parametrize("name", ["imaps", "old"])
def test_a_kill_at_any_moment(server: Server, user: str, name: str, tmp_path: Path) -> None:
    before, source, journal = state(server, user), server.url(user=user, name=name), tmp_path / "journal"
    for size in (1, 6000, 14_000):
        words = ["rescue", source, "--move-to", "Bounces", "--journal", str(journal), "--apply", "--quiet"]
        running = subprocess.Popen([*MODORI, *words], stdout=subprocess.DEVNULL)
        while running.poll() is None:
            if journal.exists() and journal.stat().st_size >= size:
                os.kill(running.pid, signal.SIGKILL)
                break
        running.wait()
    assert rescue(source, journal, "--apply").returncode == 0
    sorted_out(before, state(server, user), FEW)


@pytest.mark.parametrize("name", ["imaps", "old"])
@pytest.mark.parametrize("cuts", [[20_000], [60_000, 70_000], [90_000]])
def test_a_connection_that_is_cut(server: Server, user: str, name: str, cuts: list[int], tmp_path: Path) -> None:
    before, journal = state(server, user), tmp_path / "journal"
    host = {"imaps": "127.0.0.1", "old": "127.0.0.2"}[name]
    with wire(server.ports[name], [-1, -1, *cuts], host) as broken:  # the first two read
        done = rescue(f"imaps://{user}@127.0.0.1:{broken.port}/", journal, "--apply")
    assert done.returncode == 0, done.stderr
    assert broken.cut == len(cuts)
    sorted_out(before, state(server, user), FEW)


def test_a_folder_that_is_there_already_keeps_what_is_in_it(server: Server, user: str, tmp_path: Path) -> None:
    with session(server, user) as client:
        client.create_folder("Bounces")
        client.append("Bounces", ordinary(5000).replace(b"\n", b"\r\n"), [b"\\Flagged"])
    before = state(server, user)
    assert rescue(server.url(user=user), tmp_path / "journal", "--apply").returncode == 0
    after = state(server, user)
    assert total(after) == total(before)
    assert after["Bounces"] >= before["Bounces"]
    assert after["Bounces"].total() == 1 + len(letters(FEW)[1])


def test_what_the_user_marked_as_deleted_is_not_expunged(server: Server, user: str, tmp_path: Path) -> None:
    with session(server, user) as client:
        client.select_folder("INBOX")
        client.add_flags([1, 2, 3], [b"\\Deleted"])
    before = state(server, user)
    assert rescue(server.url(user=user, name="old"), tmp_path / "journal", "--apply").returncode == 0
    sorted_out(before, state(server, user), FEW)


def test_a_server_that_can_only_delete_is_left_alone(server: Server, user: str, tmp_path: Path) -> None:
    before = state(server, user)
    done = rescue(server.url(user=user, name="bare"), tmp_path / "journal", "--apply")
    assert done.returncode == 1
    assert "no MOVE, no UIDPLUS" in done.stderr
    assert state(server, user) == before


def test_two_runs_at_once(server: Server, user: str, tmp_path: Path) -> None:
    before, journal = state(server, user), tmp_path / "journal"
    words = ["rescue", server.url(user=user), "--move-to", "Bounces", "--apply", "--journal"]
    runs = [
        subprocess.Popen([*MODORI, *words, str(tmp_path / name)], stdout=subprocess.DEVNULL) for name in ("one", "two")
    ]
    assert {run.wait() for run in runs} <= {0, 1}
    assert rescue(server.url(user=user), journal, "--apply").returncode == 0
    sorted_out(before, state(server, user), FEW)
