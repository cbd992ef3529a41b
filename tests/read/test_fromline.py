"""Which lines open a letter, decided from the line and its neighbours alone. The dialects are in samples/dialects.mbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.read.fromline import REACH, opening

DATE = b"Tue Jul 28 04:41:06 2026"


@pytest.mark.parametrize(
    "line",
    [
        b"From here on everything was different:",
        b"From tanaka@example.org:",
        b"From: tanaka@example.org",
        b"From the desk of Tanaka, " + DATE,
        b"From a b c " + DATE,
        b"From tanaka@example.org " + DATE + b" and so on",
        b"From x " + b"y" * 1000 + b" " + DATE,
    ],
)
def test_prose_opens_nothing(line: bytes) -> None:
    assert opening(line + b"\nSubject: x\n", 0, after_blank=True) is None


def test_without_an_empty_line_before_it_must_be_unmistakable() -> None:
    field = b"\nSubject: x\n"
    assert opening(b"From tanaka@example.org " + DATE + field, 0, after_blank=False)
    assert opening(b"From - " + DATE + field, 0, after_blank=False)
    assert opening(b"From MAILER-DAEMON " + DATE + field, 0, after_blank=False)
    for vague in (b"From nobody " + DATE, b"From tanaka@example.org", b"From ", b"From -"):
        assert opening(vague + field, 0, after_blank=True)
        assert opening(vague + field, 0, after_blank=False) is None


def test_a_field_must_follow() -> None:
    line = b"From tanaka@example.org " + DATE + b"\n"
    assert opening(line + b"wrote this:\n", 0, after_blank=True) is None
    assert opening(line + b"\n", 0, after_blank=True) == (len(line), None, 1785213666.0)
    assert opening(line, 0, after_blank=True) == (len(line), None, 1785213666.0)


@pytest.mark.parametrize("day", [b"Tue Foo 28 04:41:06 2026", b"Tue Jul 99 04:41:06 2026", b"Tue Jul 28 04:41:06 9999"])
def test_an_impossible_date_still_opens_a_letter(day: bytes) -> None:
    assert opening(b"From tanaka@example.org " + day + b"\nA: b\n", 0, after_blank=True) == (
        len(b"From tanaka@example.org " + day) + 1,
        None,
        None,
    )


@given(st.binary(max_size=200), st.binary(max_size=2500), st.booleans())
def test_nothing_beyond_reach_matters(line: bytes, rest: bytes, after_blank: bool) -> None:
    text = (b"From " + line + b"\n" + rest).ljust(REACH)
    assert opening(text, 0, after_blank) == opening(text + b"\n: x", 0, after_blank)
