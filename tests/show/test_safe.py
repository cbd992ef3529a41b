"""Nothing that a stranger wrote may command a terminal, hide, reorder, or be clicked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.show import safe


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J\x1b[31mred", "␛[2J␛[31mred"),
        ("a\x9b31mb", "a�31mb"),  # C1 control: another way to begin an escape sequence
        ("title\x1b]0;owned\x07", "title␛]0;owned␇"),
        ("two\r\nlines\tand\x0btabs", "two lines and tabs"),
        ("invoice\u202egpj.exe", "invoice<U+202E>gpj.exe"),
        ("a\u2066b\u2069c", "a<U+2066>b<U+2069>c"),
        ("pay\u200bpal\ufeff\u00ad", "paypal"),
        ("tag\U000e0041s", "tags"),
        ("z" + "\u0301" * 40, "z" + "\u0301" * 3),
        ("\ud800x\ue000", "�x�"),
        ("http://evil.example/", "hxxp://evil.example/"),
        ("HTTPS://evil.example/", "HxxPS://evil.example/"),
        ("ftp://evil.example", "ftp[:]//evil.example"),
        ("javascript:alert(1) mailto:a@b.example", "javascript[:]alert(1) mailto[:]a@b.example"),
        ("請求書 ご確認", "請求書 ご確認"),
    ],
)
def test_nasty_text_is_made_harmless(hostile: str, shown: str) -> None:
    assert safe.line(hostile) == shown


def test_bytes_are_read_as_utf8_and_never_fail() -> None:
    assert safe.line(b"\xff\xfeok\x1b") == "��ok␛"


def test_length_is_capped_before_the_work_is_done() -> None:
    assert len(safe.line("x" * 10_000_000, 50)) == 50
    assert safe.line("abc", 3) == "abc"
    assert safe.line("abcd", 3) == "ab…"


@given(st.text())
def test_what_is_shown_is_one_printable_line_without_links(text: str) -> None:
    shown = safe.line(text)
    kinds = {unicodedata.category(char) for char in shown}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert "http:" not in shown.lower()
    assert "https:" not in shown.lower()
    assert len(shown) <= 200


@given(st.text())
def test_what_a_machine_gets_can_be_written_as_utf8(text: str) -> None:
    assert safe.encodable(text).encode("utf-8")[:0] == b""


def test_lone_surrogates_are_replaced_for_machines() -> None:
    assert safe.encodable("a\ud83d") == "a?"
