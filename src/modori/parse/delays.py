"""Is this text a warning that delivery is late, rather than the news that it failed? By the words of report_words.toml."""

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
    unwrapped = " ".join(text[:_REACH].lower().split())
    return any(phrase in unwrapped for phrase in _phrases(kind))


@lru_cache(maxsize=8)
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(phrase.lower() for phrase in table("report_words")[kind]["phrases"])
