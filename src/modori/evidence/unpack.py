"""Compressed attachments opened with a limit on what comes out (gzip RFC 1952, zip APPNOTE 6.3): bombs stay small."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol

LIMIT = 64 * 1024 * 1024  # of one unpacked file
_MEMBERS = 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Readable(Protocol):
    """All that is asked of a stream here."""

    def read(self, size: int, /) -> bytes: ...


class TooBigError(Exception):
    """More came out than anything honest holds."""


class BrokenError(Exception):
    """The archive cannot be read."""


class Capped:
    """A stream that gives out at most `limit` bytes and then says why it stopped."""

    def __init__(self, stream: Readable, limit: int = LIMIT) -> None:
        self._stream = stream
        self._left = limit

    def read(self, size: int, /) -> bytes:
        """The next bytes; TooBigError when the limit is passed."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooBigError
        return data


class _Gunzip:
    """A gzip stream, member after member, that never inflates more than it is asked for."""

    def __init__(self, packed: Readable) -> None:
        self._packed = packed
        self._inflate = zlib.decompressobj(31)

    def read(self, size: int, /) -> bytes:
        while True:
            feed = self._inflate.unconsumed_tail or self._inflate.unused_data or self._packed.read(65536)
            if not feed:
                return b""
            if self._inflate.eof:
                if not feed.startswith(b"\x1f\x8b"):  # padding after the last member
                    return b""
                self._inflate = zlib.decompressobj(31)
            try:
                data = self._inflate.decompress(feed, size)
            except zlib.error as wrong:
                raise BrokenError from wrong
            if data:
                return data


def unpacked(stream: Readable, magic: bytes) -> Iterator[Capped]:
    """The file inside a gzip, the files inside a zip, or the file itself; `magic` are its first bytes."""
    if magic.startswith(b"\x1f\x8b"):
        yield Capped(_Gunzip(stream))
    elif magic.startswith(b"PK\x03\x04"):
        yield from _zipped(stream)
    else:
        yield Capped(stream)


def _zipped(stream: Readable) -> Iterator[Capped]:
    packed = stream.read(LIMIT + 1)
    if len(packed) > LIMIT:
        raise TooBigError
    try:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            for info in archive.infolist()[:_MEMBERS]:
                if not info.is_dir():
                    with archive.open(info) as member:
                        yield Capped(member)
    except _BROKEN as wrong:
        raise BrokenError from wrong
