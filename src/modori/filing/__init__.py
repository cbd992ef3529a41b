"""Bounces out of the way: into a folder of the same mailbox, and back. Nothing is ever deleted.

Every step is written to a journal before and after it is taken, so that after a kill, a cut or a full disk the next run
knows where each letter is, finishes what was begun, and can bring everything back.

    filing.move(letters, "Bounces", journal)      -> how many were moved
    filing.back(journal)                          -> (how many were brought back, how many are not where they were put)
"""

from modori.filing.failure import FilingError
from modori.filing.fingerprint import fingerprint
from modori.filing.journal import Journal
from modori.filing.move import back, movable, move

__all__ = ["FilingError", "Journal", "back", "fingerprint", "movable", "move"]
