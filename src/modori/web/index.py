"""What the list of examinations shows, in one small file beside them: ten thousand are searched without opening any.

The folders are the truth. The index holds nothing else, catches up with them before every list, and may be deleted:
it is made again, also when another version wrote it or a power cut damaged it.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import msgspec

from modori.version import __version__

_NAME = "index.sqlite3"
_PATIENCE = 10.0  # seconds to wait for another server on the same folder
_WORDS = 8  # of a search that are looked for


@dataclass(frozen=True, slots=True)
class Row:
    """One examination. `cause` is empty until it is finished; `text` is what a search looks through."""

    id: str
    made: float
    cause: str = ""
    severity: str = ""
    letters: int = 0
    bounces: int = 0
    about: str = ""
    incident: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A search: words that all occur, a cause ("" for any), the incidents it may belong to (None for any), finished or
    not (None for both)."""

    text: str = ""
    cause: str = ""
    incidents: Collection[str] | None = None
    finished: bool | None = None


_COLUMNS = ", ".join(field.name for field in fields(Row))
_SLOTS = ", ".join("?" for _ in fields(Row))
_TABLE = f"""
CREATE TABLE job ({_COLUMNS}, PRIMARY KEY (id)) WITHOUT ROWID;
CREATE INDEX job_cause ON job (cause, id);
CREATE INDEX job_incident ON job (incident, id);
"""
_SHAPE = zlib.crc32(f"{_TABLE}{__version__}".encode()) & 0x7FFFFFFF


class Index:
    """Rows of the jobs whose folders lie in `folder`; `read` makes the row of one, None when it is no job."""

    def __init__(self, folder: Path, read: Callable[[str], Row | None]) -> None:
        self._file, self._read = folder / _NAME, read

    def catch_up(self, names: Collection[str], finished: Callable[[str], bool]) -> None:
        """Bring the rows to what is there: `names` are all jobs; only new and newly finished ones are opened."""
        try:
            self._catch_up(names, finished)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)  # damaged: made anew
            self._catch_up(names, finished)

    def _catch_up(self, names: Collection[str], finished: Callable[[str], bool]) -> None:
        with self._connected() as connection:
            known = {name: bool(cause) for name, cause in connection.execute("SELECT id, cause FROM job")}
            there = set(names)
            stale = [name for name in there if not known.get(name) and (name not in known or finished(name))]
            gone = [(name,) for name in known.keys() - there]
            if stale or gone:
                rows = [astuple(row) for row in map(self._read, stale) if row is not None]
                connection.executemany("DELETE FROM job WHERE id = ?", gone)
                connection.executemany(f"INSERT OR REPLACE INTO job ({_COLUMNS}) VALUES ({_SLOTS})", rows)

    def forget(self, name: str) -> None:
        """The job is opened again by the next `catch_up`."""
        with self._connected() as connection:
            connection.execute("DELETE FROM job WHERE id = ?", (name,))

    def count(self, sought: Sought) -> int:
        """How many rows a search finds."""
        where, values = _where(sought)
        with self._connected() as connection:
            return int(connection.execute(f"SELECT count(*) FROM job WHERE {where}", values).fetchone()[0])

    def rows(self, sought: Sought, first: int, most: int) -> list[Row]:
        """A page of what a search finds, newest first."""
        where, values = _where(sought)
        query = f"SELECT {_COLUMNS} FROM job WHERE {where} ORDER BY id DESC LIMIT ? OFFSET ?"
        with self._connected() as connection:
            return [Row(*row) for row in connection.execute(query, (*values, most, first))]

    def causes(self) -> dict[str, int]:
        """How many examinations came to each verdict, most first."""
        query = "SELECT cause, count(*) FROM job WHERE cause != '' GROUP BY cause ORDER BY 2 DESC, 1"
        with self._connected() as connection:
            return dict(connection.execute(query))

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the file."""
        with closing(sqlite3.connect(self._file, timeout=_PATIENCE)) as connection, connection:
            _prepare(connection)
            yield connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # what a power cut takes is made again
    if connection.execute("PRAGMA user_version").fetchone()[0] != _SHAPE:
        fresh = f"DROP TABLE IF EXISTS job; {_TABLE} PRAGMA user_version = {_SHAPE};"
        connection.executescript(f"BEGIN IMMEDIATE; {fresh} COMMIT")


def _where(sought: Sought) -> tuple[str, list[object]]:
    """The condition of a search, and the values in it."""
    terms, values = ["1"], list[object]()
    for word in sought.text.lower().split()[:_WORDS]:
        terms.append(r"text LIKE ? ESCAPE '\'")
        values.append("%" + word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%")
    if sought.cause:
        terms.append("cause = ?")
        values.append(sought.cause)
    if sought.finished is not None:
        terms.append("cause != ''" if sought.finished else "cause = ''")
    if sought.incidents is not None:
        terms.append("incident IN (SELECT value FROM json_each(?))")
        values.append(msgspec.json.encode(list(sought.incidents)).decode())
    return " AND ".join(terms), values
