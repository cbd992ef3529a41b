"""Lines of a file of any size: read in blocks, each line capped, nothing kept.

A line longer than LINE_LIMIT is cut there and the rest of it is skipped, so one line of a gigabyte costs one block
of memory. Both LF and CRLF end a line; offsets count the bytes of the stream as it was opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

LINE_LIMIT = 16 * 1024
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
        found = (rest + block).split(b"\n")
        rest = found.pop()
        if found:
            yield offset, found
            offset += sum(map(len, found)) + len(found)
        if len(rest) > LINE_LIMIT:
            yield offset, [rest[:LINE_LIMIT]]
            offset += len(rest)
            rest = b""
            skipping = True
    if rest:
        yield offset, [rest]


def lines(stream: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """(offset, number from 1, line capped and without its line end), for readers that need no speed."""
    number = 0
    for offset, found in blocks(stream):
        for line in found:
            number += 1
            yield offset, number, line[:LINE_LIMIT].rstrip(b"\r")
            offset += len(line) + 1
