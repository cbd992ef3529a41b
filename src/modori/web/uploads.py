"""Files handed over piece by piece: written straight to disk, taken up again where the last piece ended.

Names come from a browser, but a page or an archive may have made them: they are reduced to plain path parts inside the
job's folder. The folders around a file are kept, because "Sent" says what a mailbox is.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

_DEEP = 8  # folders around a file that are kept
_LONG = 80  # characters of one part: 240 bytes of Japanese still fit a file system's 255
_FORBIDDEN = frozenset('<>:"/\\|?*')


class Misplaced(Exception):
    """The piece does not begin where the file ends; `size` says where it does."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def target(folder: Path, name: str) -> Path:
    """Where the file called `name` lies: always below `folder`, the same for the same name."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    kept = [_plain(part) for part in parts[-_DEEP:]] or ["file"]
    return folder.joinpath(*kept)


def _plain(part: str) -> str:
    """One harmless path part; what had to be changed carries a digest, so that two names never meet in one file."""
    shown = "".join("_" if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c for c in part)
    shown = shown[:_LONG].rstrip(". ") or "_"
    if shown == part:
        return part
    digest = hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem}-{digest}.{suffix}" if dot and stem and len(suffix) <= 8 else f"{shown}-{digest}"


def size(path: Path) -> int:
    """Bytes that have arrived."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


async def append(path: Path, offset: int, pieces: AsyncIterator[bytes]) -> int:
    """Write the pieces at the file's end, which must be `offset`; what arrived before a cut stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "ab") as file:
        if file.tell() != offset:
            raise Misplaced(file.tell())
        async for piece in pieces:
            file.write(piece)
        file.flush()
        return os.fstat(file.fileno()).st_size
