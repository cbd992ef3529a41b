"""Names for incidents: short, easy to type, and easy to say on the telephone to a provider ("kamo-tesu")."""

from __future__ import annotations

import secrets
from collections.abc import Container

# No l/r and no b/v: they sound alike to half of the people who will say them.
_CONSONANTS = "kstnhmy"
_VOWELS = "aeiou"


def mint(taken: Container[str]) -> str:
    """A name that is not taken, of more than a million."""
    while True:
        name = f"{_syllable()}{_syllable()}-{_syllable()}{_syllable()}"
        if name not in taken:
            return name


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
