"""The members of a zip archive by the headers before each (APPNOTE.TXT 4.3.7), where its directory is of no use.

An archive that was cut short has lost its directory, which stands at the end; so much of it as is there can be read.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from modori.octets.charsets import guess
from modori.read.item import Item, Reading
from modori.read.unpacked import PIECE

LOCAL = struct.Struct("<4s2xHH8xLLHH")  # signature, flags, method, packed size, size, length of name, of extra
LOCAL_MAGIC, DIRECTORY_MAGIC, END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
SIZES_FOLLOW, UTF8 = 0x08, 0x800
_IN_EXTRA = 0xFFFFFFFF
_ZIP64 = 1
# A local header or an entry of the directory, told by their magic, version, flags and method.
_HEADER = re.compile(rb"PK(?:\x03\x04|\x01\x02..)[\0-\x3f]\0.[\0\x08][\0\x08\x0c\x0e]\0", re.DOTALL)
_OVERLAP = 11


class Member(NamedTuple):
    """One file in an archive. `packed` and `size` are -1 where only reading it can tell."""

    name: str
    at: int  # of its header
    flags: int
    method: int
    packed: int
    size: int


def walked(item: Item, stream: BinaryIO, reading: Reading) -> Iterator[Member]:
    """Every member whose header can be reached from the one before it."""
    at = 0
    while True:
        stream.seek(at)
        header = stream.read(LOCAL.size)
        if len(header) < LOCAL.size or not header.startswith(LOCAL_MAGIC):
            if not header.startswith((DIRECTORY_MAGIC, END_MAGIC)):
                reading.once("archive-truncated", item.label)
            return
        _, flags, method, packed, size, name_size, extra_size = LOCAL.unpack(header)
        name = stream.read(name_size).decode("utf-8" if flags & UTF8 else "cp437", "replace")
        extra = stream.read(extra_size)
        if _IN_EXTRA in (packed, size):
            size, packed = _zip64(extra)
        if flags & SIZES_FOLLOW and not packed:
            packed = size = -1
        yield Member(legible(name, flags), at, flags, method, packed, size)
        data_at = at + LOCAL.size + name_size + extra_size
        at = data_at + packed if packed >= 0 else _next_header(stream, data_at)


def legible(name: str, flags: int) -> str:
    """A member's name. Without the UTF-8 flag it is in whatever charset the PC had, in Japan Shift_JIS."""
    if not flags & UTF8:
        name = guess(name.encode("cp437", "replace"))
    return name.replace("\\", "/")


def _zip64(extra: bytes) -> tuple[int, int]:
    """(size, packed size) from the ZIP64 field (4.5.3); -1 twice when there is none."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _ZIP64 and 16 <= length <= len(extra) - 4:
            size, packed = struct.unpack_from("<QQ", extra, 4)
            return size, packed
        extra = extra[4 + length :]
    return -1, -1


def _next_header(stream: BinaryIO, at: int) -> int:
    """Where the next header begins, after data of unknown length: ten bytes that chance hardly makes."""
    stream.seek(at)
    text = b""
    while piece := stream.read(PIECE):
        text = text[-_OVERLAP:] + piece
        found = _HEADER.search(text)
        if found:
            return at + found.start() - (len(text) - len(piece))
        at += len(piece)
    return at
