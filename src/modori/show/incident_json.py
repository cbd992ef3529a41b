"""An Incident as JSON (schema `modori.incident/1`): ids, numbers, times; the report in it as show.json writes it."""

from __future__ import annotations

from typing import Any

import msgspec

from modori.show.json import iso, place, plain
from modori.show.safe import encodable
from modori.types import Entry, Incident, Task

SCHEMA = "modori.incident/1"


def incident_json(incident: Incident, version: str, lang: str = "en") -> bytes:
    """One JSON document, ending in a line end."""
    whole = {
        "schema": SCHEMA,
        "id": incident.id,
        "opened": iso(incident.opened),
        "updated": iso(incident.updated),
        "closed": iso(incident.closed),
        "watch_until": iso(incident.watch_until),
        "cause": incident.cause,
        "addresses": [encodable(address) for address in incident.addresses],
        "sources": [encodable(source) for source in incident.sources],
        "plan": [_task(task) for task in incident.tasks],
        "diary": [_entry(entry) for entry in incident.diary],
        "proofs": [{"place": place(proof.place), "sha256": proof.sha256} for proof in incident.proofs],
        "report": plain(incident.report, version, lang) if incident.report else None,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _task(task: Task) -> dict[str, Any]:
    return {
        "number": task.number,
        "id": task.step.id,
        "urgency": task.step.urgency,
        "done": iso(task.done),
        "note": encodable(task.note),
        "wanted": task.wanted,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    """Params come out of the store, where they were made fit for JSON."""
    return {
        "when": iso(entry.when),
        "kind": entry.kind,
        "params": entry.params,
        "changes": [{"id": change.id, "params": change.params} for change in entry.changes],
    }
