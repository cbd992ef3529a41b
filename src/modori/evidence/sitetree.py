"""The files of a site folder, looked at without touching them: no link is followed, only regular files are opened.

Loops cannot occur (links are skipped), FIFOs and devices are never opened, and entries, depth and bytes are bounded.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from modori.types import Place, Problem

ENTRIES_MOST = 100_000
DEPTH_MOST = 40
READ_MOST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file: its path below the site's root with "/", its time and size, and what its folder allows."""

    path: str
    modified: float | None
    size: int
    world_writable: bool = False


def entries(root: str, note: Callable[[Problem], None]) -> Iterator[Entry]:
    """Every regular file below `root`, at most ENTRIES_MOST."""
    left = ENTRIES_MOST
    waiting = [("", 0, False)]
    while waiting:
        folder, depth, writable = waiting.pop()
        try:
            found = sorted(os.scandir(os.path.join(root, folder)), key=lambda entry: entry.name)
        except OSError:
            note(Problem("site-folder-unreadable", Place(os.path.join(root, folder))))
            continue
        for entry in found:
            left -= 1
            if left < 0 or depth > DEPTH_MOST:
                note(Problem("site-too-big", Place(root), {"entries": ENTRIES_MOST, "depth": DEPTH_MOST}))
                return
            path = f"{folder}{entry.name}"
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISDIR(status.st_mode):
                waiting.append((path + "/", depth + 1, bool(status.st_mode & stat.S_IWOTH)))
            elif stat.S_ISREG(status.st_mode):
                yield Entry(path, status.st_mtime, status.st_size, writable)


def head(root: str, path: str) -> bytes:
    """The first bytes of a regular file below `root`, b"" when it cannot be had without following a link."""
    try:
        handle = os.open(os.path.join(root, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return b""
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return b""
        return os.read(handle, READ_MOST)
    except OSError:
        return b""
    finally:
        os.close(handle)
