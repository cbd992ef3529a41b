"""Does this text say that delivery is late, or that it failed? By the words of knowledge/report_words.toml."""

from __future__ import annotations

from functools import lru_cache

from modori.knowledge import table

_REACH = 8000  # characters looked at; reports say what they are at the top


def is_delay(text: str) -> bool:
    """True when the text says that the server goes on trying."""
    return _says(text, "delayed")


def is_failure(text: str) -> bool:
    """True when the text says, in any language known here, that a message was not delivered."""
    return _says(text, "failed")


def _says(text: str, kind: str) -> bool:
    words = " ".join(text[:_REACH].lower().split())
    said = [
        phrase for phrase in _phrases(kind) if phrase in words
    ]  # a hundred literal searches are quicker than one walk
    return any(_begins_word(phrase, words) for phrase in said)


def _begins_word(phrase: str, words: str) -> bool:
    at = words.find(phrase)
    while at > 0 and words[at - 1].isalnum() and words[at - 1].isascii():
        at = words.find(phrase, at + 1)
    return at >= 0


@lru_cache(maxsize=8)
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(phrase.lower() for phrase in table("report_words")[kind]["phrases"])
