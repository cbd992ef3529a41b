"""What a letter's subject says: its topic, whether that is certain, whether it advertises or speaks to one person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from modori.knowledge import table

_LATIN = re.compile(r"[a-z]+|%")
_LONGEST = 300
_BESIDES = ("certain", "advertising", "letterlike")


@dataclass(frozen=True, slots=True)
class Reading:
    """`topic` is a kind of letter, "" when no word names one."""

    topic: str = ""
    certain: bool = False
    advertises: bool = False
    letterlike: bool = False


_SILENT = Reading()


@lru_cache(maxsize=4096)
def reading(subject: str) -> Reading:
    """Latin words are looked up by how they begin, Japanese ones, which no space divides, by their first character."""
    text = subject[:_LONGEST].lower() if subject.isascii() else normalize("NFKC", subject[:_LONGEST]).lower()
    by_start = _words()
    starts = by_start.keys() & {*_LATIN.findall(text), *(() if text.isascii() else text)}
    found = {(rank, kind) for start in starts for rank, word, kind in by_start[start] if word in text}
    if not found:
        return _SILENT
    kinds = [kind for _, kind in sorted(found)]
    topic = next((kind for kind in kinds if kind not in _BESIDES), "")
    return Reading(topic, *(kind in kinds for kind in _BESIDES))


@lru_cache(maxsize=1)
def _words() -> dict[str, list[tuple[int, str, str]]]:
    """(rank in the file, word, kind) by how the word starts."""
    data = table("importance")
    listed = [(word, kind) for kind, words in data["words"].items() for word in words]
    listed += [(word, kind) for kind in _BESIDES for word in data[kind]["words"]]
    by_start: dict[str, list[tuple[int, str, str]]] = {}
    for rank, (word, kind) in enumerate(listed):
        start = _LATIN.findall(word)[0] if word.isascii() else word[0]
        by_start.setdefault(start, []).append((rank, word, kind))
    return by_start
