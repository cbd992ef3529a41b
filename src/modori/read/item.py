"""What is being read: a file as it was found, a named stream of bytes, and what all streams of one source share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from modori.read.folders import printable
from modori.read.unpacked import Budget
from modori.types import Place, Problem

Note = Callable[[Problem], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """Something to be read. `path` opens it, `label` names it in the report, `folders` are the names around it."""

    kind: Literal["file", "site", "stdin", "folder", "imap"]
    path: str
    label: str
    folders: tuple[str, ...] = ()
    size: int = 0
    modified: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A file, a member of an archive, or standard input. `label` names it in every Place.

    `folders` are the names around it, outermost first. `again` is False where the bytes pass by only once.
    """

    label: str
    name: str
    open: Callable[[], BinaryIO]
    folders: tuple[str, ...] = ()
    size: int = 0
    modified: float | None = None
    again: bool = True
    depth: int = 0  # archives around it

    def member_label(self, name: str) -> str:
        return f"{self.label}!{printable(name)}"

    def member(self, name: str, opener: Callable[[], BinaryIO], size: int, again: bool = True) -> Item:
        """The file called `name` in this archive."""
        *inner, own = printable(name).split("/")
        folders = (*self.folders, self.name, *inner)
        return Item(self.member_label(name), own, opener, folders, size, self.modified, again, self.depth + 1)


@dataclass(slots=True)
class Reading:
    """One source being read: whom to tell what is wrong, and how much may still be unpacked."""

    note: Note
    budget: Budget
    told: set[str] = field(default_factory=set)

    def tell(self, problem: str, place: Place, **params: object) -> None:
        self.note(Problem(problem, place, params))

    def once(self, problem: str, label: str) -> None:
        """For what may be wrong with every member of an archive: said of the first one, in place of all."""
        spent = self.budget.left < 0 and problem != "archive-too-large"  # its consequences are no news
        if problem not in self.told and not spent:
            self.told.add(problem)
            self.tell(problem, Place(label))


class Meter:
    """Bytes read so far, told to the caller once a megabyte."""

    STEP = 1024 * 1024

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._done = self._said = 0

    def grow(self, count: int) -> None:
        """There is more to read than was known: what lies on a server is measured when it is opened."""
        self._total += count

    def add(self, count: int) -> None:
        self._done += count
        if self._done - self._said >= self.STEP:
            self._said = self._done
            self._progress(min(self._done, self._total), self._total)

    def finish(self) -> None:
        self._progress(self._total, self._total)
