"""Dividing the work: large files one by one, large mbox files by byte ranges, everything else by name.

A shard holds no lists of small files, only which part of them is its own: a Maildir of a million letters is planned in
no more memory than a small one, and a letter that is moved from new to cur meanwhile stays in the same shard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from modori.read import files
from modori.read.detect import PEEK, kind
from modori.read.item import Found
from modori.read.maildir import unique
from modori.read.walk import walk
from modori.types import Problem

LARGE = 1024 * 1024
_RANGE = 64 * 1024  # no range is smaller
_RANGES = 4  # for each shard: what cannot be divided is balanced by them


@dataclass(frozen=True, slots=True)
class Piece:
    """A large file, or the letters of an mbox whose From_ lines begin in [begin, stop) (`stop` None: to its end)."""

    found: Found
    begin: int = 0
    stop: int | None = None

    @property
    def size(self) -> int:
        return (self.found.size if self.stop is None else self.stop) - self.begin


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of the work: `pieces`, and of all that is in no shard's pieces the `index`th part of `count`.

    Only the first shard reads standard input (`stdin`), so it must be read in the process that has it.
    """

    sources: tuple[str, ...]
    index: int
    count: int
    pieces: tuple[Piece, ...]
    planned: frozenset[str]  # paths of all shards' pieces
    size: int
    stdin: bool = False

    def rest(self, found: Found) -> bool:
        """Is this one of the files that no piece names, and this shard's own?"""
        if found.path in self.planned:
            return False
        return self.index == (0 if found.kind == "stdin" else share(found.path, self.count))


def plan(sources: Sequence[str], jobs: int) -> list[Shard]:
    """`jobs` shards of about the same size that together hold exactly what reading the sources would."""
    count = max(1, jobs)
    pieces: list[list[Piece]] = [[] for _ in range(count)]
    small, stdin = [0] * count, False
    large = []
    for found in walk(sources, _silently):
        stdin = stdin or found.kind == "stdin"
        if found.size >= LARGE and count > 1:
            large.append(found)
        else:
            small[share(found.path, count)] += found.size
    for piece in sorted(_divided(large, count), key=lambda piece: -piece.size):
        least = min(range(count), key=lambda i: small[i] + sum(p.size for p in pieces[i]))
        pieces[least].append(piece)
    planned = frozenset(found.path for found in large)
    return [
        Shard(tuple(sources), i, count, tuple(own), planned, small[i] + sum(p.size for p in own), stdin and i == 0)
        for i, own in enumerate(pieces)
    ]


def share(path: str, count: int) -> int:
    """Which of `count` shards reads the small file at `path`."""
    return crc32(unique(path).replace("/new/", "/cur/").encode("utf-8", "surrogateescape")) % count


def _divided(large: Sequence[Found], count: int) -> Iterator[Piece]:
    for found in large:
        if _is_mbox(found):
            ranges = min(_RANGES * count, found.size // _RANGE)
            cuts = [found.size * i // ranges for i in range(ranges)]
            for begin, stop in zip(cuts, [*cuts[1:], None], strict=True):
                yield Piece(found, begin, stop)
        else:
            yield Piece(found)


def _is_mbox(found: Found) -> bool:
    try:
        with files.item(found).open() as stream:
            return kind(stream.read(PEEK)) == "mbox"
    except OSError:
        return False


def _silently(problem: Problem) -> None:
    """What is wrong is said when the shards are read."""
