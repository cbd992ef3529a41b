"""Streams that unpack while they are read, and that no archive can turn against the reader.

A stream ends where its archive is broken, cut short or out of budget, and tells so once; what was readable before that
has been read. Every step unpacks a bounded piece, so a bomb costs its budget and no memory.
"""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

RATIO = 200  # mail and logs shrink to a twentieth, a joe-job's equal bounces to a hundredth, a bomb to a thousandth
GRACE = 64 * 1024 * 1024  # small archives may be any ratio
CEILING = 64 * 1024**3
PIECE = 64 * 1024

_DAMAGE = (OSError, ValueError, zlib.error, lzma.LZMAError)


class Budget:
    """How many bytes may still come out of one source, all its archives in archives together."""

    __slots__ = ("left",)

    def __init__(self, size: int) -> None:
        self.left = min(CEILING, GRACE + RATIO * size)

    def grow(self, size: int) -> None:
        """For a source that turns out to be larger."""
        self.left = min(CEILING, self.left + RATIO * size)


class Pieces(Protocol):
    """Anything that gives its bytes piece by piece, b"" at the end, EOFError when the end comes too early."""

    def read1(self, size: int, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """The bytes of `inner`, until they end, it proves damaged, or the budget is spent. Closes `under` with itself."""

    def __init__(
        self, inner: Pieces, tell: Callable[[str], None], budget: Budget | None = None, under: BinaryIO | None = None
    ) -> None:
        self._inner, self._tell, self._budget, self._under = inner, tell, budget, under
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, target: WriteableBuffer, /) -> int:
        view, filled = memoryview(target), 0
        while filled < len(view) and not self._over:
            piece = self._piece(min(len(view) - filled, PIECE))
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _piece(self, most: int) -> bytes:
        try:
            piece = self._inner.read1(most)
        except EOFError:
            return self._end("archive-truncated")
        except _DAMAGE:
            return self._end("archive-damaged")
        if self._budget is not None:
            self._budget.left -= len(piece)
            if self._budget.left < 0:
                return self._end("archive-too-large")
        self._over = not piece
        return piece

    def _end(self, problem: str) -> bytes:
        self._over = True
        self._tell(problem)
        return b""

    def close(self) -> None:
        if self._under is not None:
            self._under.close()
        super().close()


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """A stream whose peek() shows the first 8 KiB: its buffer is larger, and `raw` fills it in one go."""
    return io.BufferedReader(raw, PIECE)


class Section:
    """The next `length` bytes of a stream."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self.left = stream, length

    def read1(self, size: int, /) -> bytes:
        piece = self._stream.read(min(size, self.left))
        self.left -= len(piece)
        if not piece and self.left and size:
            raise EOFError
        return piece

    read = read1
