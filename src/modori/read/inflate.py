"""Decompressors that hand out bounded pieces: gzip, zip's deflate, bzip2, xz.

The standard library's file objects would do, but that they lose what they had when an archive breaks off, and that an
xz file may ask them for any amount of memory.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from modori.read.unpacked import PIECE, Pieces, Section


class Inflate:
    """gzip (RFC 1952, members one after another) and the raw deflate of zip (RFC 1951); `bits` are zlib's."""

    GZIP, RAW = 31, -15

    def __init__(self, stream: BinaryIO | Section, bits: int) -> None:
        self._stream, self._bits = stream, bits
        self._inflater = zlib.decompressobj(bits)
        self._left = b""

    def read1(self, size: int, /) -> bytes:
        while not self._inflater.eof or self._next_member():
            packed = self._left or self._stream.read(PIECE)
            piece = self._inflater.decompress(packed, size)  # b"" may still bring out what it holds back
            self._left = self._inflater.unconsumed_tail
            if piece:
                return piece
            if not packed and not self._inflater.eof:
                raise EOFError
        return b""

    def _next_member(self) -> bool:
        """After the end of a gzip member: is there another one? Zero bytes between and after are padding."""
        if self._bits != self.GZIP:
            return False
        rest = (self._left or self._inflater.unused_data).lstrip(b"\0")
        while not rest:
            rest = self._stream.read(PIECE)
            if not rest:
                return False
            rest = rest.lstrip(b"\0")
        self._inflater, self._left = zlib.decompressobj(self._bits), rest
        return True


class Decoder(Protocol):
    """What bz2 and lzma have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes: ...


class Decoded:
    """bzip2 and xz, streams one after another. `make` gives a fresh decoder."""

    def __init__(self, stream: BinaryIO | Section, make: Callable[[], Decoder]) -> None:
        self._stream, self._make, self._decoder = stream, make, make()

    def read1(self, size: int, /) -> bytes:
        while True:
            packed = b""
            if self._decoder.eof:
                packed = self._decoder.unused_data.lstrip(b"\0") or self._stream.read(PIECE)
                if not packed:
                    return b""
                self._decoder = self._make()
            elif self._decoder.needs_input:
                packed = self._stream.read(PIECE)
                if not packed:
                    raise EOFError
            piece = self._decoder.decompress(packed, size)
            if piece:
                return piece


def gunzip(stream: BinaryIO | Section) -> Pieces:
    return Inflate(stream, Inflate.GZIP)


def bunzip(stream: BinaryIO | Section) -> Pieces:
    return Decoded(stream, bz2.BZ2Decompressor)


def unxz(stream: BinaryIO | Section) -> Pieces:
    """xz and lzma; a file that asks for more memory than `xz -9` (64 MiB) does is refused."""
    return Decoded(stream, lambda: lzma.LZMADecompressor(memlimit=100 * 1024 * 1024))
