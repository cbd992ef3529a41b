"""Where an incident stands: did what the user did stop it, how long is it still to be watched, may it be closed?

The verdict says what happened, and stays what it was as long as the letters lie in the mailbox; whoever has acted wants
to know whether it helped. Only a check that came after the deed can tell, by when the returned letters were sent.
"""

from __future__ import annotations

from modori.store.changes import last_sent
from modori.store.watch import stopped
from modori.types import ACT_NOW, Change, Incident


def outcome(incident: Incident, now: float) -> Change | None:
    """An id of words/*/incident.toml [outcome]; None where there is nothing to wait for."""
    report, until = incident.report, incident.watch_until
    if report is None or until is None or incident.closed is not None:
        return None
    told: dict[str, object] = {"until": until, "last": report.generated}
    if report.verdict.cause in ACT_NOW and (acted := stopped(incident.tasks, incident.diary)) is not None:
        told["when"] = acted
        newest = last_sent(report)
        if newest is not None and newest > acted:
            return Change("again", {**told, "last_sent": newest})
        if report.generated <= acted:
            return Change("unproven", told)
    if now > until:
        return Change("over" if report.generated >= until else "look", told)
    return Change("quiet" if "when" in told else "watch", told)
