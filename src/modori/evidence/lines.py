"""Lines of a file of any size: read in blocks, nothing kept.

No log writes lines longer than LINE_LIMIT. One that is longer is passed over, and NO_LINE stands in its place: a line
of a gigabyte costs one block of memory and is counted among those that nobody could read. Both LF and CRLF end a line;
offsets count the bytes of the stream as it was opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

LINE_LIMIT = 16 * 1024
NO_LINE = b"\0"
_BLOCK = 1024 * 1024


def blocks(stream: BinaryIO) -> Iterator[tuple[int, list[bytes]]]:
    """(offset of the first line, whole lines without their LF) per block; the caller adds up the lengths."""
    offset = 0
    rest = b""
    skipping = False
    while block := stream.read(_BLOCK):
        if skipping:
            end = block.find(b"\n")
            if end < 0:
                offset += len(block)
                continue
            offset += end + 1
            block = block[end + 1 :]
            skipping = False
        size = len(rest) + len(block)
        found = (rest + block).split(b"\n")
        rest = found.pop()
        yield from _bounded(offset, found)
        offset += size - len(rest)
        if len(rest) > LINE_LIMIT:
            yield offset, [NO_LINE]
            offset += len(rest)
            rest = b""
            skipping = True
    if rest:
        yield offset, [rest]


def _bounded(offset: int, found: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """The lines of one block; around one that is too long they are handed out in pieces, for the offsets' sake."""
    if max(map(len, found), default=0) <= LINE_LIMIT:
        if found:
            yield offset, found
        return
    for line in found:
        yield offset, [line if len(line) <= LINE_LIMIT else NO_LINE]
        offset += len(line) + 1


def lines(stream: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """(offset, number from 1, line without its line end), for readers that need no speed."""
    number = 0
    for offset, found in blocks(stream):
        for line in found:
            number += 1
            yield offset, number, line.rstrip(b"\r")
            offset += len(line) + 1
