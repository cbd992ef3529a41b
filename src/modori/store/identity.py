"""Is this the same mailbox as before? By the owner's addresses; where none is known, by what was given to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select

from modori.store import records
from modori.store.tables import incident, mark
from modori.types import Owner


def find(connection: Connection, owner: Owner, sources: Sequence[str]) -> str | None:
    """The open incident of this mailbox, the latest when there are several."""
    found = _sharing(connection, "address", owner.addresses)
    if found is None and not owner.addresses:
        found = _sharing(connection, "source", sources)
    return found


def _sharing(connection: Connection, kind: str, values: Iterable[str]) -> str | None:
    wanted = [records.clean(value) for value in values]
    query = (
        select(incident.c.id)
        .join(mark, mark.c.incident == incident.c.id)
        .where(incident.c.closed.is_(None), mark.c.kind == kind, mark.c.value.in_(wanted))
        .order_by(incident.c.updated.desc(), incident.c.id)
        .limit(1)
    )
    return connection.scalar(query)


def remember(connection: Connection, identifier: str, owner: Owner, sources: Sequence[str]) -> None:
    """Add what is not yet known of the mailbox."""
    mine = mark.c.incident == identifier
    known = {tuple(row) for row in connection.execute(select(mark.c.kind, mark.c.value).where(mine))}
    told = [("address", value) for value in owner.addresses] + [("source", value) for value in sources]
    fresh = dict.fromkeys((kind, records.clean(value)) for kind, value in told)
    added = [{"incident": identifier, "kind": k, "value": v} for k, v in fresh if (k, v) not in known]
    if added:
        connection.execute(insert(mark), added)
