"""How many left: nobody is told a rough guess about letters that lie in their own folder of sent mail."""

import pytest

from modori.attribute.campaigns import Examined
from modori.attribute.case import Seen
from modori.attribute.zone import Arrival, Passage
from modori.pipeline.amounts import amounts
from modori.types import Background, Bounce, Campaign, Owner, Place, Report, Verdict, Witness

NOON = 493_825


def examined(cause: str, *sizes: tuple[int, int]) -> tuple[Report, list[Examined]]:
    campaign = Campaign("c", cause, 0.9, 8, 8, NOON * 3600.0, NOON * 3600.0 + 60)
    witness = Witness(1, Bounce(Place("box"), "postfix", "mx", None, ()), b"", NOON * 3600.0)
    one = Examined(campaign, sizes, float(len(sizes)), {NOON: 8}, (Seen(witness, Passage("unknown", "own", Arrival((), None))),))
    return Report(0.0, Owner(), Verdict(cause, 0.9, "notice"), campaigns=(campaign,)), [one]


@pytest.mark.parametrize(("cause", "basis"), [("hijacked", "prior"), ("own", None), ("forwarded", None)])
def test_a_rough_guess_is_made_only_of_what_left_without_the_owner(cause: str, basis: str | None) -> None:
    volume, _ = amounts(*examined(cause, (1, 1), (1, 1), (1, 1)), Background())
    assert (volume and volume.basis) == basis


def test_what_several_recipients_show_is_told_of_own_letters_too() -> None:
    volume, _ = amounts(*examined("own", (40, 3), (40, 2), (40, 5)), Background())
    assert volume is not None
    assert volume.basis == "truncated-beta-binomial"
