"""Connections and transactions, and SQLite's complaints as StoreErrors that a user can act on.

The standard driver opens transactions by its own rules (PEP 249); it is told not to, so that BEGIN stands where we
say it: IMMEDIATE for whoever will write (two processes then queue instead of failing half-way), plain for readers.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from modori.errors import StoreError

WAIT = 10.0  # seconds to wait for another process that writes
_WRITES = "modori_writes"
_ROOM = 1 << 17  # what SQLite needs beside the file before it can begin to write
# SQLite result codes (sqlite.org/rescode.html) by their primary name.
_SAID = {
    "SQLITE_FULL": "full",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_READONLY": "read-only",
    "SQLITE_PERM": "read-only",
    "SQLITE_CANTOPEN": "no-place",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged",
}


def connect(file: Path) -> Engine:
    """An engine for the file; no connection is made yet."""
    engine = create_engine(URL.create("sqlite", database=str(file)), connect_args={"timeout": WAIT})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None
    # WAL: readers and a writer do not wait for each other. FULL: what was said to be kept survives a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of everything."""
    with spoken(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """All of it, or nothing."""
    options: dict[str, Any] = {_WRITES: True}
    with spoken(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def spoken(engine: Engine) -> Iterator[None]:
    """What SQLite refuses becomes a StoreError; the transaction around it has been rolled back."""
    file = str(engine.url.database)
    try:
        yield
    except DBAPIError as wrong:
        raise StoreError(_reason(wrong.orig, file), path=file, why=str(wrong.orig)) from wrong
    except sqlite3.Error as wrong:
        raise StoreError(_reason(wrong, file), path=file, why=str(wrong)) from wrong


def _reason(wrong: BaseException | None, file: str) -> str:
    name = str(getattr(wrong, "sqlite_errorname", ""))
    known = next((said for code, said in _SAID.items() if name == code or name.startswith(f"{code}_")), "failed")
    # A disk without room for the -shm file is reported as a failure to write, not as a full disk.
    return "full" if known == "failed" and name.startswith("SQLITE_IOERR") and _no_room(file) else known


def _no_room(file: str) -> bool:
    return shutil.disk_usage(Path(file).parent).free < _ROOM
