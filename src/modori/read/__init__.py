"""Which letters and evidence files are there? From sources, whatever they are, to letters and papers.

Sources are paths, "-" for standard input, or imaps:// addresses. What something is, is told by its content, never by
its name alone. What cannot be read is handed to `note`, never raised; memory does not grow with what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from modori.read.item import Meter, Note, Progress
from modori.read.letter import one
from modori.read.shards import Shard, plan
from modori.read.sources import everything, part
from modori.read.walk import walk
from modori.types import Letter, Paper

__all__ = ["Shard", "one", "plan", "read", "read_shard"]


def read(
    sources: Sequence[str], note: Note, *, stdin: BinaryIO | None = None, progress: Progress | None = None
) -> Iterator[Letter | Paper]:
    """Everything in `sources`, each file once. `progress` gets (bytes read, bytes in all) about once a megabyte."""
    meter = None
    if progress is not None:
        meter = Meter(progress, sum(found.size for found in walk(sources, lambda _: None)))
    for found in walk(sources, note):
        yield from everything(found, note, meter, stdin)
    if meter is not None:
        meter.finish()


def read_shard(
    shard: Shard, note: Note, progress: Progress | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Letter | Paper]:
    """The part of everything that is this shard's. The first shard also notes what is wrong with the sources."""
    meter = None if progress is None else Meter(progress, shard.size)
    for piece in shard.pieces:
        yield from part(piece, note, meter)
    for found in walk(shard.sources, note if shard.index == 0 else lambda _: None):
        if shard.rest(found):
            yield from everything(found, note, meter, stdin)
    if meter is not None:
        meter.finish()
