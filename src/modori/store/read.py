"""Rows to Incidents, and the names that users type to rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from modori.errors import StoreError
from modori.store import diary, plan, records
from modori.store.tables import incident as incidents
from modori.store.tables import mark, proof
from modori.types import Incident, Proof


def summaries(connection: Connection) -> list[Incident]:
    """All incidents without their reports, plans, diaries and proofs: open ones first, then the latest."""
    order = (incidents.c.closed.isnot(None), incidents.c.updated.desc(), incidents.c.id)
    columns = [column for column in incidents.c if column.name != "report"]
    rows = connection.execute(select(*columns).order_by(*order)).all()
    return [_summary(connection, row) for row in rows]


def incident(connection: Connection, identifier: str) -> Incident:
    """The whole incident of exactly this name."""
    row = connection.execute(select(incidents).where(incidents.c.id == identifier)).first()
    if row is None:
        raise StoreError("unknown", id=identifier)
    return replace(
        _summary(connection, row),
        report=records.read_report(row.report),
        tasks=plan.tasks(connection, identifier),
        diary=diary.lines(connection, identifier),
        proofs=_proofs(connection, identifier),
    )


def resolve(connection: Connection, told: str) -> str:
    """The full name for what the user typed: the name or its beginning; nothing means the only open incident."""
    rows = connection.execute(select(incidents.c.id, incidents.c.closed)).all()
    fitting = [r.id for r in rows if (r.id.startswith(told.lower()) if told else r.closed is None)]
    if len(fitting) == 1:
        return str(fitting[0])
    if told.lower() in fitting:
        return told.lower()
    if fitting:
        raise StoreError("several", names=sorted(fitting))
    raise StoreError("unknown" if told else "none-open", id=told)


def _summary(connection: Connection, row: Row[Any]) -> Incident:
    marks = connection.execute(select(mark.c.kind, mark.c.value).where(mark.c.incident == row.id)).all()
    known = {kind: tuple(sorted(m.value for m in marks if m.kind == kind)) for kind in ("address", "source")}
    return Incident(
        row.id, row.opened, row.updated, row.cause, row.closed, row.watch_until, known["address"], known["source"]
    )


def _proofs(connection: Connection, identifier: str) -> tuple[Proof, ...]:
    rows = connection.execute(select(proof.c.place, proof.c.sha256).where(proof.c.incident == identifier)).all()
    return tuple(sorted((Proof(records.read_place(r.place), r.sha256) for r in rows), key=lambda p: p.place))
