"""Does this text say that delivery is late, or that it failed? By the words of knowledge/report_words.toml."""

from __future__ import annotations

from functools import lru_cache

from modori.knowledge import table
from modori.octets.phrases import Phrases

_REACH = 8000  # characters looked at; reports say what they are at the top


def plain_words(text: str) -> str:
    """The top of a text as the phrases are written: lower case, single spaces."""
    return " ".join(text[:_REACH].lower().split())


def is_delay(words: str) -> bool:
    """True when plain words say that the server goes on trying."""
    return _phrases("delayed").within(words)


def is_failure(words: str) -> bool:
    """True when plain words say, in any language known here, that a message was not delivered."""
    return _phrases("failed").within(words)


@lru_cache(maxsize=2)
def _phrases(kind: str) -> Phrases:
    return Phrases(phrase.lower() for phrase in table("report_words")[kind]["phrases"])
