"""The samples as letters: `NN.eml` with its expectation `NN.toml`, and the variants that the expectation names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modori.octets.headers import head_end, head_map
from modori.parse.divide import separators
from modori.types import Letter, Place

SAMPLES = Path(__file__).with_name("samples")


@dataclass(frozen=True)
class Sample:
    """One letter of one dialect's folder and what it must be read as."""

    name: str
    folder: str
    raw: bytes
    expected: dict[str, Any]


def letter(raw: bytes, name: str = "letter") -> Letter:
    """A letter as the readers build it."""
    end, body_at = head_end(raw)
    return Letter(Place(name, 0, len(raw)), raw, head_map(raw[:end]), body_at)


def samples() -> list[Sample]:
    """Every sample under samples/."""
    return [
        Sample(f"{path.parent.name}/{path.stem}", path.parent.name, path.read_bytes(), _expectation(path))
        for path in sorted(SAMPLES.glob("*/*.eml"))
    ]


def variants(sample: Sample) -> Iterator[tuple[str, bytes]]:
    """The sample with another subject, sender, extra header or separator line, as its expectation names them."""
    named = sample.expected.get("variants", {})
    for value in named.get("subject", []):
        yield value, _with_header(sample.raw, b"Subject", value.encode())
    for value in named.get("from", []):
        yield value, _with_header(sample.raw, b"From", value.encode())
    for value in named.get("header", []):
        yield value, value.encode() + b"\n" + sample.raw
    for value in named.get("original", []):
        body_at = head_end(sample.raw)[1]
        yield value, sample.raw[:body_at] + _SEPARATOR_LINE.sub(value.encode(), sample.raw[body_at:], count=1)


_SEPARATOR_LINE = re.compile(
    rb"(?m)^[ \t]*(?:"
    + b"|".join(re.escape(line) for lines in separators().values() for line in reversed(lines))
    + rb")[^\n]*"
)


def _with_header(raw: bytes, name: bytes, value: bytes) -> bytes:
    return re.sub(rb"(?m)^" + name + rb": [^\n]*", lambda _: name + b": " + value, raw, count=1)


def _expectation(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
