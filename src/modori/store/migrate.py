"""The schema, brought forward one numbered SQL file at a time; a store from the future is left alone.

All missing migrations run in one transaction together with the new number, so that a kill or a full disk leaves the
old schema whole; and an old store is copied beside itself first, for whoever wants to go back.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from modori.errors import StoreError
from modori.store.engine import reading, spoken, writing


@lru_cache(maxsize=1)
def shipped() -> tuple[str, ...]:
    """The SQL of every migration, in order; the first makes the tables."""
    folder = files("modori.store").joinpath("migrations")
    found = sorted((e for e in folder.iterdir() if e.name.endswith(".sql")), key=lambda e: e.name)
    return tuple(e.read_text(encoding="utf-8") for e in found)


def bring_forward(engine: Engine, migrations: Sequence[str]) -> None:
    """Leave the store at the newest schema, or raise StoreError and leave it as it was."""
    with reading(engine) as connection:
        found = _version(connection)
    if found == len(migrations):
        return
    _refuse_future(engine, found, len(migrations))
    if found:
        _copy(engine, Path(f"{engine.url.database}.schema-{found}"))
    with writing(engine) as connection:
        found = _version(connection)  # another process may have been faster
        _refuse_future(engine, found, len(migrations))
        for number in range(found, len(migrations)):
            _run(connection, migrations[number])
        _number(connection, found, len(migrations))


def _refuse_future(engine: Engine, found: int, known: int) -> None:
    if found > known:
        raise StoreError("newer", path=str(engine.url.database), found=found, known=known)


def _version(connection: Connection) -> int:
    """0 for an empty file."""
    if not inspect(connection).has_table("schema_version"):
        return 0
    return int(connection.execute(text("SELECT version FROM schema_version")).scalar_one())


def _number(connection: Connection, found: int, version: int) -> None:
    if not found:
        connection.execute(text("CREATE TABLE schema_version (version INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO schema_version VALUES (:version)"), {"version": version})
    connection.execute(text("UPDATE schema_version SET version = :version"), {"version": version})


def _run(connection: Connection, script: str) -> None:
    """The driver takes one statement at a time; ours end with a semicolon at the end of a line."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def _copy(engine: Engine, target: Path) -> None:
    """A whole copy of the old store; it appears complete or not at all."""
    if target.exists():
        return
    part = f"{target}.{os.getpid()}.part"
    try:
        with spoken(engine), engine.connect() as connection:
            plain = connection.connection.driver_connection
            if plain is not None:
                plain.execute("VACUUM INTO ?", (part,))
        os.chmod(part, 0o600)
        os.replace(part, target)
    finally:
        if os.path.exists(part):
            os.unlink(part)
