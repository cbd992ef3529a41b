"""How long to keep an eye on a mailbox: fourteen days from the last sign of trouble, or from what was done about it."""

from __future__ import annotations

from modori.store.changes import last_sent
from modori.types import Entry, Report, Task

DAYS = 14
_HARMLESS = frozenset({"none", "own", "forwarded", "fake"})
# What stops a source, as a step of the plan or as an event told; a letter sent after it means that it did not.
_STEPS = frozenset(
    {"change-mail-password", "stop-program", "unplug", "stop-form-answer", "fix-forward", "change-site-passwords"}
)
_EVENTS = frozenset({"password-changed", "program-stopped", "device-cleaned"})


def until(report: Report, opened: float, stopped: float | None) -> float | None:
    """When the watch ends; None where there is nothing to watch for."""
    if report.verdict.cause in _HARMLESS:
        return None
    marks = [opened, stopped, last_sent(report)]
    return max(mark for mark in marks if mark is not None) + DAYS * 86_400.0


def stopped(tasks: tuple[Task, ...], diary: tuple[Entry, ...]) -> float | None:
    """When the source was stopped, as the user says: the latest stopping step ticked, or event told."""
    ticked = [task.done for task in tasks if task.done is not None and task.step.id in _STEPS]
    told = [entry.when for entry in diary if entry.kind == "event" and entry.params.get("event") in _EVENTS]
    return max([*ticked, *told], default=None)
