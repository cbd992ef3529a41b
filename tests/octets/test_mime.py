"""The parts of a message, found by their boundary lines, whole or damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.octets.mime import MOST_PARTS, leaves, media, param, parts

TWO = b"preamble\n--b\nContent-Type: text/plain\n\none\n--b\nContent-Type: Message/RFC822\n\nFrom: a@example.org\n\n--b--\nend\n"


def test_parts_lie_between_the_boundary_lines() -> None:
    first, second = parts(TWO, b"b", 0, len(TWO))
    assert (first.kind, first.content(TWO)) == (b"text/plain", b"one")
    assert (second.kind, second.content(TWO)) == (b"message/rfc822", b"From: a@example.org\n")
    assert first.closed
    assert second.closed


def test_crlf_gives_the_same_parts() -> None:
    raw = TWO.replace(b"\n", b"\r\n")
    assert [p.content(raw).strip() for p in parts(raw, b"b", 0, len(raw))] == [b"one", b"From: a@example.org"]


def test_unclosed_part_reaches_to_the_end() -> None:
    raw = TWO[: TWO.index(b"--b--")]
    assert [p.closed for p in parts(raw, b"b", 0, len(raw))] == [True, False]


def test_longer_boundary_is_another_one() -> None:
    raw = b"--b\n\none\n--bc\n\nstill one\n--b--\n"
    assert len(parts(raw, b"b", 0, len(raw))) == 1


def test_nested_multiparts_are_opened_and_messages_are_not() -> None:
    inner = b'Content-Type: multipart/mixed; boundary="i"\n\n--i\n\nx\n--i--\n'
    raw = b"--o\n" + inner + b"--o\nContent-Type: message/rfc822\n\n" + inner + b"--o--\n"
    assert [p.kind for p in leaves(raw, b"multipart/mixed; boundary=o", 0, len(raw))] == [
        b"text/plain",
        b"message/rfc822",
    ]


def test_undeclared_boundary_is_guessed() -> None:
    raw = TWO.replace(b"--b", b"--b123")
    assert [p.kind for p in leaves(raw, b"multipart/mixed", 0, len(raw))] == [b"text/plain", b"message/rfc822"]


def test_number_of_parts_is_bounded() -> None:
    raw = b"--b\n\nx\n" * (MOST_PARTS * 5)
    assert len(parts(raw, b"b", 0, len(raw))) == MOST_PARTS


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (b'multipart/report; boundary="a b"', b"a b"),
        (b"multipart/report; boundary=ab; x=y", b"ab"),
        (b'multipart/report;\n\tBoundary = "ab"', b"ab"),
        (b"multipart/report; boundary*=us-ascii'en'ab", b"ab"),
        (b"multipart/report; xboundary=no", b""),
    ],
)
def test_param(value: bytes, wanted: bytes) -> None:
    assert param(value, b"boundary") == wanted


def test_media_type() -> None:
    assert media(b"Text/Plain ; charset=utf-8") == b"text/plain"


def test_text_is_decoded_from_base64_and_its_charset() -> None:
    raw = b"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n5pel5pys\n--b--\n"
    assert parts(raw, b"b", 0, len(raw))[0].text(raw) == "日本"


@given(st.binary(max_size=400))
def test_nothing_raises(raw: bytes) -> None:
    found = list(leaves(raw, b"multipart/mixed; boundary=b", 0, len(raw)))
    assert all(0 <= p.start <= p.body_at <= len(raw) and p.end <= len(raw) for p in found)
