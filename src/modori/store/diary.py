"""An incident's diary: what was checked, done, noted and told, each line with its time; nothing is ever rewritten."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from modori.store import records
from modori.store.tables import entry
from modori.types import Change, Entry, Params

# Events that have words of their own (words/*/incident.toml [event]); anything else is kept in the user's words.
EVENTS = frozenset({"password-changed", "program-stopped", "device-cleaned", "provider-told", "provider-answered"})


def write(
    connection: Connection,
    identifier: str,
    when: float,
    kind: str,
    params: Params,
    changes: tuple[Change, ...] = (),
) -> None:
    """One more line."""
    last = connection.scalar(select(func.max(entry.c.number)).where(entry.c.incident == identifier)) or 0
    kept = {key: value for key, value in params.items() if value not in ("", None)}
    connection.execute(
        insert(entry).values(
            incident=identifier,
            number=last + 1,
            happened=when,
            kind=kind,
            params=records.params(kept),
            changes=records.changes(changes),
        )
    )


def lines(connection: Connection, identifier: str) -> tuple[Entry, ...]:
    """All lines in the order of what happened."""
    query = select(entry).where(entry.c.incident == identifier).order_by(entry.c.happened, entry.c.number)
    return tuple(
        Entry(row.happened, row.kind, records.read_params(row.params), records.read_changes(row.changes))
        for row in connection.execute(query)
    )
