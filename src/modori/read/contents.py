"""What a file holds, whatever it is: letters, papers, or archives of them, inside one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader, BytesIO
from typing import BinaryIO

from modori.read import eml, mbox, packed, tars, zips
from modori.read.detect import PEEK, Kind, kind
from modori.read.item import Item, Reading
from modori.read.spool import Spool
from modori.types import Letter, Paper, Place

DEEPEST = 5  # archives in archives: a Takeout zip holding a tar.gz of an mbox.gz needs four


def contents(item: Item, reading: Reading) -> Iterator[Letter | Paper]:
    """Every letter and every paper in one file."""
    with item.open() as stream:
        peek = _peek(stream)
        found = kind(peek, item.name)
        if found == "mbox":
            yield from mbox.letters(item, stream, peek, reading)
        elif found == "letter":
            yield from eml.letters(item, stream, reading)
        elif found == "emlx":
            yield from eml.emlx(item, stream, reading)
        elif found != "paper":
            for member in _members(found, item, stream, reading):
                yield from contents(member, reading)
        elif peek:
            yield paper(item, stream, peek)


def _members(found: Kind, item: Item, stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    if item.depth >= DEEPEST:
        reading.once("archive-too-deep", item.label)
    elif found in packed.CODECS:
        yield packed.content(item, stream, reading, packed.CODECS[found])
    elif found == "tar":
        yield from tars.members(item, stream, reading)
    elif stream.seekable():
        yield from zips.members(item, stream, reading)
    else:
        spool = Spool(stream)
        with spool.open() as copy:
            yield from zips.members(replace(item, open=spool.open, again=True), copy, reading)


def paper(item: Item, stream: BinaryIO, peek: bytes) -> Paper:
    """Anything that is not mail. What passes by only once is copied, but for pictures and the like: who reads them?"""
    opener = item.open
    if not item.again:
        opener = Spool(BytesIO(peek) if _is_binary(peek) else stream).open
    return Paper(Place(item.label), item.name, peek, opener, "", item.modified)


def _is_binary(peek: bytes) -> bool:
    return b"\0" in peek and not peek.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16 is text


def _peek(stream: BinaryIO) -> bytes:
    return stream.peek(PEEK)[:PEEK] if isinstance(stream, BufferedReader) else b""
