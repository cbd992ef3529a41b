"""Papers out of bytes, the way the reading stage hands them over."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

from modori.octets.headers import head_end, head_map
from modori.types import Letter, Paper, Place

NOW = 1_795_305_600.0  # 2026-11-22, long after every sample


def paper(content: bytes, name: str = "evidence", modified: float | None = NOW) -> Paper:
    """A file with this content."""
    return streamed(lambda: BytesIO(content), content[:8192], name, modified)


def streamed(opened: Callable[[], BinaryIO], peek: bytes, name: str, modified: float | None = NOW) -> Paper:
    """A file that is only ever a stream."""
    return Paper(Place(name), name, peek, opened, "", modified)


def folder(path: str) -> Paper:
    """A folder."""
    return Paper(Place(path), path.rpartition("/")[2], b"", lambda: BytesIO(b""), path)


def letter(raw: bytes) -> Letter:
    """A letter out of its bytes."""
    end, body = head_end(raw)
    return Letter(Place("letter.eml", 0, len(raw)), raw, head_map(raw[:end]), body)
