"""The store's public face: each method is one transaction over the functions of the modules beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType

from sqlalchemy import Connection, Engine

from modori.store import diary, engine, identity, migrate, overview, place, plan, read, rows, watch
from modori.store.changes import changes
from modori.store.overview import Overview
from modori.types import Change, Incident, Proof, Report


@dataclass(frozen=True, slots=True)
class Kept:
    """What `keep` did: a new incident, or an update of the open one and what had changed since."""

    id: str
    opened: bool
    changes: tuple[Change, ...] = ()


class Store:
    """One file of incidents. Safe to use from several threads and processes at once."""

    def __init__(self, database: Engine) -> None:
        self._engine = database

    @classmethod
    def open(cls, told: str = "", migrations: Sequence[str] | None = None) -> Store:
        """The store at `told`, MODORI_STORE or the usual place; made when it is not there. Raises StoreError."""
        file = place.path(told)
        place.prepare(file)
        database = engine.connect(file)
        migrate.bring_forward(database, migrate.shipped() if migrations is None else migrations)
        return cls(database)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- checks ---------------------------------------------------------------------------------------------------

    def keep(self, report: Report, sources: Sequence[str], now: float, proofs: Iterable[Proof] = ()) -> Kept:
        """Update the open incident of the report's mailbox, or open one. `sources` should be absolute."""
        with engine.writing(self._engine) as connection:
            found = identity.find(connection, report.owner, sources)
            if found is None:
                kept = Kept(rows.open_incident(connection, report, now), True)
                diary.write(connection, kept.id, now, "opened", {"cause": report.verdict.cause})
            else:
                kept = Kept(found, False, self._update(connection, found, report, now))
            identity.remember(connection, kept.id, report.owner, sources)
            plan.merge(connection, kept.id, report.plan.steps)
            rows.add_proofs(connection, kept.id, proofs)
            self._watch(connection, kept.id)
            return kept

    def _update(self, connection: Connection, identifier: str, report: Report, now: float) -> tuple[Change, ...]:
        before = read.incident(connection, identifier)
        found: tuple[Change, ...] = ()
        if before.report is not None:
            found = changes(before.report, report, _stopped(before))
        rows.update_report(connection, identifier, report, now)
        diary.write(connection, identifier, now, "checked", {"cause": report.verdict.cause}, found)
        return found

    # --- what the user does ---------------------------------------------------------------------------------------

    def tick(self, identifier: str, step: str, now: float, when: float | None = None, note: str = "") -> None:
        """The user has done a step, `when` or now."""
        with self._editing(identifier, now) as connection:
            plan.tick(connection, identifier, step, now if when is None else when, note)
            diary.write(connection, identifier, now if when is None else when, "done", {"step": step, "note": note})
            self._watch(connection, identifier)

    def untick(self, identifier: str, step: str, now: float) -> None:
        """The step is not done after all."""
        with self._editing(identifier, now) as connection:
            plan.untick(connection, identifier, step)
            diary.write(connection, identifier, now, "undone", {"step": step})
            self._watch(connection, identifier)

    def note(self, identifier: str, text: str, now: float) -> None:
        """Words of the user's own."""
        with self._editing(identifier, now) as connection:
            diary.write(connection, identifier, now, "note", {"text": text})

    def event(self, identifier: str, what: str, when: float, now: float) -> None:
        """Something that happened, at a time that the user tells: a known id (diary.EVENTS), or free words."""
        params = {"event": what} if what in diary.EVENTS else {"text": what}
        with self._editing(identifier, now) as connection:
            diary.write(connection, identifier, when, "event", params)
            self._watch(connection, identifier)

    def shut(self, identifier: str, now: float) -> None:
        """Close the incident; a later check of the mailbox opens another."""
        with self._editing(identifier, now) as connection:
            rows.set_closed(connection, identifier, now)
            diary.write(connection, identifier, now, "closed", {})

    def reopen(self, identifier: str, now: float) -> None:
        """Take a closed incident up again."""
        with self._editing(identifier, now, closed=True) as connection:
            rows.set_closed(connection, identifier, None)
            diary.write(connection, identifier, now, "reopened", {})

    # --- reading --------------------------------------------------------------------------------------------------

    def incidents(self) -> list[Incident]:
        """All of them, open ones first, then the latest; without their reports, plans, diaries and proofs."""
        with engine.reading(self._engine) as connection:
            return read.summaries(connection)

    def incident(self, identifier: str = "") -> Incident:
        """One whole incident by its name or the beginning of it; without a name, the only open one."""
        with engine.reading(self._engine) as connection:
            return read.incident(connection, read.resolve(connection, identifier))

    def overviews(self, identifiers: Collection[str]) -> dict[str, Overview]:
        """How far the plans of these incidents are, by name."""
        with engine.reading(self._engine) as connection:
            return overview.overviews(connection, identifiers)

    def named(self, closed: bool) -> list[str]:
        """The names of all incidents that are closed, or of those that are not."""
        with engine.reading(self._engine) as connection:
            return overview.named(connection, closed)

    # --- within -----------------------------------------------------------------------------------------------------

    def _editing(self, identifier: str, now: float, closed: bool = False) -> AbstractContextManager[Connection]:
        return rows.editing(self._engine, identifier, now, closed)

    def _watch(self, connection: Connection, identifier: str) -> None:
        incident = read.incident(connection, identifier)
        if incident.report is not None:
            rows.set_watch(connection, identifier, watch.until(incident.report, incident.opened, _stopped(incident)))


def _stopped(incident: Incident) -> float | None:
    return watch.stopped(incident.tasks, incident.diary)


__all__ = ["Kept", "Overview", "Store"]
