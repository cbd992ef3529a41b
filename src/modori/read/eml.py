"""Files that hold one letter: .eml and the files of a Maildir as they are, .emlx between a number and a plist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from modori.read import maildir
from modori.read.detect import emlx_length
from modori.read.folders import sent
from modori.read.item import Item, Reading
from modori.read.letter import LIMIT, one
from modori.read.split import preamble
from modori.read.unpacked import PIECE
from modori.types import Letter, Place

_RECEIVED = re.compile(rb"<key>date-received</key>\s{0,40}<integer>(\d{9,10})</integer>")


def letters(item: Item, stream: BinaryIO, reading: Reading) -> Iterator[Letter]:
    """The one letter of a file; of a Maildir file, with what its name says of it."""
    raw = _read(stream)
    skip = preamble(raw[:PIECE])
    size = max(item.size, len(raw)) - skip
    raw, place = raw[skip : skip + LIMIT], Place(item.label, skip, size)
    if size > LIMIT:
        reading.tell("letter-cut", place, megabytes=size >> 20, limit=LIMIT >> 20)
    if maildir.holds(item.folders):
        flagged = maildir.flags(item.name)
        yield one(raw, place, "D" not in flagged and sent(item.folders), maildir.arrived(item.name))
    else:
        yield one(raw, place, sent(item.folders))


def emlx(item: Item, stream: BinaryIO, reading: Reading) -> Iterator[Letter]:
    """Apple Mail: a line with the letter's length, the letter, and a property list with when it came."""
    raw = _read(stream)
    begin = raw.find(b"\n") + 1
    size = emlx_length(raw[preamble(raw[:PIECE]) :]) or 0
    letter, rest = raw[begin : begin + min(size, LIMIT)], raw[begin + size :]
    place = Place(item.label, begin, len(letter))
    if size > LIMIT:
        reading.tell("letter-cut", place, megabytes=size >> 20, limit=LIMIT >> 20)
    found = _RECEIVED.search(rest[:PIECE])
    yield one(letter, place, sent(item.folders), float(found[1]) if found else None)


def _read(stream: BinaryIO) -> bytes:
    """At most a byte more than LIMIT, and a buffer no larger than the file: most letters are small."""
    pieces, size = [], 0
    while size <= LIMIT and (piece := stream.read(PIECE if size < PIECE else 16 * PIECE)):
        pieces.append(piece)
        size += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
