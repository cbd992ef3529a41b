"""mbox files: letters one after another, each opened by a From_ line (RFC 4155).

">From " in a body is undone as mboxrd wants it (one ">" less), which is right for mboxo too but where somebody wrote
">From " himself. Content-Length (mboxcl) is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from modori.read.folders import sent
from modori.read.item import Item, Reading
from modori.read.letter import LIMIT, one
from modori.read.split import line_end, split
from modori.types import Letter, Place

_QUOTED = {end: re.compile(rb"(%b)>(>*+From )" % end) for end in (b"\n", b"\r")}  # each begins literally: quick


def letters(
    item: Item, stream: BinaryIO, head: bytes, reading: Reading, begin: int = 0, stop: int | None = None
) -> Iterator[Letter]:
    """The letters of a file that begins with `head`, of those whose From_ line lies in [begin, stop)."""
    out = sent((*item.folders, item.name))
    for offset, size, raw, quoted, arrived, clock in split(stream, begin, stop, line_end(head)):
        place = Place(item.label, offset, size)
        if size > LIMIT:
            reading.tell("letter-cut", place, megabytes=size >> 20, limit=LIMIT >> 20)
        yield one(unquoted(raw) if quoted else raw, place, out, arrived, clock)


def unquoted(raw: bytes) -> bytes:
    """The letter as it was before it was put into the file."""
    for end, quoted in _QUOTED.items():
        if end + b">" in raw:
            raw = quoted.sub(rb"\1\2", raw)
    return raw
