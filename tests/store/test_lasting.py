"""The store survives: a kill at any statement, several processes at once, a full disk, other schemas, a damaged file."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, inspect

from modori.errors import StoreError
from modori.store import Store, migrate
from modori.store.tables import metadata
from modori.types import Incident
from tests.show import builders
from tests.show.builders import DAY, T
from tests.store import victim
from tests.store.victim import SECOND

NOW = T + DAY
ROOT = Path(__file__).parents[2]


# --- kill -9 ----------------------------------------------------------------------------------------------------


def ended(work: Callable[..., None], file: Path, *told: int) -> int | None:
    """Let a process of its own do the work on the store; how it ended."""
    process = multiprocessing.get_context("fork").Process(target=work, args=(str(file), *told))
    process.start()
    process.join()
    return process.exitcode


def whole(file: Path) -> list[Incident]:
    """What a fresh process finds; each incident must be all there."""
    with sqlite3.connect(file) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    with Store.open(str(file)) as store:
        return everything(store)


def everything(store: Store) -> list[Incident]:
    """All incidents, but for their names, which are drawn by lot."""
    return [replace(store.incident(found.id), id="") for found in store.incidents()]


def copied(file: Path, target: Path) -> Path:
    """With what SQLite has not yet brought home from the files beside it."""
    for beside in ("", "-wal"):
        if Path(f"{file}{beside}").exists():
            shutil.copy(f"{file}{beside}", f"{target}{beside}")
    return target


def test_a_kill_at_any_statement_leaves_all_of_a_deed_or_nothing(tmp_path: Path) -> None:
    """Every statement of every deed, begun on what the deed before left behind, which was not even closed."""
    left, before = tmp_path / "nothing", list[Incident]()
    for deed in range(len(victim.DEEDS)):
        done = copied(left, tmp_path / f"{deed}-done")
        assert ended(victim.one, done, deed, 0) == 0
        after = whole(copied(done, tmp_path / f"{deed}-seen"))
        assert after != before
        kept = list(survived(left, deed))
        assert {end for end, _ in kept[:-1]} == {-signal.SIGKILL}
        found = [(before, after).index(incidents) for _, incidents in kept]
        assert found == sorted(found), "kept, and lost again"
        assert sum(found) < len(found) - 5, "killed too late to prove anything"
        left, before = done, after


def survived(left: Path, deed: int) -> Iterator[tuple[int | None, list[Incident]]]:
    """How a deed ended and what is in the store, killed before its first statement, its second, and so on."""
    for last in count(1):
        file = copied(left, Path(f"{left}-{deed}-{last}"))
        end = ended(victim.one, file, deed, last)
        yield end, whole(file)
        if end == 0:
            return


# --- several at once --------------------------------------------------------------------------------------------


def note_ten_times(file: str) -> int:
    with Store.open(file) as store:
        kept = store.keep(builders.hijacked(), ["/inbox.mbox"], NOW)
        for number in range(10):
            store.note(kept.id, f"{os.getpid()} {number}", NOW + number)
    return os.getpid()


def test_processes_at_once_open_one_incident_and_lose_no_note(tmp_path: Path) -> None:
    file = str(tmp_path / "modori.sqlite3")
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(note_ten_times, [file] * 4))
    with Store.open(file) as store:
        (found,) = store.incidents()
        diary = store.incident(found.id).diary
    texts = [e.params["text"] for e in diary if e.kind == "note"]
    assert len(set(texts)) == 40
    assert sorted(e.kind for e in diary if e.kind != "note") == ["checked"] * 3 + ["opened"]


def test_a_writer_that_will_not_let_go_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "modori.sqlite3"
    Store.open(str(file)).close()
    monkeypatch.setattr("modori.store.engine.WAIT", 0.05)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(str(file)) as store, pytest.raises(StoreError) as refused:
        store.keep(builders.hijacked(), [], NOW)
    other.close()
    assert refused.value.id == "busy"


# --- no room ----------------------------------------------------------------------------------------------------


def test_a_store_that_may_not_grow_keeps_what_it_has(tmp_path: Path) -> None:
    file = tmp_path / "modori.sqlite3"
    with Store.open(str(file)) as store:
        first = store.keep(builders.hijacked(), ["/inbox.mbox"], NOW)

    def cap(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # SQLite takes the present size for the least

    event.listen(Engine, "connect", cap)
    try:
        with Store.open(str(file)) as store:
            with pytest.raises(StoreError) as refused:
                store.note(first.id, "x" * 200_000, NOW)
            assert refused.value.id == "full"
            assert store.incident(first.id).report is not None
    finally:
        event.remove(Engine, "connect", cap)
    assert len(whole(file)) == 1


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root to mount a tiny file system")
def test_a_really_full_disk_keeps_what_it_has(tmp_path: Path) -> None:
    script = f"""
mount -t tmpfs -o size=256k tmpfs {tmp_path} &&
{sys.executable} -m tests.store.victim {tmp_path}/m.sqlite3 &&
dd if=/dev/zero of={tmp_path}/fill bs=1k count=1000 2>/dev/null
{sys.executable} -m tests.store.victim {tmp_path}/m.sqlite3 2>&1 | tail -1
rm {tmp_path}/fill
{sys.executable} -c "from tests.store.test_lasting import *; print('left', len(whole(Path('{tmp_path}/m.sqlite3'))))"
"""
    command = ["unshare", "--mount", "sh", "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "StoreError: full" in done.stdout, done.stdout + done.stderr
    assert done.stdout.endswith("left 1\n")


# --- other schemas ----------------------------------------------------------------------------------------------


def test_the_migrations_make_the_tables_that_the_code_names(tmp_path: Path) -> None:
    Store.open(str(tmp_path / "m.sqlite3")).close()
    from modori.store.engine import connect

    made = inspect(connect(tmp_path / "m.sqlite3"))
    columns = {t: {(c["name"], c["nullable"]) for c in made.get_columns(t)} for t in metadata.tables}
    assert columns == {t: {(c.name, c.nullable) for c in table.columns} for t, table in metadata.tables.items()}
    keys = {t: made.get_pk_constraint(t)["constrained_columns"] for t in metadata.tables}
    assert keys == {t: [c.name for c in table.primary_key] for t, table in metadata.tables.items()}


def test_an_older_store_is_brought_forward_and_kept_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "modori.sqlite3"
    with Store.open(str(file)) as store:
        kept = store.keep(builders.hijacked(), [], NOW)
    with Store.open(str(file), [*migrate.shipped(), SECOND]) as store:
        assert store.incident(kept.id).report is not None
    copy = Path(f"{file}.schema-1")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with Store.open(str(copy)) as old:
        assert old.incident(kept.id).report is not None


def test_a_kill_while_migrating_leaves_one_schema_or_the_other(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite3"
    assert ended(victim.one, old, 0, 0) == 0
    versions = []
    for last in count(1):
        file = copied(old, tmp_path / f"{last}.sqlite3")
        end = ended(victim.upgrade, file, last)
        with sqlite3.connect(file) as plain:
            (version,) = plain.execute("SELECT version FROM schema_version").fetchone()
            tables = {name for (name,) in plain.execute("SELECT name FROM sqlite_master")}
        assert ("extra" in tables) == (version == 2)
        with Store.open(str(file), [*migrate.shipped(), SECOND]) as store:
            assert store.incident().report is not None
        versions.append(version)
        if end == 0:
            break
        assert end == -signal.SIGKILL
    assert versions == sorted(versions)
    assert set(versions) == {1, 2}


@pytest.mark.parametrize("broken", [SECOND + "CREATE TABLE incident (id TEXT);\n", SECOND + "nonsense;\n"])
def test_a_migration_that_fails_changes_nothing(tmp_path: Path, broken: str) -> None:
    file = str(tmp_path / "modori.sqlite3")
    with Store.open(file) as store:
        kept = store.keep(builders.hijacked(), [], NOW)
    with pytest.raises(StoreError, match="failed"):
        Store.open(file, [*migrate.shipped(), broken])
    with Store.open(file) as store:
        assert store.incident(kept.id).report is not None


def test_a_store_of_the_future_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "modori.sqlite3"
    Store.open(str(file), [*migrate.shipped(), SECOND]).close()
    before = file.read_bytes()
    with pytest.raises(StoreError) as refused:
        Store.open(str(file))
    assert (refused.value.id, refused.value.params["found"]) == ("newer", 2)
    assert file.read_bytes() == before


def test_a_report_of_another_version_leaves_the_rest_readable(tmp_path: Path) -> None:
    file = tmp_path / "modori.sqlite3"
    with Store.open(str(file)) as store:
        kept = store.keep(builders.hijacked(), [], NOW)
        with sqlite3.connect(file) as plain:
            plain.execute("UPDATE incident SET report = '{\"report\": 1}'")
        incident = store.incident(kept.id)
        assert incident.report is None
        assert len(incident.tasks) > 3
        store.tick(kept.id, "watch", NOW)
        assert store.keep(builders.hijacked(), [], NOW).changes == ()
        assert store.incident(kept.id).report is not None


# --- bad places -------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_store_is_said_to_be_damaged_and_left(tmp_path: Path) -> None:
    file = tmp_path / "modori.sqlite3"
    file.write_bytes(b"dear diary, " * 1000)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(str(file))
    assert file.read_bytes() == b"dear diary, " * 1000


def test_a_place_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="no-place"):
        Store.open(str(tmp_path / "file" / "modori.sqlite3"))


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "modori.sqlite3"
    with Store.open(str(file)) as store:
        store.keep(builders.hijacked(), [], NOW)
        modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in file.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_environment_names_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODORI_STORE", str(tmp_path / "mine.sqlite3"))
    Store.open().close()
    monkeypatch.delenv("MODORI_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    Store.open().close()
    assert (tmp_path / "mine.sqlite3").exists()
    assert (tmp_path / "modori" / "modori.sqlite3").exists() or sys.platform != "linux"
