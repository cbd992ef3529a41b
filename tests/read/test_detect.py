"""What a file is, by its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.read.detect import PEEK, kind

LETTER = b"Return-Path: <>\nFrom: MAILER-DAEMON@example.jp\nSubject: x\n\nbody\n"


@pytest.mark.parametrize(
    ("peek", "expected"),
    [
        (LETTER, "letter"),
        (b"\xef\xbb\xbf\r\n\r\n" + LETTER, "letter"),
        (b"      \n  \n" + LETTER, "letter"),
        (b"From () 2026-07-28 04:41:06 +0900\n" + LETTER, "letter"),
        (LETTER.replace(b"\n", b"\r"), "letter"),
        (b"\n\nFrom x@example.jp Tue Jul 28 04:41:06 2026\n" + LETTER, "mbox"),
        (b"From \n" + LETTER, "mbox"),
        (b"70\n" + LETTER, "emlx"),
        (b"70\nlines\n", "paper"),
        (b"Original message follows.\n" + LETTER, "paper"),
        (b"From here on we know:\nmore\n", "paper"),
        (b"Jul 28 04:41:06 mx postfix/smtp[3]: 4bX: to=<a@example.jp>, status=sent\n", "paper"),
        (b"2026-07-28 04:41:06 1abc-x <= a@example.jp H=(pc) [192.0.2.1]\n", "paper"),
        (b'192.0.2.1 - - [28/Jul/2026:04:41:06 +0900] "POST /form.php HTTP/1.1" 200 5\n', "paper"),
        (b"<?xml version=\"1.0\"?>\n<feedback>", "paper"),
        (b"User-agent: *\nDisallow: /\nSitemap: https://example.jp/\n", "paper"),
        (b"subject: only one field\nname: x\n", "paper"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "paper"),
        (b"PK\x03\x04" + bytes(26) + b"Takeout/Mail", "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"BZh91AY", "bzip2"),
        (b"\xfd7zXZ\x00", "xz"),
        (bytes(PEEK), "paper"),
        (b"", "paper"),
    ],
)
def test_kind(peek: bytes, expected: str) -> None:
    assert kind(peek) == expected


def test_a_name_breaks_a_tie() -> None:
    assert kind(b"Subject: only one field\n\nbody", "x.eml") == "letter"
    assert kind(b"no field at all\n", "x.eml") == "paper"


@given(st.binary(max_size=600))
def test_any_bytes_are_something(data: bytes) -> None:
    assert kind(data)
    assert kind(b"From " + data)
    assert kind(b"12\n" + data)
