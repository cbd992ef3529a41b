"""What was moved where: a file of JSON lines that only ever grows, on disk before each step is taken.

    {"batch": 1, "kind": "imap", "from": ..., "to": ..., "letters": [[id, fingerprint], ...], ...}    about to move them
    {"batch": 1, "step": "copied"}                                                                    on the way
    {"batch": 1, "moved": [[id, id there, fingerprint], ...]}                                         these were moved

`id` is an IMAP UID, or the path of a Maildir file (whose letters stand as [path, path there] in the first line). A line
that a kill cut short is as if it had not been written.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from modori.filing.failure import FilingError

Id = int | str

_BEGIN = b'{"batch": '  # of every line; only a line that began so may be cut off


@dataclass(slots=True)
class Batch:
    """Letters that were moved together. `back` is True for those brought back; `moved` is None while it is not over."""

    number: int
    kind: str
    source: str
    target: str
    letters: list[tuple[Id, str]]
    back: bool = False
    validity: tuple[int, int] = (0, 0)  # UIDVALIDITY of source and target
    next: int = 0  # the target's UIDNEXT when it began: what it brought there is not below
    moved: list[tuple[Id, Id, str]] | None = None
    steps: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Away:
    """A letter that was moved and not yet brought back."""

    kind: str
    home: str
    place: str
    validity: int
    id: Id
    fingerprint: str
    origin: Id


class Journal:
    """One such file, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.batches: dict[int, Batch] = {}
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as wrong:
            raise FilingError("journal", path=str(path), why=wrong.strerror or "") from wrong
        try:
            self._hold()
            self._read()
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._file)

    @property
    def unfinished(self) -> list[Batch]:
        return [batch for batch in self.batches.values() if batch.moved is None]

    def begin(self, batch: Batch) -> None:
        """Written before anything of the batch is touched."""
        batch.number = len(self.batches) + 1
        self._write(
            {
                "batch": batch.number, "kind": batch.kind, "from": batch.source, "to": batch.target, "back": batch.back,
                "validity": batch.validity, "next": batch.next, "letters": batch.letters,
            }
        )  # fmt: skip
        self.batches[batch.number] = batch

    def step(self, batch: Batch, step: str) -> None:
        self._write({"batch": batch.number, "step": step})
        batch.steps.append(step)

    def finish(self, batch: Batch, moved: list[tuple[Id, Id, str]]) -> None:
        """Written when it is certain which of the batch's letters are where."""
        self._write({"batch": batch.number, "moved": moved})
        batch.moved = moved

    def away(self) -> list[Away]:
        """Every letter that is not where it was before the first move."""
        found: dict[tuple[str, Id], Away] = {}
        for batch in self.batches.values():
            for origin, there, fingerprint in batch.moved or ():
                if batch.back:
                    found.pop((batch.source, origin), None)
                else:
                    found[batch.target, there] = Away(
                        batch.kind, batch.source, batch.target, batch.validity[1], there, fingerprint, origin
                    )
        return list(found.values())

    def _hold(self) -> None:
        with suppress(ImportError):  # Windows has no fcntl, and there two runs at once are the user's own affair
            import fcntl

            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as wrong:
                raise FilingError("busy", path=str(self.path)) from wrong

    def _read(self) -> None:
        whole = 0
        with open(self.path, "rb") as file:
            for line in file:
                if not line.endswith(b"\n") and line[: len(_BEGIN)] == _BEGIN[: len(line)]:
                    break
                self._learn(line)
                whole += len(line)
        os.ftruncate(self._file, whole)

    def _learn(self, line: bytes) -> None:
        try:
            entry = json.loads(line)
            number = int(entry["batch"])
            if "letters" in entry:
                self.batches[number] = _batch(number, entry)
            elif "moved" in entry:
                self.batches[number].moved = [(a, b, str(f)) for a, b, f in entry["moved"]]
            else:
                self.batches[number].steps.append(str(entry["step"]))
        except (ValueError, KeyError, TypeError) as wrong:
            raise FilingError("not-a-journal", path=str(self.path)) from wrong

    def _write(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=True).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as wrong:
            raise FilingError("journal", path=str(self.path), why=wrong.strerror or "") from wrong


def _batch(number: int, entry: dict[str, Any]) -> Batch:
    here, there = entry["validity"]
    letters = [(identity, str(print_)) for identity, print_ in entry["letters"]]
    return Batch(
        number, entry["kind"], entry["from"], entry["to"], letters, bool(entry["back"]), (here, there), entry["next"]
    )
