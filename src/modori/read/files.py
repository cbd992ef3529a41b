"""Opening files of which nothing is known yet: never a pipe or a device, never through a link, never without end."""

from __future__ import annotations

import errno
import io
import os
import stat
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from modori.read.item import Found, Item, Meter
from modori.read.unpacked import PIECE
from modori.types import Place, Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# O_NONBLOCK: should the file have become a pipe since it was listed, opening it must not wait for a writer.
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW
_WRONG = {
    errno.ENOENT: "source-missing",
    errno.ENOTDIR: "source-missing",
    errno.EACCES: "source-unreadable",
    errno.EPERM: "source-unreadable",
    errno.ELOOP: "link-loop",
}


class _Metered(io.FileIO):
    """A file that says how much of it was read."""

    def __init__(self, path: str, meter: Meter | None) -> None:
        super().__init__(path, "rb", opener=lambda name, _: _regular(name))
        self._meter = meter

    def readinto(self, target: WriteableBuffer, /) -> int | None:
        count = super().readinto(target)
        if self._meter is not None and count:
            self._meter.add(count)
        return count


def item(found: Found, meter: Meter | None = None) -> Item:
    """A file that was found, as something to be read."""
    name = found.label.rpartition("/")[2]
    return Item(found.label, name, partial(_open, found.path, meter), found.folders, found.size, found.modified)


def problem(label: str, wrong: OSError | ValueError) -> Problem:
    """Why a file or folder could not be read, in the user's terms."""
    number = wrong.errno if isinstance(wrong, OSError) and wrong.errno else 0
    known = "source-missing" if isinstance(wrong, ValueError) else _WRONG.get(number, "source-failed")
    return Problem(known, Place(label), {"why": errno.errorcode.get(number, "")})


def _open(path: str, meter: Meter | None) -> BinaryIO:
    return io.BufferedReader(_Metered(path, meter), PIECE)


def _regular(path: str) -> int:
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "no regular file")
    return descriptor
