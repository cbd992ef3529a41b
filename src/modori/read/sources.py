"""Reading what was found: a file, a site, a mailbox on a server, standard input, or a shard's own range of an mbox."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from modori.read import files, imap, mbox, stdin
from modori.read.contents import contents
from modori.read.detect import PEEK
from modori.read.item import Found, Item, Meter, Note, Reading
from modori.read.shards import Piece
from modori.read.unpacked import Budget
from modori.types import Letter, Paper, Place


def everything(found: Found, note: Note, meter: Meter | None, stream: BinaryIO | None) -> Iterator[Letter | Paper]:
    """Every letter and paper in it; what goes wrong on the way ends this source, not the run."""
    if found.kind == "site":
        place, name = Place(found.label), found.label.rpartition("/")[2]
        yield Paper(place, name, b"", io.BytesIO, found.path, found.modified)
        return
    if found.kind == "imap":
        yield from imap.letters(found, note, meter)
        return
    reading = Reading(note, Budget(found.size))
    if found.kind == "stdin":
        item = stdin.item(stream, reading.budget, lambda _: reading.once("source-failed", found.label))
    else:
        item = files.item(found, meter)
    yield from _guarded(_something(item, reading), item, note)


def part(piece: Piece, note: Note, meter: Meter | None) -> Iterator[Letter | Paper]:
    """The same for one piece of a large file."""
    if not piece.begin and piece.stop is None:
        yield from everything(piece.found, note, meter, None)
        return
    item = files.item(piece.found, meter)
    yield from _guarded(_range(piece, item, Reading(note, Budget(0))), item, note)


def _something(item: Item, reading: Reading) -> Iterator[Letter | Paper]:
    """Everything in the source, or at least a word about why there is nothing."""
    inside = contents(item, reading)
    first = next(inside, None)
    if first is not None:
        yield first
        yield from inside
    elif not reading.told:
        reading.tell("source-empty", Place(item.label))


def _range(piece: Piece, item: Item, reading: Reading) -> Iterator[Letter | Paper]:
    with item.open() as stream:
        head = stream.read(PEEK)
        stream.seek(0)
        yield from mbox.letters(item, stream, head, reading, piece.begin, piece.stop)


def _guarded(contents: Iterator[Letter | Paper], item: Item, note: Note) -> Iterator[Letter | Paper]:
    try:
        yield from contents
    except OSError as wrong:
        note(files.problem(item.label, wrong))
