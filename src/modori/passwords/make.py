"""New passwords from `secrets`: long and random, for machines and managers, or of words, for people who type them."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from functools import lru_cache

from modori.knowledge import table

# Without I l 1 | O 0 o: read off a screen or a letter, they are mistaken for one another.
_CLASSES = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789")
_SYMBOLS = "!#%+-.=?@_"  # what the control panels of hosting companies take
LENGTH, SHORTEST, LONGEST = 20, 12, 128
WORDS, FEWEST, MOST = 8, 5, 20


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A new password, and how many bits of choice went into it."""

    password: str
    bits: float


def characters(length: int = LENGTH, symbols: bool = True) -> Made:
    """Each character chosen alike; drawn again until every class is there, as many sites demand."""
    classes = (*_CLASSES, _SYMBOLS) if symbols else _CLASSES
    alphabet = "".join(classes)
    while True:
        password = "".join(secrets.choice(alphabet) for _ in range(length))
        if all(any(char in kind for char in password) for kind in classes):
            return Made(password, length * math.log2(len(alphabet)) + _kept(length, classes))


def _kept(length: int, classes: tuple[str, ...]) -> float:
    """log2 of the share of strings that have every class (inclusion and exclusion): what drawing again costs."""
    whole = sum(map(len, classes))
    share = 0.0
    for chosen in range(1 << len(classes)):
        left_out = [kind for n, kind in enumerate(classes) if chosen >> n & 1]
        share += (-1) ** len(left_out) * ((whole - sum(map(len, left_out))) / whole) ** length
    return math.log2(share)


def words(count: int = WORDS, lang: str = "en") -> Made:
    """Words with hyphens, one of them with a capital and a number, because many sites insist on both."""
    known = wordlist(lang)
    chosen = [secrets.choice(known) for _ in range(count)]
    marked, number = secrets.randbelow(count), secrets.randbelow(90) + 10
    chosen[marked] = f"{chosen[marked].capitalize()}{number}"
    return Made("-".join(chosen), count * math.log2(len(known)) + math.log2(count * 90))


@lru_cache(maxsize=2)
def wordlist(lang: str) -> tuple[str, ...]:
    """The words of one language (knowledge/wordlist.toml); Japanese ones in romaji."""
    return tuple(table("wordlist")["ja" if lang == "ja" else "en"].split())
