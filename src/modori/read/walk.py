"""From what the user named to the files to be read, each of them once, in an order that does not change.

Links inside a folder are not followed: what they point to inside the folder is read where it lies, and what lies
outside was not given. Pipes, sockets and devices are never opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from modori.imap import is_url, shown
from modori.read import files, maildir
from modori.read.folders import mail_only, printable
from modori.read.item import Found, Note
from modori.read.site import is_site
from modori.types import Place, Problem

STDIN = "-"


def walk(sources: Sequence[str], note: Note) -> Iterator[Found]:
    """Every file, site, mailbox on a server, and standard input in `sources`; what cannot be read is noted."""
    named = _named(sources)
    for real, source in named.items():
        if source == STDIN:
            yield Found("stdin", STDIN, STDIN)
            continue
        if is_url(source):
            yield Found("imap", source, printable(shown(source)))
            continue
        label = printable(source).rstrip("/") or "/"
        try:
            info = os.stat(source)
        except (OSError, ValueError) as wrong:
            note(files.problem(label, wrong))
            continue
        if stat.S_ISDIR(info.st_mode):
            yield from _Folder(real, label, named.keys() - {real}, note).contents()
        elif not stat.S_ISREG(info.st_mode):
            note(Problem("source-special", Place(label)))
        elif info.st_size == 0:
            note(Problem("source-empty", Place(label)))
        else:
            yield Found("file", real, label, _names_of(os.path.dirname(real)), info.st_size, info.st_mtime)


def _named(sources: Sequence[str]) -> dict[str, str]:
    """The sources by their real paths, those given twice once."""
    named: dict[str, str] = {}
    for source in sources:
        try:
            real = source if source == STDIN or is_url(source) else os.path.realpath(source)
        except (OSError, ValueError):
            real = source
        named.setdefault(real, source)
    return named


def _names_of(folder: str) -> tuple[str, ...]:
    """The name of a folder that the user named (or of a file's in it); cur and new belong to the folder above them."""
    above, own = os.path.split(folder)
    return tuple(printable(name) for name in ((os.path.basename(above), own) if own in ("cur", "new") else (own,)))


@dataclass(slots=True)
class _Folder:
    """One folder that the user named, with all that is in it."""

    root: str
    label: str
    elsewhere: Collection[str]  # real paths that were named themselves: read there, not here
    note: Note
    links: dict[str, list[str]] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)
    silent: bool = True

    def contents(self) -> Iterator[Found]:
        for found in self._walk():
            self.silent = False
            yield found
        for problem, labels in self.links.items():
            self._tell(problem, labels[0], count=len(labels))
        if self.silent:
            self._tell("folder-empty", self.label)

    def _walk(self) -> Iterator[Found]:
        todo = [Found("folder", self.root, self.label, _names_of(self.root))]
        while todo:
            folder = todo.pop()
            names = self._names(folder)
            if is_site(folder.path, names):
                yield replace(folder, kind="site")
                continue
            inside = []
            for name in names:
                found = self._look(folder, name)
                if found is not None and found.kind == "folder":
                    inside.append(found)
                elif found is not None:
                    yield found
            todo.extend(reversed(inside))

    def _names(self, folder: Found) -> list[str]:
        try:
            names = mail_only(sorted(os.listdir(folder.path)))
        except OSError as wrong:
            self._fail(folder.label, wrong)
            return []
        if maildir.is_maildir(names):
            names = [name for name in names if name != "tmp"]  # deliveries that were never finished
        return names

    def _look(self, folder: Found, name: str) -> Found | None:
        """What one entry of a folder is; None when there is nothing to read."""
        path, label = f"{folder.path}/{name}", f"{folder.label}/{printable(name)}"
        if path in self.elsewhere:
            self.silent = False
            return None
        try:
            info = os.lstat(path)
        except OSError as wrong:
            self._fail(label, wrong)
            return None
        if stat.S_ISREG(info.st_mode):
            if info.st_size:
                return Found("file", path, label, folder.folders, info.st_size, info.st_mtime)
            if maildir.holds(folder.folders) or name.endswith(".eml"):  # a letter was here once
                self._tell("source-empty", label)
        elif stat.S_ISDIR(info.st_mode):
            if (info.st_dev, info.st_ino) not in self.seen:
                self.seen.add((info.st_dev, info.st_ino))
                return Found("folder", path, label, (*folder.folders, printable(name)))
        elif stat.S_ISLNK(info.st_mode):
            self._link(path, label)
        else:
            self._tell("source-special", label)
        return None

    def _link(self, path: str, label: str) -> None:
        """A link to something in the folder is of no interest; one out of it, or round in circles, is mentioned."""
        try:
            target = os.path.realpath(path)
        except OSError as wrong:  # a link that may not be looked at, as in /proc
            self._fail(label, wrong)
            return
        if path.startswith(target + "/") or os.path.islink(target):
            self.links.setdefault("link-loop", []).append(label)
        elif not target.startswith(self.root + "/"):
            self.links.setdefault("link-not-followed", []).append(label)

    def _tell(self, problem: str, label: str, **params: object) -> None:
        self.silent = False
        self.note(Problem(problem, Place(label), params))

    def _fail(self, label: str, wrong: OSError) -> None:
        self.silent = False
        self.note(files.problem(label, wrong))
