"""How far the plans of several incidents are: what a list of many shows, without reading their reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from modori.store.tables import incident, task


@dataclass(frozen=True, slots=True)
class Overview:
    """Steps that are done, of those the latest check asks for."""

    done: int = 0
    wanted: int = 0
    closed: bool = False


def overviews(connection: Connection, identifiers: Collection[str]) -> dict[str, Overview]:
    """By name; an incident that is not there any more is left out."""
    query = (
        select(incident.c.id, incident.c.closed, func.count(task.c.step), func.count(task.c.done))
        .outerjoin(task, (task.c.incident == incident.c.id) & task.c.wanted)
        .where(incident.c.id.in_(identifiers))
        .group_by(incident.c.id, incident.c.closed)
    )
    rows = connection.execute(query)
    return {name: Overview(done, wanted, closed is not None) for name, closed, wanted, done in rows}


def named(connection: Connection, closed: bool) -> list[str]:
    """The names of all incidents that are closed, or of those that are not."""
    wanted = incident.c.closed.isnot(None) if closed else incident.c.closed.is_(None)
    return list(connection.scalars(select(incident.c.id).where(wanted)))
