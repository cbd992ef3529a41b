"""A program that keeps a check and a tick in the store and kills itself, as kill -9 would, before its nth statement.

    python -m tests.store.victim STORE N        exit 0 when it came to its end, else it is killed
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from sqlalchemy import Engine, event

from modori.store import Store, migrate
from tests.show import builders
from tests.show.builders import DAY, T

NOW = T + DAY
SECOND = "CREATE TABLE extra (id TEXT PRIMARY KEY);\nALTER TABLE incident ADD COLUMN mood TEXT;\n"


def main(file: str, last: int) -> None:
    """BEGIN and COMMIT are statements, too: each is a moment at which a machine can stop."""
    die_before(last)
    with Store.open(file) as store:
        kept = store.keep(builders.hijacked(), ["/inbox.mbox"], NOW)
        store.tick(kept.id, "change-mail-password", NOW, note="done")


def upgrade(file: str, last: int) -> None:
    """Open an old store with a newer Modori."""
    die_before(last)
    Store.open(file, [*migrate.shipped(), SECOND]).close()


def die_before(last: int) -> None:
    """Count statements, and be killed before the nth."""
    statements = count(1)

    def step(*_: object) -> None:
        if next(statements) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
