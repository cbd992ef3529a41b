"""Each letter that is read again goes to the campaign that its bounce was counted in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from modori import read
from modori.pipeline import Sorter, Told, conclude, fold
from modori.types import Letter

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["broken-into", "forged"])
def test_every_bounce_is_found_in_its_campaign_and_nothing_else_is(name: str) -> None:
    sources = [str(EXAMPLES / name)]
    ledger = fold(sources)
    sorter = Sorter(ledger, Told())
    counts: Counter[tuple[str, str]] = Counter()
    for item in read.read(sources, lambda _: None):
        found = sorter.campaign(item) if isinstance(item, Letter) else None
        if found is not None:
            counts[found.id, found.cause] += 1
    report = conclude(ledger, Told(), 0.0)
    counted = Counter({(c.id, c.cause): c.bounces for c in report.campaigns})
    assert (counts - counted).total() == report.tallies.delays  # "will be tried again" is filed too, but no bounce yet
    assert not counted - counts


def test_a_sorter_that_learned_nothing_files_nothing() -> None:
    sorter = Sorter(fold([]), Told())
    letters = [item for item in read.read([str(EXAMPLES / "forged")], lambda _: None) if isinstance(item, Letter)]
    assert letters
    assert [sorter.campaign(letter) for letter in letters] == [None] * len(letters)
