"""The phrases that decide a reason (knowledge/phrases/<reason>.toml), compiled once into one trie expression.

Of several phrases in one text the surest tier decides, then the longest phrase: "mailbox full" quoted inside
"recipient rejected: mailbox full" wins because it says more. Where one phrase holds another, the longer is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from re import Pattern
from typing import NamedTuple

from modori.knowledge import table
from modori.octets.trie import compile_phrases

GAP = " * "
REACH = 80  # letters that a gap may stand for
TIERS = ("weak", "plain", "sure")


class Phrase(NamedTuple):
    """One phrase of the data: `tier` indexes TIERS."""

    text: str
    reason: str
    tier: int


class _Node(NamedTuple):
    """What a literal beginning in the trie leads to: a whole phrase, and phrases that go on after a gap."""

    whole: Phrase | None
    tails: tuple[tuple[str, Phrase], ...]


def phrases() -> Iterator[Phrase]:
    """Every phrase, in the order of the files."""
    for reason, tiers in table("phrases").items():
        for tier, name in enumerate(TIERS):
            yield from (Phrase(text, reason, tier) for text in tiers.get(name, ()))


@lru_cache(maxsize=2)
def _book(ascii_only: bool) -> tuple[dict[str, _Node], Pattern[str]]:
    """Most texts are ASCII, and without the phrases of other scripts the scan takes half as long."""
    nodes: dict[str, _Node] = {}
    for phrase in phrases():
        if ascii_only and not phrase.text.isascii():
            continue
        head, gap, tail = phrase.text.partition(GAP)
        node = nodes.get(head, _Node(None, ()))
        nodes[head] = _Node(node.whole, (*node.tails, (tail, phrase))) if gap else _Node(phrase, node.tails)
    return nodes, compile_phrases(nodes)


def found(text: str) -> Iterator[Phrase]:
    """The phrases in `text` (lower case, single spaces), from left to right."""
    nodes, expression = _book(text.isascii())
    for match in expression.finditer(text):
        node = nodes[match[0]]
        end = match.end()
        for tail, phrase in node.tails:
            if text.startswith(" ", end) and tail in text[end : end + REACH + len(tail)]:
                yield phrase
        if node.whole is not None:
            yield node.whole


def best(text: str) -> Phrase | None:
    """The phrase that decides, None when the text holds none."""
    return max(found(text), key=lambda phrase: (phrase.tier, len(phrase.text)), default=None)
