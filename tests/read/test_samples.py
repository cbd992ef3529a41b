"""Mailbox files of many programs, each with what must be read out of it beside it; also with other line ends."""

import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from modori.read.mbox import unquoted

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".toml")
ENDS = {"lf": b"\n", "crlf": b"\r\n", "cr": b"\r"}


def endings(raw: bytes, end: str) -> bytes:
    if end == "mixed":  # every third line as Windows writes it
        lines = raw.split(b"\n")
        return b"".join(line + (b"\r\n" if i % 3 == 0 else b"\n") for i, line in enumerate(lines[:-1])) + lines[-1]
    return raw.replace(b"\n", ENDS[end])


# The byte count in an .emlx is right for LF alone.
CASES = [(path, end) for path in FILES for end in (*ENDS, "mixed") if end == "lf" or path.suffix != ".emlx"]


@pytest.mark.parametrize(("path", "end"), CASES, ids=lambda part: getattr(part, "name", part))
def test_sample(path: Path, end: str, tmp_path: Path, heap) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(endings(path.read_bytes(), end))
    expected = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))["letter"]
    found = heap(copy)
    assert found.problems == []
    assert found.subjects == [want["subject"] for want in expected]
    for letter, want in zip(found.letters, expected, strict=True):
        when: datetime | None = want.get("arrived")
        assert letter.arrived == (when.timestamp() if when else None), want["subject"]
        assert letter.sent == want.get("sent", False), want["subject"]
        text = re.sub(rb"\r\n?", b"\n", letter.raw)
        assert all(part.encode() in text for part in want.get("holds", [])), want["subject"]
        assert not text.endswith(b"\n\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_place_leads_back_to_the_bytes(path: Path, heap) -> None:
    raw = path.read_bytes()
    for letter in heap(path).letters:
        place = letter.place
        assert place.source == str(path)
        assert unquoted(raw[place.offset : place.offset + place.length]) == letter.raw
