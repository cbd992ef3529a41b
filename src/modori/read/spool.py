"""A copy of what passes by only once (standard input, a member of a compressed tar), so that it can be read again.

Small ones stay in memory; larger ones go to a file without a name, which is gone when nobody needs it any more, or when
the process dies.
"""

from __future__ import annotations

import io
import os
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from modori.read.unpacked import PIECE, buffered

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

IN_MEMORY = 1024 * 1024


class Spool:
    """Everything that `stream` still holds; every open() is a stream of its own, from the start."""

    def __init__(self, stream: BinaryIO) -> None:
        self._bytes = stream.read(IN_MEMORY)
        self._file: BinaryIO | None = None
        self.size = len(self._bytes)
        if self.size == IN_MEMORY:
            self._spill(stream)

    def _spill(self, stream: BinaryIO) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  # it lives as long as this object, not as long as this call
        self._file.write(self._bytes)
        self._bytes = b""
        while piece := stream.read(16 * PIECE):
            self.size += self._file.write(piece)
        self._file.flush()

    def open(self) -> BinaryIO:
        if self._file is None:
            return io.BufferedReader(io.BytesIO(self._bytes), PIECE)
        return buffered(_Copy(self, self._file.fileno()))


class _Copy(io.RawIOBase):
    """A position of its own in the file, which lives as long as somebody reads it."""

    def __init__(self, spool: Spool, descriptor: int) -> None:
        self._spool, self._descriptor, self._at = spool, descriptor, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._spool.size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, target: WriteableBuffer, /) -> int:
        count = os.preadv(self._descriptor, [target], self._at)
        self._at += count
        return count
