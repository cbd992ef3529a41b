"""What a letter says, whatever it was wrapped in."""

from __future__ import annotations

import pytest

from modori import read
from modori.pipeline import wording
from modori.types import Place

MIXED = (
    b'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>no</p>\n'
    b"--b\nContent-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B$*2V\x1b(B\n--b--\n"
)
CODED = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n44GK6Iqx\n"
MARKED = b"Content-Type: text/html\n\n<style>p{}</style><p>Two &amp; <img src=http://x.example/p.gif>three</p><p>four</p>\n"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Subject: x\n\nplain\n", "plain"),
        (b"Subject: x\n\n", ""),
        (MIXED, "お花"),
        (CODED, "お花"),
        (MARKED, "Two & three\nfour"),
        (b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0K\n", ""),
    ],
)
def test_the_words_of_a_letter(raw: bytes, said: str) -> None:
    found = wording(read.one(b"From: a@b.example\n" + raw, Place("x.eml")))
    assert [line.strip() for line in found.split("\n") if line.strip()] == said.splitlines()
