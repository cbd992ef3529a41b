"""By which words reports say that a letter is late, or that it did not arrive (knowledge/report_words.toml).

A phrase may have a gap: "nicht * zugestellt" is found in "konnte nicht an Taro zugestellt werden". What stands between
must be of the same clause, words whole; in scripts without spaces the star has none either ("まだ*届いて").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from modori.knowledge import table
from modori.octets.phrases import Phrases

GAP = "*"
KINDS = ("delayed", "failed")
_REACH = 100  # characters after the first half in which the second is looked for
_CLAUSE_END = re.compile(r"[.;,] |[!?。、।]")


def folded(text: str) -> str:
    """A text as the phrases are written: lower case, single spaces, one form of each character and apostrophe."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    return " ".join(text.lower().split())


def phrases(kind: str) -> Iterator[str]:
    """The phrases of one kind, in the order of the file."""
    for listed in table("report_words")[kind].values():
        yield from listed


def says(kind: str, words: str) -> bool:
    """Does any phrase of this kind stand in these folded words?"""
    return any(True for _ in _book(kind).found(words))


class Words:
    """Phrases with and without a gap, looked for at once."""

    def __init__(self, known: Iterable[str]) -> None:
        self._ends: dict[str, list[str]] = defaultdict(list)  # by first half; "" ends what has no second
        for phrase in known:
            begin, _, end = phrase.partition(GAP)
            self._ends[begin].append(end)
        self._begins = Phrases(self._ends)

    def found(self, words: str) -> Iterator[str]:
        """The phrases in folded words, as often as they stand there."""
        for at, begin in self._begins.everywhere(words):
            if begin[-1] == " " and words[at - 1 : at].isalpha():  # "мне" ends like "не"
                continue
            after = at + len(begin.rstrip())
            rest = words[after : after + _REACH]
            for end in self._ends[begin]:
                if end in rest and end in _CLAUSE_END.split(rest, 1)[0]:
                    yield f"{begin}{GAP}{end}" if end else begin


@lru_cache(maxsize=len(KINDS))
def _book(kind: str) -> Words:
    return Words(phrases(kind))
