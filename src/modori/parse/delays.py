"""Is this text a warning that delivery is late, rather than the news that it failed? By the words of report_words.toml."""

from __future__ import annotations

import re
from functools import lru_cache

from modori.knowledge import table


def is_delay(text: str) -> bool:
    """True when the text says that the server goes on trying."""
    return _phrases("delayed").search(text[:8000]) is not None


def is_failure(text: str) -> bool:
    """True when the text says, in any language known here, that a message was not delivered."""
    return _phrases("failed").search(text[:8000]) is not None


@lru_cache(maxsize=8)
def _phrases(key: str) -> re.Pattern[str]:
    """The phrases of one kind; a space in a phrase stands for any white space, since reports are wrapped."""
    phrases = table("report_words")[key]["phrases"]
    spaced = [r"\s{1,20}".join(map(re.escape, phrase.split(" "))) for phrase in phrases]
    return re.compile("|".join(spaced), re.IGNORECASE)
