"""Standard input: an mbox is read while it passes by, anything else like a file of that content."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from modori.read.item import Item
from modori.read.unpacked import Budget, Unpacked, buffered
from modori.read.walk import STDIN


class _Passing:
    """The stream as it comes; its length being unknown, the budget grows with it."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read1(self, size: int, /) -> bytes:
        piece = self._stream.read(size)
        self._budget.grow(len(piece))
        return piece


def item(stream: BinaryIO | None, budget: Budget, fail: Callable[[str], None]) -> Item:
    """What comes in on `stream`, by default the process's own."""
    passing = _Passing(sys.stdin.buffer if stream is None else stream, budget)
    return Item(STDIN, STDIN, partial(buffered, Unpacked(passing, fail)), again=False)
