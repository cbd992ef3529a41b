"""The phrases that decide a reason (knowledge/phrases/<reason>.toml), all looked for in one walk.

Of several phrases in one text the surest tier decides, then the longest phrase: "mailbox full" quoted inside
"recipient rejected: mailbox full" wins because it says more. Where one phrase holds another, the longer is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from modori.knowledge import table
from modori.octets.phrases import Phrases

GAP = " * "
REACH = 80  # letters that a gap may stand for
OFTEN = 8  # times that a beginning is followed up; a text that repeats it further was written to cost us
TIERS = ("weak", "plain", "sure")


class Phrase(NamedTuple):
    """One phrase of the data: `tier` indexes TIERS."""

    text: str
    reason: str
    tier: int


class _Node(NamedTuple):
    """What a literal beginning leads to: a whole phrase, and phrases that go on after a gap."""

    whole: Phrase | None
    tails: tuple[tuple[str, Phrase], ...]


def phrases() -> Iterator[Phrase]:
    """Every phrase, in the order of the files."""
    for reason, tiers in table("phrases").items():
        for tier, name in enumerate(TIERS):
            yield from (Phrase(text, reason, tier) for text in tiers.get(name, ()))


@lru_cache(maxsize=1)
def _book() -> tuple[dict[str, _Node], Phrases]:
    """Every beginning of a phrase, and what it leads to."""
    nodes: dict[str, _Node] = {}
    for phrase in phrases():
        head, gap, tail = phrase.text.partition(GAP)
        node = nodes.get(head, _Node(None, ()))
        nodes[head] = _Node(node.whole, (*node.tails, (tail, phrase))) if gap else _Node(phrase, node.tails)
    return nodes, Phrases(nodes)


def found(text: str) -> Iterator[Phrase]:
    """The phrases in `text` (lower case, single spaces), from left to right, none that begins inside another."""
    hits = _hits(text)
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    reach = 0
    for begin, end, here in hits:
        if begin >= reach:
            yield from here
            reach = end


def _hits(text: str) -> list[tuple[int, int, list[Phrase]]]:
    """(begin, end, phrases) of every beginning that a phrase really goes on from."""
    nodes, beginnings = _book()
    going: dict[str, tuple[tuple[str, Phrase], ...]] = {}  # from each beginning to what the text holds of its tails
    often = Counter[str]()
    hits = []
    for begin, beginning in beginnings.everywhere(text):
        node = nodes[beginning]
        end = begin + len(beginning)
        here = [] if node.whole is None else [node.whole]
        if node.tails:
            tails = going.get(beginning)
            if tails is None:
                tails = going[beginning] = tuple([tail for tail in node.tails if tail[0] in text])
            if tails and often[beginning] < OFTEN and text.startswith(" ", end):
                often[beginning] += 1
                here += [phrase for tail, phrase in tails if text.find(tail, end, end + REACH + len(tail)) >= 0]
        if here:
            hits.append((begin, end, here))
    return hits


def best(text: str) -> Phrase | None:
    """The phrase that decides, None when the text holds none."""
    chosen, weight = None, (-1, 0)
    for phrase in found(text):
        if (phrase.tier, len(phrase.text)) > weight:
            chosen, weight = phrase, (phrase.tier, len(phrase.text))
    return chosen
