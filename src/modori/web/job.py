"""One examination on disk: what was given, how far the reading is, what came of it.

    <id>/job.json         what the user asked for
    <id>/files/           what was handed over
    <id>/progress.json    written by the worker, several times a second
    <id>/report.json      there once it is finished
    <id>/letters/         what the report speaks of, out of a mailbox on a server: to be opened without logging in again
    <id>/site.json        what lies on the own site, when files of it were given
    <id>/changes.json     what was different from an earlier check of the same mailbox
    <id>/outcome.json     the verdict in short, and the incident that keeps the ticked steps
    <id>/ledger           all that was read, while a question is open: an answer then needs no second reading

Every file appears whole or not at all, so that a killed server or worker leaves nothing that misleads the next.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path
from typing import TypeVar

import msgspec

from modori.imap import is_url
from modori.ledger import Ledger
from modori.store import records
from modori.types import Change, Place, Report

_T = TypeVar("_T")


class Asked(msgspec.Struct, frozen=True):
    """What the user gave. `path` is a folder or file of this machine, or folders on a mail server (imaps://...); ""
    means the files that were handed over.

    `answers` maps questions to yes, no, or "" for: I do not know. With `site`, the path is the own site, and `logs` are
    its access logs.
    """

    made: float
    lang: str
    me: tuple[str, ...] = ()
    path: str = ""
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    site: bool = False
    logs: tuple[str, ...] = ()

    @property
    def on_server(self) -> bool:
        return is_url(self.path)


class Progress(msgspec.Struct, frozen=True):
    """How far the reading is; `done` and `total` are bytes. `stage`: reading, concluding, failed.

    `wrong` and `params` are the problem that ended it, when there is one to tell.
    """

    stage: str = "reading"
    done: int = 0
    total: int = 0
    letters: int = 0
    bounces: int = 0
    began: float = 0.0
    now: float = 0.0
    wrong: str = ""
    params: dict[str, str] = msgspec.field(default_factory=dict)

    def left(self) -> float | None:
        """Seconds until all is read, at the speed so far; None when nobody can tell."""
        spent = self.now - self.began
        if self.done <= 0 or spent < 1.0:
            return None
        return spent * max(0, self.total - self.done) / self.done


class Outcome(msgspec.Struct, frozen=True):
    """A finished job in one line of the list. `cause` is the verdict's, or site-hostile, site-doubtful, site-calm."""

    cause: str
    severity: str
    letters: int
    bounces: int
    addresses: tuple[str, ...] = ()
    incident: str = ""
    question: str = ""  # the next that only the user can answer
    site: str = ""  # what is said of the own site, when files of it were given: hostile, doubtful, calm


class Job:
    """The folder of one examination."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name
        self.files = folder / "files"

    def asked(self) -> Asked | None:
        return self._read("job.json", Asked)

    def ask(self, asked: Asked) -> None:
        self._write("job.json", msgspec.json.encode(asked))

    def sources(self) -> list[str]:
        asked = self.asked()
        return [asked.path, *asked.logs] if asked is not None and asked.path else [str(self.files)]

    def lies_elsewhere(self) -> bool:
        """Is what it reads on this machine or a server, so that no files are awaited?"""
        asked = self.asked()
        return asked is not None and bool(asked.path)

    def about_site(self) -> bool:
        """Is it the own site that is looked through, and no mail?"""
        asked = self.asked()
        return asked is not None and asked.site

    def progress(self) -> Progress | None:
        return self._read("progress.json", Progress)

    def tell(self, progress: Progress) -> None:
        self._write("progress.json", msgspec.json.encode(progress))

    def outcome(self) -> Outcome | None:
        return self._read("outcome.json", Outcome)

    def finished(self) -> bool:
        return (self.folder / "outcome.json").is_file()

    def report(self) -> Report | None:
        """The report; None while there is none, or when another version wrote it."""
        try:
            return records.read_report((self.folder / "report.json").read_text(encoding="utf-8"))
        except OSError:
            return None

    def version(self) -> int:
        """Another number for another report."""
        try:
            return (self.folder / "report.json").stat().st_mtime_ns
        except OSError:
            return 0

    def finish(self, report: Report | None, outcome: Outcome) -> None:
        """The outcome last: it is what says that the job is finished."""
        if report is not None:
            self._write("report.json", records.report(report).encode())
        self._write("outcome.json", msgspec.json.encode(outcome))

    def keep_site(self, site: records.Site) -> None:
        self._write("site.json", records.site(site).encode())

    def site(self) -> records.Site | None:
        try:
            return records.read_site((self.folder / "site.json").read_text(encoding="utf-8"))
        except OSError:
            return None

    def changes(self) -> tuple[Change, ...]:
        """What was different from an earlier check of the same mailbox."""
        return self._read("changes.json", tuple[Change, ...]) or ()

    def changed(self, found: tuple[Change, ...]) -> None:
        """Told once, when all is read: a check after an answer would find nothing new."""
        if not (self.folder / "changes.json").exists():
            self._write("changes.json", records.changes(found).encode())

    def keep_letter(self, place: Place, raw: bytes) -> None:
        self._letter(place).parent.mkdir(mode=0o700, exist_ok=True)
        self._letter(place).write_bytes(raw)

    def letter(self, place: Place) -> bytes | None:
        try:
            return self._letter(place).read_bytes()
        except OSError:
            return None

    def _letter(self, place: Place) -> Path:
        name = hashlib.sha256(f"{place.source}\0{place.uid}".encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / "letters" / f"{name}.eml"

    def answered(self, question: str, value: str) -> None:
        """Take an answer; the job is open again until its worker has weighed it."""
        asked = self.asked()
        if asked is not None:
            self.ask(msgspec.structs.replace(asked, answers={**asked.answers, question: value}))
            (self.folder / "outcome.json").unlink(missing_ok=True)

    def ledger(self) -> Ledger | None:
        """What an earlier worker has read; None when it must be read again."""
        try:
            with open(self.folder / "ledger", "rb") as file:
                found = pickle.load(file)
        except (OSError, EOFError, AttributeError, ImportError, TypeError, pickle.UnpicklingError):
            return None
        return found if isinstance(found, Ledger) else None

    def keep(self, ledger: Ledger) -> None:
        self._write("ledger", pickle.dumps(ledger))

    def forget(self) -> None:
        """No question is left: nobody needs the ledger."""
        (self.folder / "ledger").unlink(missing_ok=True)

    def _read(self, name: str, kind: type[_T]) -> _T | None:
        try:
            return msgspec.json.decode((self.folder / name).read_bytes(), type=kind)
        except (OSError, msgspec.DecodeError):
            return None

    def _write(self, name: str, content: bytes) -> None:
        part = self.folder / f"{name}.{os.getpid()}.part"
        part.write_bytes(content)
        os.replace(part, self.folder / name)
