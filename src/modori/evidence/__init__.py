"""Evidence that is no bounce: logs, reports, notices, the site, DNS, each turned into Facts by a file of its own.

Three verbs: `sniff` says what a paper is, `facts` streams what it proves, `from_letter` does both for one letter.
"""

from __future__ import annotations

from modori.evidence.letters import from_letter
from modori.evidence.sources import facts, sniff

__all__ = ["facts", "from_letter", "sniff"]
