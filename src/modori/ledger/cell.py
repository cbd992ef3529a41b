"""Cells: bounces that share a key, counted, with a few witnesses kept whole.

A key is a tuple, most telling part first: (relation, mode, account, sender, writer, subject). While few keys occur
they are kept as they are; when there are too many, parts are given up from the end, for all at once. How much is given
up depends only on the set of keys learned, so the merge stays exact in any order (see `sketch`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from modori.ledger.sketch import Lowest, either
from modori.octets.digest import hash64
from modori.types import Place, Witness

Key = tuple[str, ...]

WITNESSES = 12
ORIGINALS = 300
_OLDEST = 7 * 86400.0  # servers retry for five days; an older Date is a wrong clock's, or a forger's
CELLS = 192


@dataclass(slots=True)
class Cell:
    """The bounces of one key. `originals` maps an original's hash to (recipients asked, recipients failed), `sent` to
    its Date; both sample the same letters."""

    bounces: int = 0
    recipients: int = 0
    first: float = float("inf")
    last: float = float("-inf")
    last_sent: float = float("-inf")
    hours: dict[int, int] = field(default_factory=dict)
    witnesses: Lowest[tuple[int, Place], Witness] = field(default_factory=lambda: Lowest(WITNESSES))
    originals: Lowest[int, tuple[int, int]] = field(default_factory=lambda: Lowest(ORIGINALS))
    sent: Lowest[int, float] = field(default_factory=lambda: Lowest(ORIGINALS))

    def learn(self, witness: Witness, failed: int) -> None:
        self.bounces += 1
        self.recipients += failed
        self.first = min(self.first, witness.moment)
        self.last = max(self.last, witness.moment)
        if witness.original is not None and witness.original.when is not None:
            left = min(witness.original.when, witness.moment)
            self.last_sent = max(self.last_sent, left)
            if left > witness.moment - _OLDEST:
                self.sent.add(witness.original_id, left)
        hour = int(witness.moment // 3600)
        self.hours[hour] = self.hours.get(hour, 0) + 1
        self.witnesses.add((witness.digest, witness.bounce.place), witness, either)
        self.originals.add(witness.original_id, (witness.asked, failed), _add)

    def merge(self, other: Cell) -> None:
        self.bounces += other.bounces
        self.recipients += other.recipients
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        self.last_sent = max(self.last_sent, other.last_sent)
        for hour, count in other.hours.items():
            self.hours[hour] = self.hours.get(hour, 0) + count
        self.witnesses.merge(other.witnesses, either)
        self.originals.merge(other.originals, _add)
        self.sent.merge(other.sent)


def _add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), one[1] + other[1]


def _buckets(part: str, number: int) -> str:
    return f"\0{hash64(part) % number}" if part and not part.startswith("\0") else part


def coarsen(key: Key, level: int) -> Key:
    """The key with what `level` gives up: 1 subject in 64 buckets, 2 no subject, 3 no writer, 4 sender and 5 account in
    16 buckets each, 6 only relation and mode."""
    relation, mode, account, sender, writer, subject = key
    if level >= 1:
        subject = "" if level >= 2 else _buckets(subject, 64)
    if level >= 3:
        writer = ""
    if level >= 4:
        sender = "" if level >= 6 else _buckets(sender, 16)
    if level >= 5:
        account = "" if level >= 6 else _buckets(account, 16)
    return relation, mode, account, sender, writer, subject


class Cells:
    """All cells of a ledger, at most CELLS of them."""

    __slots__ = ("_cells", "level")

    def __init__(self) -> None:
        self._cells: dict[Key, Cell] = {}
        self.level = 0

    def learn(self, key: Key, witness: Witness, failed: int) -> None:
        key = coarsen(key, self.level) if self.level else key
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = Cell()
            if len(self._cells) > CELLS:
                cell.learn(witness, failed)
                self._give_up(self.level + 1)
                return
        cell.learn(witness, failed)

    def merge(self, other: Cells) -> None:
        if other.level > self.level:
            self._give_up(other.level)
        for key, cell in other._cells.items():
            self._cells.setdefault(coarsen(key, self.level), Cell()).merge(cell)
        if len(self._cells) > CELLS:
            self._give_up(self.level + 1)

    def items(self) -> Iterator[tuple[Key, Cell]]:
        yield from sorted(self._cells.items())

    def __len__(self) -> int:
        return len(self._cells)

    def _give_up(self, level: int) -> None:
        while level <= 6:
            coarser: dict[Key, Cell] = {}
            for key, cell in self._cells.items():
                coarser.setdefault(coarsen(key, level), Cell()).merge(cell)
            self._cells, self.level = coarser, level
            if len(coarser) <= CELLS:
                return
            level += 1
