"""Moving letters between folders of a Maildir++: one rename each, which happens whole or not at all.

The file keeps its name, and with it its flags and the time it came. Names in a Maildir are unique, so that no file can
be in the way of another; should there be one all the same, the letter stays where it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from modori.filing.failure import FilingError
from modori.filing.fingerprint import fingerprint
from modori.filing.journal import Batch, Id, Journal

_BATCH = 100
_PARTS = ("cur", "new", "tmp")
_INFO = re.compile(r"[:;!]2,[^/]{0,60}\Z")
_HEAD = 64 * 1024


def holds(path: str) -> bool:
    """Does this file lie in a Maildir?"""
    folder, part = os.path.split(os.path.dirname(os.path.abspath(path)))
    return part in ("cur", "new") and all(os.path.isdir(os.path.join(folder, other)) for other in ("cur", "new"))


def folder(path: str, name: str) -> str:
    """The folder called `name` in the mailbox that this letter lies in."""
    own = box(path)
    above = os.path.dirname(own)
    root = above if os.path.basename(own).startswith(".") and os.path.isdir(os.path.join(above, "cur")) else own
    return os.path.join(root, "." + _coded(name.replace("/", ".")))


def box(path: str) -> str:
    """The folder that this letter lies in, above its cur or new."""
    return os.path.dirname(os.path.dirname(os.path.abspath(path)))


def make(folder: str) -> None:
    """A Maildir++ folder, unless it is there already."""
    try:
        for part in _PARTS:
            os.makedirs(os.path.join(folder, part), mode=0o700, exist_ok=True)
        with open(os.path.join(folder, "maildirfolder"), "ab"):
            pass  # its being there tells delivery programs that this is a folder, no mailbox
    except OSError as wrong:
        raise FilingError("folder", folder=folder, why=wrong.strerror or "") from wrong


def move(journal: Journal, letters: Sequence[tuple[str, str, str]], back: bool = False) -> None:
    """Move each (path, folder, fingerprint) that is still there, in whatever state of being read it is by now."""
    settle(journal)
    for begin in range(0, len(letters), _BATCH):
        chosen = [(path, _now(path, known), into, known) for path, into, known in letters[begin : begin + _BATCH]]
        chosen = [(path, now, _beside(now, into), known) for path, now, into, known in chosen if now]
        if chosen:
            batch = Batch(0, "maildir", "", "", [(path, there) for path, _, there, _ in chosen], back)
            journal.begin(batch)
            journal.finish(batch, _renamed(chosen))


def _beside(now: str, into: str) -> str:
    """Its path in another folder: the same name, in cur or new as before."""
    part, name = os.path.split(now)
    return os.path.join(into, os.path.basename(part), name)


def settle(journal: Journal) -> None:
    """Batches that a kill ended: what was renamed was moved, the rest stayed."""
    for batch in journal.unfinished:
        if batch.kind == "maildir":
            there = [(path, to) for path, to in batch.letters if _found(str(to)) and not _found(str(path))]
            journal.finish(batch, [(path, to, "") for path, to in there])


def _renamed(letters: Sequence[tuple[str, str, str, str]]) -> list[tuple[Id, Id, str]]:
    moved: list[tuple[Id, Id, str]] = []
    for path, now, there, known in letters:
        if os.path.lexists(there):
            continue
        try:
            os.rename(now, there)
        except FileNotFoundError:
            continue  # a mail program was faster
        except OSError as wrong:
            raise FilingError("folder", folder=os.path.dirname(there), why=wrong.strerror or "") from wrong
        moved.append((path, there, known))
    return moved


def _now(path: str, known: str) -> str:
    """Where the letter is now, "" when it is gone or another lies in its place."""
    found = _found(path)
    if not found or not known:
        return found
    try:
        with open(found, "rb") as file:
            return found if fingerprint(file.read(_HEAD)) == known else ""
    except OSError:
        return ""


def _found(path: str) -> str:
    """The file itself, or under the name that a mail program gave it when its flags changed."""
    if os.path.lexists(path):
        return path
    folder, name = os.path.split(path)
    box, unique = os.path.dirname(folder), _INFO.sub("", name)
    for part in ("cur", "new"):
        try:
            names = os.listdir(os.path.join(box, part))
        except OSError:
            continue
        for other in names:
            if _INFO.sub("", other) == unique:
                return os.path.join(box, part, other)
    return ""


def _coded(name: str) -> str:
    """Maildir++ writes names in IMAP's modified UTF-7."""
    from imapclient import imap_utf7

    coded: bytes = imap_utf7.encode(name)
    return coded.decode("ascii")
