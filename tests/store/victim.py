"""A program that does everything a store can do, and kills itself, as kill -9 would, before its nth statement.

python -m tests.store.victim STORE           everything, undisturbed
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from sqlalchemy import Engine, event

from modori.store import Store, migrate
from modori.types import Place, Proof, Report
from tests.show import builders
from tests.show.builders import DAY, T

NOW = T + DAY
SECOND = "CREATE TABLE extra (id TEXT PRIMARY KEY);\nALTER TABLE incident ADD COLUMN mood TEXT;\n"
PROOFS = (Proof(Place("/inbox.mbox", 10, 20), "ab"), Proof(Place("/inbox.mbox", 40, 20), "cd"))


def _shorter(report: Report) -> Report:
    return replace(report, plan=replace(report.plan, steps=report.plan.steps[2:4]))


def _name(store: Store) -> str:
    return store.incidents()[0].id


# In their order; each is one transaction.
DEEDS: tuple[Callable[[Store], object], ...] = (
    lambda store: store.keep(builders.hijacked(), ["/inbox.mbox"], NOW, PROOFS),
    lambda store: store.tick(_name(store), "change-mail-password", NOW, note="done"),
    lambda store: store.untick(_name(store), "change-mail-password", NOW + 1),
    lambda store: store.note(_name(store), "the provider calls back", NOW + 2),
    lambda store: store.event(_name(store), "password-changed", NOW + 3, NOW + 4),
    lambda store: store.keep(_shorter(builders.hijacked()), ["/copy.mbox"], NOW + DAY, PROOFS),
    lambda store: store.shut(_name(store), NOW + DAY + 1),
    lambda store: store.reopen(_name(store), NOW + DAY + 2),
)


def one(file: str, deed: int, last: int) -> None:
    """One deed, killed before the nth statement, or when all is done: nothing is closed or tidied up."""
    die_before(last)
    DEEDS[deed](Store.open(file))
    os._exit(0)


def upgrade(file: str, last: int) -> None:
    """Open an old store with a newer Modori."""
    die_before(last)
    Store.open(file, [*migrate.shipped(), SECOND]).close()


def die_before(last: int) -> None:
    """Count every statement that SQLite begins, BEGIN and COMMIT among them, and be killed before the nth."""
    statements = count(1)

    def step(_: str) -> None:
        if next(statements) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def follow(connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(step)

    event.listen(Engine, "connect", follow, insert=True)


if __name__ == "__main__":
    with Store.open(sys.argv[1]) as opened:
        for do in DEEDS:
            do(opened)
