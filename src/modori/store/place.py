"""Where the store lies: MODORI_STORE, else the user's data folder; readable by nobody else."""

from __future__ import annotations

import os
from pathlib import Path

from modori.errors import StoreError

_NAME = "modori.sqlite3"


def path(told: str = "") -> Path:
    """The file of the store: `told`, else the environment's, else the platform's own place for such data."""
    named = told or os.environ.get("MODORI_STORE", "")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("modori", appauthor=False) / _NAME


def prepare(file: Path) -> None:
    """Make the folder and an empty file with the user's rights alone: incidents name people and addresses.

    SQLite gives the files that it makes beside it (-wal, -shm) the rights of the first.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600))
    except OSError as wrong:
        raise StoreError("no-place", path=str(file), why=wrong.strerror or "") from wrong
