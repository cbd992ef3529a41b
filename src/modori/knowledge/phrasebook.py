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
    """What a literal beginning leads to: a whole phrase, and phrases that go on after a gap, by what follows it."""

    whole: Phrase | None
    tails: dict[str, Phrase]


class _Book(NamedTuple):
    """Every beginning of a phrase with what it leads to, and all that may follow a gap."""

    nodes: dict[str, _Node]
    beginnings: Phrases
    tails: Phrases


def phrases() -> Iterator[Phrase]:
    """Every phrase, in the order of the files."""
    for reason, tiers in table("phrases").items():
        for tier, name in enumerate(TIERS):
            yield from (Phrase(text, reason, tier) for text in tiers.get(name, ()))


@lru_cache(maxsize=1)
def _book() -> _Book:
    nodes: dict[str, _Node] = {}
    for phrase in phrases():
        head, gap, tail = phrase.text.partition(GAP)
        node = nodes.setdefault(head, _Node(None, {}))
        if gap:
            node.tails[tail] = phrase
        else:
            nodes[head] = _Node(phrase, node.tails)
    return _Book(nodes, Phrases(nodes), Phrases({tail for node in nodes.values() for tail in node.tails}))


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
    book = _book()
    said: set[str] | None = None  # every tail that stands anywhere: one more walk, for texts that a gap may concern
    often = Counter[str]()
    hits = []
    for begin, beginning in book.beginnings.everywhere(text):
        whole, tails = book.nodes[beginning]
        end = begin + len(beginning)
        here = [] if whole is None else [whole]
        if tails and often[beginning] < OFTEN and text.startswith(" ", end):
            often[beginning] += 1
            said = book.tails.anywhere(text) if said is None else said
            going = [tail for tail in tails if tail in said]  # in the order of the files, whatever the hashes
            here += [tails[tail] for tail in going if text.find(tail, end, end + REACH + len(tail)) >= 0]
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
