"""zip archives (APPNOTE.TXT 6.3.10): members by the directory at the end, or, where that is lost, by their own headers.

The standard library reads the directory. It keeps an object for every member, so a directory of very many is not read
but walked along, header by header, as is an archive whose end is missing.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from modori.read.inflate import Inflate, bunzip
from modori.read.item import Item, Reading
from modori.read.unpacked import Pieces, Section, Unpacked, buffered
from modori.read.zipwalk import END_MAGIC, LOCAL, Member, legible, walked

_END_REACH = 22 + 65535  # the end record and the longest comment after it
_END = struct.Struct("<12xL")  # the length of the directory (4.3.16)
_LOCATOR, _END64 = struct.Struct("<4s4xQ"), struct.Struct("<40xQ")  # the same in a large archive (4.3.15, 4.3.14)
_LOCATOR_SIZE = 20
_LONGEST_DIRECTORY = 8 * 1024 * 1024  # some fifty thousand members
_ENCRYPTED = 0x01
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12


def members(item: Item, stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """What lies in the archive, one readable thing after another."""
    listed = _listed(stream)
    for member in walked(item, stream, reading) if listed is None else listed:
        if member.name.endswith("/"):
            continue
        label = item.member_label(member.name)
        if member.flags & _ENCRYPTED:
            reading.once("archive-encrypted", label)
        elif member.method not in (_STORED, _DEFLATED, _BZIP2):
            reading.once("archive-method", label)
        elif member.method == _STORED and member.packed < 0:  # nothing marks its end but the directory that is lost
            reading.once("archive-truncated", label)
        elif member.size > reading.budget.left:
            reading.once("archive-too-large", label)
        else:
            yield item.member(member.name, partial(_open, item, member, label, reading), member.size)


def _open(item: Item, member: Member, label: str, reading: Reading) -> BinaryIO:
    """A fresh stream of the member's bytes, unpacked."""
    under = item.open()
    under.seek(member.at)
    *_, name, extra = LOCAL.unpack(under.read(LOCAL.size).ljust(LOCAL.size, b"\0"))
    under.seek(name + extra, os.SEEK_CUR)
    return buffered(Unpacked(_inner(under, member), partial(reading.once, label=label), reading.budget, under))


def _inner(under: BinaryIO, member: Member) -> Pieces:
    packed = Section(under, member.packed) if member.packed >= 0 else under
    if member.method == _DEFLATED:
        return Inflate(packed, Inflate.RAW)
    if member.method == _BZIP2:
        return bunzip(packed)
    return Section(under, member.size)


def _listed(stream: BinaryIO) -> list[Member] | None:
    """The members by the directory, None when it is missing, broken or very long."""
    length = _directory_length(stream)
    if length is None or length > _LONGEST_DIRECTORY:
        return None
    try:
        with ZipFile(stream) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError, struct.error, RuntimeError, EOFError, IndexError):
        return None
    if any(entry.header_offset < 0 for entry in entries):  # a directory that points before the beginning
        return None
    return [
        Member(legible(entry.orig_filename, entry.flag_bits), entry.header_offset, entry.flag_bits,
               entry.compress_type, entry.compress_size, entry.file_size)
        for entry in entries
    ]


def _directory_length(stream: BinaryIO) -> int | None:
    """How many bytes the directory says it has, None when there is none."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END_REACH))
    tail = stream.read(_END_REACH)
    end = tail.rfind(END_MAGIC)
    if end < 0 or len(tail) < end + _END.size:
        return None
    length: int = _END.unpack_from(tail, end)[0]
    if end >= _LOCATOR_SIZE:
        magic, at = _LOCATOR.unpack_from(tail, end - _LOCATOR_SIZE)
        if magic == b"PK\x06\x07":
            stream.seek(min(at, size))
            record = stream.read(_END64.size)
            return max(length, _END64.unpack(record)[0]) if len(record) == _END64.size else None
    return length
