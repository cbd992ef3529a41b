"""How long a password would stand: zxcvbn's estimate (Wheeler 2016), a blocklist, and the lengths of NIST SP 800-63B.

The verdict names kinds of weakness, never a part of the password.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from modori.knowledge import table

_READ = 72  # zxcvbn's own bound; more characters can only help
_SHORTEST, _GOOD_LENGTH = 8, 12  # NIST's least; what hosting companies ask for
_WEAK, _FAIR = 10.0, 14.0  # log10 of guesses: hours, and centuries, against a stolen file of good hashes
_TRIMMED = "0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ "

Grade = Literal["weak", "fair", "strong"]

_KINDS = {
    "spatial": "keyboard",
    "repeat": "repeat",
    "sequence": "sequence",
    "date": "date",
    "regex": "date",
}
_DICTIONARIES = {
    "passwords": "common",
    "user_inputs": "expected",
    "surnames": "name",
    "male_names": "name",
    "female_names": "name",
}


@dataclass(frozen=True, slots=True)
class Strength:
    """`guesses` is the power of ten; `because` are ids of words/*/password.toml [because]."""

    grade: Grade
    guesses: float
    because: tuple[str, ...]


def judge(password: str, personal: Sequence[str] = ()) -> Strength:
    """`personal`: addresses and names that whoever knows the user would try first."""
    from zxcvbn import zxcvbn

    expected = [*_pieces(personal), *blocklist()]
    found = zxcvbn(password[:_READ], user_inputs=expected, max_length=_READ)
    guesses = float(found["guesses_log10"])
    because = list(dict.fromkeys(kind for match in found["sequence"] if (kind := _kind(match))))
    if _blocked(password, expected):
        return Strength("weak", guesses, ("blocked",))
    if len(password) < _SHORTEST:
        return Strength("weak", guesses, ("short", *because))
    if len(password) < _GOOD_LENGTH:
        because.insert(0, "short")
    grade: Grade = "weak" if guesses < _WEAK else "fair" if guesses < _FAIR or "short" in because else "strong"
    return Strength(grade, guesses, () if grade == "strong" else tuple(because))


@lru_cache(maxsize=1)
def blocklist() -> tuple[str, ...]:
    """What is tried first in Japan, beside zxcvbn's own lists."""
    return tuple(table("passwords")["words"].split())


def _blocked(password: str, expected: Iterable[str]) -> bool:
    """One known word, with or without digits and signs around it."""
    plain = password.lower()
    return bool({plain, plain.strip(_TRIMMED)} & set(expected)) or not plain.strip(_TRIMMED)


def _pieces(personal: Iterable[str]) -> list[str]:
    """An address and its parts: info@hanaya.example -> hanaya, info, ..."""
    pieces = [part for text in personal for part in (text, *text.replace("@", " ").replace(".", " ").split())]
    return [piece.lower() for piece in dict.fromkeys(pieces) if len(piece) > 2]


def _kind(match: Mapping[str, Any]) -> str:
    """What sort of pattern was found; "" for what only trying everything would find."""
    if match["pattern"] == "dictionary":
        return _DICTIONARIES.get(match["dictionary_name"], "word")
    return _KINDS.get(match["pattern"], "")
