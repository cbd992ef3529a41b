"""tar archives (POSIX.1-2001 pax, GNU, and V7), read once from front to back.

The standard library's reader keeps every member and reads extension headers whole, so a hostile archive would choose
how much memory we use; all that is needed here is a name, a size and a type out of 512 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from modori.read.item import Item, Reading
from modori.read.unpacked import PIECE, Section, Unpacked, buffered

BLOCK = 512
_FILES = (b"0", b"\0", b"7")
_LONG_NAME, _PAX, _PAX_GLOBAL = b"L", b"x", b"g"
_LONGEST = 64 * 1024  # bytes of an extension header that are looked at
_PAX_PATH = re.compile(rb"(?:\A|\n)\d{1,7} path=([^\n]{1,4096})\n")
_PAX_SIZE = re.compile(rb"(?:\A|\n)\d{1,7} size=(\d{1,19})\n")


class Header(NamedTuple):
    """The part of a member's header that matters."""

    name: bytes
    size: int
    kind: bytes


def header(block: bytes) -> Header | None:
    """A member's header, None when these 512 bytes are none: their checksum does not fit."""
    if len(block) < BLOCK or _number(block[148:156]) != sum(block[:148]) + 256 + sum(block[156:BLOCK]):
        return None
    name = block[:100].rstrip(b"\0")
    if block[257:263] == b"ustar\0" and block[345] != 0:
        name = block[345:500].partition(b"\0")[0] + b"/" + name
    size = _number(block[124:136])
    return None if size is None or size < 0 else Header(name.partition(b"\0")[0], size, block[156:157])


def members(item: Item, stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """What lies in the archive. Each member must be read before the next is asked for."""
    long_name, long_size = b"", None
    while (found := _next(item, stream, reading)) is not None:
        section = Section(stream, found.size if long_size is None or found.kind not in _FILES else long_size)
        padding = -section.left % BLOCK
        if found.kind in (_LONG_NAME, _PAX, _PAX_GLOBAL):
            text = stream.read(min(section.left, _LONGEST))
            section.left -= len(text)
            long_name, long_size = _extended(found.kind, text, long_name, long_size)
        else:
            name = (long_name or found.name).decode("utf-8", "surrogateescape")
            long_name, long_size = b"", None
            if found.kind in _FILES and not name.endswith("/"):
                size, raw = section.left, Unpacked(section, partial(reading.once, label=item.member_label(name)))
                yield item.member(name, partial(buffered, raw), size, again=False)
        if not _skip(stream, section.left + padding):
            reading.once("archive-truncated", item.label)
            return


def _next(item: Item, stream: BinaryIO, reading: Reading) -> Header | None:
    """The next member's header; None at the end, which an empty block marks."""
    block = stream.read(BLOCK)
    found = header(block)
    if len(block) < BLOCK:
        reading.once("archive-truncated", item.label)
    elif found is None and block.strip(b"\0"):
        reading.once("archive-damaged", item.label)
    return found


def _extended(kind: bytes, text: bytes, name: bytes, size: int | None) -> tuple[bytes, int | None]:
    """What an extension header says about the member after it."""
    if kind == _LONG_NAME:
        return text.rstrip(b"\0")[:4096], size
    if kind == _PAX:
        path, length = _PAX_PATH.search(text), _PAX_SIZE.search(text)
        return path[1] if path else name, int(length[1]) if length else size
    return name, size


def _number(text: bytes) -> int | None:
    """An octal field, or GNU's base 256 for sizes over 8 GiB."""
    if text[0] in (0x80, 0xFF):
        return int.from_bytes(text[1:], "big", signed=text[0] == 0xFF)
    digits = text.strip(b" \0")
    return int(digits, 8) if re.fullmatch(rb"[0-7]{0,12}", digits) and digits else (None if digits else 0)


def _skip(stream: BinaryIO, count: int) -> bool:
    """Past what nobody wanted; False when the stream ends before."""
    while count > 0:
        piece = stream.read(min(count, 16 * PIECE))
        if not piece:
            return False
        count -= len(piece)
    return True
