"""The mails that the benchmarks read: the project's own samples and sample mailboxes, repeated, as one mbox."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FROM_LINE = b"From bench@modori.example Mon Nov  2 10:15:03 2026\n"
_QUOTED = re.compile(rb"(?m)^(>*From )")


def bounces() -> list[bytes]:
    """The samples of every dialect."""
    samples = sorted((ROOT / "tests" / "parse" / "samples").rglob("*.eml"))
    return [_unix(sample.read_bytes()) for sample in samples if sample.stat().st_size < 50_000]


def everyday() -> list[bytes]:
    """The letters of the sample mailboxes, bounces among them."""
    boxes = sorted((ROOT / "examples").glob("*/*.mbox"))
    letters = [letter for box in boxes for letter in re.split(rb"(?m)^From .*\n", box.read_bytes())]
    return [letter for letter in letters if letter.strip()]


def folder(path: Path) -> list[bytes]:
    """Every file of a folder as one letter."""
    return [_unix(file.read_bytes()) for file in sorted(path.rglob("*")) if file.is_file()]


def write_mbox(path: Path, letters: list[bytes], *, count: int = 0, size: int = 0) -> int:
    """Repeat `letters` until there are `count` of them, or `size` bytes; how many were written."""
    number, written = 0, 0
    with path.open("wb") as out:
        for number, letter in enumerate(_each_its_own(letters), 1):
            written += out.write(FROM_LINE + letter + (b"\n" if letter.endswith(b"\n") else b"\n\n"))
            if (count and number >= count) or (size and written >= size):
                break
    return number


def _each_its_own(letters: list[bytes]) -> Iterator[bytes]:
    """Endless copies; each round has its own number in a header, so that no copy equals another."""
    quoted = [_QUOTED.sub(rb">\1", letter) for letter in letters]
    for round_number in itertools.count():
        mark = b"X-Bench-Round: %d\n" % round_number
        yield from (mark + letter for letter in quoted)


def _unix(letter: bytes) -> bytes:
    return letter.replace(b"\r\n", b"\n")
