"""Bounded summaries whose merge is exact: the order of learning and the cut into shards never show.

`Lowest` keeps the k entries with the smallest keys. When the keys are hashes it is a uniform sample of the distinct
keys (bottom-k, or KMV, sketch: Bar-Yossef et al. 2002; Cohen, Kaplan 2007), and any entry of the final sample was in
every partial sample it belonged to, so values may even be added up. `Tally` counts names, and when there are too many
it shortens all of them by one step (host -> organisation -> top-level domain). The step is the smallest that fits the
union of everything learned, so it does not depend on the order either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import nsmallest
from typing import Any, Generic, TypeVar

from modori.octets.digest import hash64

K = TypeVar("K", bound=Any)
V = TypeVar("V")

HASH_SPACE = float(2**64)


def either(one: V, other: V) -> V:
    """Of two entries under one key, always the same one, whichever came first."""
    return one if one == other or repr(one) <= repr(other) else other


class Lowest(Generic[K, V]):
    """The `size` entries with the smallest keys; equal keys are combined (default: the smaller value stays)."""

    __slots__ = ("_bound", "_entries", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self._entries: dict[K, V] = {}
        self._bound: K | None = None

    def add(self, key: K, value: V, combine: Callable[[Any, Any], Any] = min) -> None:
        if self._bound is not None and key > self._bound:
            return
        entries = self._entries
        if key in entries:
            entries[key] = combine(entries[key], value)
        else:
            entries[key] = value
            if len(entries) > 2 * self.size:
                self._cut()

    def merge(self, other: Lowest[K, V], combine: Callable[[Any, Any], Any] = min) -> None:
        for key, value in other._entries.items():
            self.add(key, value, combine)
        if other._bound is not None and (self._bound is None or other._bound < self._bound):
            self._bound = other._bound
            self._entries = {k: v for k, v in self._entries.items() if k <= other._bound}

    def items(self) -> list[tuple[K, V]]:
        """The kept entries in order of their keys."""
        self._cut()
        return sorted(self._entries.items())  # no two keys are equal: the values are never compared

    def kept(self) -> dict[K, V]:
        """The kept entries in no order."""
        self._cut()
        return dict(self._entries)

    def values(self) -> list[V]:
        return [value for _, value in self.items()]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return min(self.size, len(self._entries))

    def __iter__(self) -> Iterator[K]:
        return iter(key for key, _ in self.items())

    @property
    def full(self) -> bool:
        """True when something was, or may have been, left out."""
        return self._bound is not None or len(self._entries) > self.size

    def distinct(self) -> float:
        """How many different keys were seen, for keys made by hash64: exact until full, then an estimate."""
        if not self.full:
            return float(len(self._entries))
        largest = int(self.items()[-1][0])
        return (self.size - 1) * HASH_SPACE / max(1, largest)

    def _cut(self) -> None:
        if len(self._entries) <= self.size:
            return
        keys = nsmallest(self.size, self._entries)
        self._bound = keys[-1]
        self._entries = {key: self._entries[key] for key in keys}


def _whole(name: str) -> str:
    return name


def _last_two(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def _last_one(name: str) -> str:
    return name.rpartition(".")[2]


def _bucket(name: str) -> str:
    return f"#{hash64(name) % 64}"


class Tally:
    """Counts per name; at most `size` names, shortened together step by step when there are more."""

    __slots__ = ("_counts", "_step", "size")

    STEPS: tuple[Callable[[str], str], ...] = (_whole, _last_two, _last_one, _bucket)

    def __init__(self, size: int = 4096) -> None:
        self.size = size
        self._counts: dict[str, int] = {}
        self._step = 0

    def add(self, name: str, count: int = 1) -> None:
        counts = self._counts
        short = self.STEPS[self._step](name) if self._step else name
        counts[short] = counts.get(short, 0) + count
        if len(counts) > self.size:
            self._shorten(self._step + 1)

    def merge(self, other: Tally) -> None:
        if other._step > self._step:
            self._shorten(other._step)
        for name, count in other._counts.items():
            self.add(name, count)

    def counts(self) -> dict[str, int]:
        """Name -> count, largest first, names of equal count in order."""
        return dict(sorted(self._counts.items(), key=lambda entry: (-entry[1], entry[0])))

    def total(self) -> int:
        return sum(self._counts.values())

    def top(self) -> str:
        """The most frequent name, "" when there is none."""
        return next(iter(self.counts()), "")

    def __getitem__(self, name: str) -> int:
        return self._counts.get(self.STEPS[self._step](name), 0)

    def _shorten(self, step: int) -> None:
        while step < len(self.STEPS):
            shorter: dict[str, int] = {}
            for name, count in self._counts.items():
                short = self.STEPS[step](name)
                shorter[short] = shorter.get(short, 0) + count
            self._counts, self._step = shorter, step
            if len(shorter) <= self.size:
                return
            step += 1
