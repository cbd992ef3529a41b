"""New passwords: long, of every class, from an even choice, and of the strength that is claimed."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter

import pytest

from modori.passwords import make, strength


@pytest.mark.parametrize("length", [make.SHORTEST, 20, make.LONGEST])
def test_every_class_is_there_and_nothing_that_is_mistaken(length: int) -> None:
    for _ in range(50):
        password = make.characters(length).password
        assert len(password) == length
        assert any(c.isupper() for c in password)
        assert any(c.islower() for c in password)
        assert any(c.isdigit() for c in password)
        assert any(not c.isalnum() for c in password)
        assert not set(password) & set("Il1|O0o'\"`\\<>&$ ")


def test_signs_can_be_left_out() -> None:
    assert all(make.characters(12, symbols=False).password.isalnum() for _ in range(50))


def test_no_character_is_favoured() -> None:
    counts = Counter("".join(make.characters(64).password for _ in range(400)))
    mean = sum(counts.values()) / len(counts)
    assert len(counts) == 24 + 24 + 8 + 10
    assert all(abs(count - mean) < 7 * math.sqrt(mean) for count in counts.values())


def test_the_bits_are_the_logarithm_of_what_can_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "_CLASSES", ("AB", "ab", "2"))
    possible = [p for p in itertools.product("ABab2", repeat=6) if all(set(p) & set(k) for k in ("AB", "ab", "2"))]
    assert make.characters(6, symbols=False).bits == pytest.approx(math.log2(len(possible)))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_words_are_easy_to_type_and_sites_take_them(lang: str) -> None:
    known = make.wordlist(lang)
    assert len(known) == len(set(known)) > 500
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 8 for word in known)
    made = make.words(8, lang)
    parts = made.password.split("-")
    assert len(parts) == 8
    assert {p.lower().rstrip("0123456789") for p in parts} <= set(known)
    assert sum(p[0].isupper() and p[-1].isdigit() for p in parts) == 1
    assert made.bits > 75


def test_what_is_made_is_judged_strong() -> None:
    random.seed(0)
    assert {strength.judge(make.characters(n).password).grade for n in (14, 20, 128)} == {"strong"}
    assert strength.judge(make.words(8, "ja").password).grade == "strong"


def test_a_password_is_not_shown_by_accident() -> None:
    made = make.characters()
    assert made.password not in repr(made)
