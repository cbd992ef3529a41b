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
    return _phrases(kind).search(" ".join(text[:_REACH].lower().split())) is not None


@lru_cache(maxsize=8)
def _phrases(kind: str) -> re.Pattern[str]:
    return compile_phrases(phrase.lower() for phrase in table("report_words")[kind]["phrases"])
