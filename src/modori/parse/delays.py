"""Does this text say that delivery is late, or that it failed? By the words of knowledge/report_words.toml."""

from __future__ import annotations

from modori.knowledge.report_words import folded, says

_REACH = 8000  # characters looked at; reports say what they are at the top


def plain_words(text: str) -> str:
    """The top of a text as the phrases are written: lower case, single spaces."""
    return folded(text[:_REACH])


def is_delay(words: str) -> bool:
    """True when plain words say that the server goes on trying, whatever they say of the attempts that failed."""
    return says("delayed", words)


def is_failure(words: str) -> bool:
    """True when plain words say, in any language known here, that a message was not delivered."""
    return says("failed", words)
