"""Does this text say that delivery is late, or that it failed? By the words of knowledge/report_words.toml."""

from __future__ import annotations

import re
from functools import lru_cache

from modori.knowledge import table
from modori.octets.trie import compile_phrases

_REACH = 8000  # characters looked at; reports say what they are at the top


def is_delay(text: str) -> bool:
    """True when the text says that the server goes on trying."""
    return _says(text, "delayed")


def is_failure(text: str) -> bool:
    """True when the text says, in any language known here, that a message was not delivered."""
    return _says(text, "failed")


def _says(text: str, kind: str) -> bool:
    words = " ".join(text[:_REACH].lower().split())
    phrases, expression = _phrases(kind)
    for phrase in phrases:  # a hundred literal searches take less than one walk of the expression over every word
        if phrase in words:
            return expression.search(words) is not None
    return False


@lru_cache(maxsize=8)
def _phrases(kind: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """(the phrases, one pattern that finds them where a word begins)."""
    phrases = tuple(phrase.lower() for phrase in table("report_words")[kind]["phrases"])
    return phrases, compile_phrases(phrases)
