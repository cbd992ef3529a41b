"""What thieves try first is weak, whatever is put around it; length and chance are strong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.knowledge import words
from modori.passwords.strength import judge

ME = ["info@hanaya.example"]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("sakura", "blocked"),
        ("Sakura2024!", "blocked"),
        ("1qaz2wsx", "blocked"),
        ("hanaya0801", "blocked"),
        ("info@hanaya.example", "blocked"),
        ("19800501", "blocked"),
        ("kX9#", "short"),
        ("xdr5tgbnhy6", "keyboard"),
        ("aaaaaaaaaaaaa", "repeat"),
        ("arigatou-yuuki", "expected"),
    ],
)
def test_a_weak_password_and_why(password: str, why: str) -> None:
    found = judge(password, ME)
    assert found.grade == "weak"
    assert why in found.because


def test_what_is_short_is_no_better_than_fair() -> None:
    assert judge("kX9#mQ2$zL").grade == "fair"
    assert "short" in judge("kX9#mQ2$zL").because


@pytest.mark.parametrize(
    "password", ["kX9#mQ2$zLw7%Rt", "tsubame kettle yozora 41 lantern", "é" * 3 + "Zq8-ürbß-Tü9!xW"]
)
def test_a_strong_password(password: str) -> None:
    assert judge(password, ME).grade == "strong"
    assert judge(password, ME).because == ()


@given(st.text(min_size=1, max_size=200))
def test_any_text_is_judged_in_words_that_exist(password: str) -> None:
    found = judge(password, ME)
    for lang in ("ja", "en"):
        assert {f"password.because.{why}" for why in found.because} <= words(lang).keys()
        assert f"password.grade.{found.grade}" in words(lang)


def test_a_very_long_password_takes_no_longer() -> None:
    assert judge("x7" * 100_000).guesses <= judge("x7" * 36).guesses
