"""Which campaign does this one letter belong to? For filing bounces away by verdict.

The report keeps a few dozen witnesses of each campaign; a letter read again is followed back in the same way they were,
and belongs to the campaign whose witnesses came in as it did. What is like none of them belongs to none.
"""

from __future__ import annotations

from modori import judge
from modori.attribute.case import Lookup
from modori.attribute.groups import key
from modori.attribute.letters import poses_as_report
from modori.attribute.witness import witness
from modori.ledger import Ledger
from modori.pipeline.conclusion import Told, study
from modori.pipeline.reading import parse_letter
from modori.types import Campaign, Letter

_FILED = frozenset({"failed", "delayed"})  # answers come from people, and complaints want an answer


class Sorter:
    """Tells the bounces of one examined mailbox apart by what caused them."""

    def __init__(self, ledger: Ledger, told: Told, lookup: Lookup | None = None) -> None:
        self._study = study(ledger, told, lookup)
        self._campaigns = {
            name: campaign
            for examined in self._study.examined
            for campaign in [judge.settle(examined.campaign)]
            for name in examined.keys
        }

    def campaign(self, letter: Letter) -> Campaign | None:
        """The campaign of a bounce; None for any other letter, and for bounces of no known kind."""
        reading = parse_letter(letter)
        if reading is None or letter.sent or poses_as_report(letter, reading.bounce):
            return None
        if _FILED.isdisjoint(failure.action for failure in reading.bounce.failures):
            return None
        seen = witness(letter, reading.bounce, reading.original)
        return self._campaigns.get(key(seen, self._study.owner, self._study.background, self._study.zone))
