"""The plan's steps as tasks: ticks and notes stay when a later check brings a new plan."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, insert, select, update

from modori.errors import StoreError
from modori.store import records
from modori.store.tables import task
from modori.types import Step, Task


def merge(connection: Connection, identifier: str, steps: Sequence[Step]) -> None:
    """The new plan in its order; steps it no longer has go behind it, unwanted but not forgotten."""
    known = [t.step.id for t in tasks(connection, identifier)]
    current = {step.id: step for step in steps}
    for position, step in enumerate(current.values(), 1):
        values = {"position": position, "content": records.step(step), "wanted": True}
        if step.id in known:
            connection.execute(update(task).where(_one(identifier, step.id)).values(**values))
        else:
            connection.execute(insert(task).values(incident=identifier, step=step.id, note="", **values))
    left = [step for step in known if step not in current]
    for position, step_id in enumerate(left, len(current) + 1):
        connection.execute(update(task).where(_one(identifier, step_id)).values(position=position, wanted=False))


def tasks(connection: Connection, identifier: str) -> tuple[Task, ...]:
    """All steps, in the order of the plan."""
    rows = connection.execute(select(task).where(task.c.incident == identifier).order_by(task.c.position))
    return tuple(Task(r.position, records.read_step(r.content), r.done, r.note, r.wanted) for r in rows)


def tick(connection: Connection, identifier: str, step: str, when: float, note: str) -> None:
    """Mark a step as done. An earlier note stays unless there is a new one."""
    values: dict[str, object] = {"done": when}
    if note:
        values["note"] = records.clean(note)
    _change(connection, identifier, step, values)


def untick(connection: Connection, identifier: str, step: str) -> None:
    _change(connection, identifier, step, {"done": None})


def _change(connection: Connection, identifier: str, step: str, values: dict[str, object]) -> None:
    changed = connection.execute(update(task).where(_one(identifier, step)).values(**values))
    if not changed.rowcount:
        raise StoreError("no-step", step=step)


def _one(identifier: str, step: str) -> ColumnElement[bool]:
    return (task.c.incident == identifier) & (task.c.step == step)
