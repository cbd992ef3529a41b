"""What lasts: incidents with their plans, diaries and proofs, in one SQLite file of the user's own.

    with Store.open() as store:
        kept = store.keep(report, sources, now)      opens an incident, or updates the open one of the same mailbox
        store.tick(kept.id, "change-mail-password", now)
        incident = store.incident(kept.id)

Every method is one transaction: it happened, or it did not, whatever becomes of the process or the disk.
"""

from modori.store.standing import outcome
from modori.store.store import Kept, Overview, Store

__all__ = ["Kept", "Overview", "Store", "outcome"]
