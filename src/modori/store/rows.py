"""Writing an incident's own row and its proofs, inside a transaction that somebody else holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, insert, select, update

from modori.errors import StoreError
from modori.store import engine, names, records
from modori.store.tables import incident, proof
from modori.types import Proof, Report


def open_incident(connection: Connection, report: Report, now: float) -> str:
    """A new row; its name."""
    taken = set(connection.scalars(select(incident.c.id)))
    identifier = names.mint(taken)
    connection.execute(insert(incident).values(id=identifier, opened=now, **_content(report, now)))
    return identifier


def update_report(connection: Connection, identifier: str, report: Report, now: float) -> None:
    """The latest report takes the place of the one before."""
    _set(connection, identifier, **_content(report, now))


def _content(report: Report, now: float) -> dict[str, object]:
    return {"updated": now, "cause": report.verdict.cause, "report": records.report(report)}


def set_watch(connection: Connection, identifier: str, until: float | None) -> None:
    _set(connection, identifier, watch_until=until)


def set_closed(connection: Connection, identifier: str, closed: float | None) -> None:
    _set(connection, identifier, closed=closed)


def _set(connection: Connection, identifier: str, **values: object) -> None:
    connection.execute(update(incident).where(incident.c.id == identifier).values(**values))


@contextmanager
def editing(database: Engine, identifier: str, now: float, closed: bool) -> Iterator[Connection]:
    """A writing transaction on an incident that is there, and open or closed as the deed needs it."""
    with engine.writing(database) as connection:
        row = connection.execute(select(incident.c.closed).where(incident.c.id == identifier)).first()
        if row is None:
            raise StoreError("unknown", id=identifier)
        if (row.closed is not None) != closed:
            raise StoreError("not-closed" if closed else "closed", id=identifier)
        _set(connection, identifier, updated=now)
        yield connection


def add_proofs(connection: Connection, identifier: str, proofs: Iterable[Proof]) -> None:
    """Digests of letters not known yet. The first one stands: it was taken nearest to the event."""
    known = set(connection.scalars(select(proof.c.place).where(proof.c.incident == identifier)))
    fresh = {records.place(p.place): p.sha256 for p in proofs}
    added = [
        {"incident": identifier, "place": at, "sha256": digest} for at, digest in fresh.items() if at not in known
    ]
    if added:
        connection.execute(insert(proof), added)
