"""Japanese is twice as wide, has no spaces, and has marks that must not begin a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modori.show import width


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    assert width.columns("abc") == 3
    assert width.columns("戻り") == 4
    assert width.columns("e\u0301") == 1


def test_japanese_breaks_anywhere_but_before_a_closing_mark() -> None:
    lines = width.wrap("これは、とても長い文です。「はい」と答えます。", 12)
    assert lines == ["これは、とて", "も長い文で", "す。「はい」", "と答えます。"]


def test_katakana_and_latin_words_stay_whole() -> None:
    assert width.wrap("私のメールサーバー", 14) == ["私の", "メールサーバー"]
    assert width.wrap("the mail server", 9) == ["the mail", "server"]


def test_later_lines_hang_under_the_first() -> None:
    assert width.wrap("one two three", 10, "  - ") == ["  - one", "    two", "    three"]
    assert width.wrap("one two three", 10, "| ", "| ") == ["| one two", "| three"]


def test_cut_and_pad_count_columns() -> None:
    assert width.cut("戻りのメール", 7) == "戻りの…"
    assert width.cut("short", 7) == "short"
    assert width.pad("戻り", 6) == "戻り  "


@given(st.text(alphabet="aあ漢、。「」 -ーッabc/ア", max_size=200), st.integers(12, 60))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, room: int) -> None:
    lines = width.wrap(text, room)
    assert all(width.columns(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
