"""Which letters can be moved, and moving them: each where it lies, on a server or in a Maildir."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import Literal

from modori.filing import maildir
from modori.filing.journal import Away, Id, Journal
from modori.filing.server import Server
from modori.imap import Account, account_of, is_url
from modori.types import Filed, Place

Step = Callable[[int], None]


def movable(place: Place, folder: str) -> Literal["yes", "there", "no"]:
    """Can the letter be moved to `folder`, is it there already, or does it lie where nothing can be moved?"""
    if is_url(place.source):
        return "there" if account_of(place.source)[1].casefold() == folder.casefold() else "yes"
    if not maildir.holds(place.source):
        return "no"
    return "there" if maildir.box(place.source) == maildir.folder(place.source, folder) else "yes"


def move(letters: Sequence[Filed], folder: str, journal: Journal, step: Step = lambda _: None) -> int:
    """Move them; how many arrived, those of a run that was killed among them."""
    before = _finished(journal)
    on_server: dict[Account, dict[str, list[tuple[Id, str]]]] = {}
    for letter in letters:
        if is_url(letter.place.source):
            account, source = account_of(letter.place.source)
            on_server.setdefault(account, {}).setdefault(source, []).append((letter.place.uid, letter.fingerprint))
    for account in dict.fromkeys((*on_server, *_unfinished(journal))):
        with closing(Server(account, journal, step)) as server:
            server.settle()
            for source, chosen in on_server.get(account, {}).items():
                server.move(source, server.folder(folder), chosen)
    _in_files([letter for letter in letters if not is_url(letter.place.source)], folder, journal)
    return _arrived(journal, before, back=False)


def back(journal: Journal, step: Step = lambda _: None) -> tuple[int, int]:
    """Bring everything back: how many came, and how many are no longer where they were put."""
    for account in _unfinished(journal):
        with closing(Server(account, journal, step)) as server:
            server.settle()
    maildir.settle(journal)
    before, away = _finished(journal), journal.away()
    for account in dict.fromkeys(account_of(one.home)[0] for one in away if one.kind == "imap"):
        with closing(Server(account, journal, step)) as server:
            for (home, place), letters in _routes(away, account).items():
                server.move(place, server.folder(home), letters, back=True)
    files = [(str(one.id), maildir.box(str(one.origin)), one.fingerprint) for one in away if one.kind == "maildir"]
    maildir.move(journal, files, back=True)
    return _arrived(journal, before, back=True), len(journal.away())


def _in_files(letters: Sequence[Filed], folder: str, journal: Journal) -> None:
    paths = [(os.path.abspath(letter.place.source), letter.fingerprint) for letter in letters]
    chosen = [(path, maildir.folder(path, folder), known) for path, known in paths]
    for into in dict.fromkeys(into for _, into, _ in chosen):
        maildir.make(into)
    maildir.move(journal, chosen)


def _routes(away: Iterable[Away], account: Account) -> dict[tuple[str, str], list[tuple[Id, str]]]:
    """The letters of one account by (folder they came from, folder they are in)."""
    found: dict[tuple[str, str], list[tuple[Id, str]]] = {}
    for one in away:
        if one.kind == "imap" and account_of(one.home)[0] == account:
            route = account_of(one.home)[1], account_of(one.place)[1]
            found.setdefault(route, []).append((one.id, one.fingerprint))
    return found


def _unfinished(journal: Journal) -> list[Account]:
    return list(dict.fromkeys(account_of(batch.source)[0] for batch in journal.unfinished if batch.kind == "imap"))


def _finished(journal: Journal) -> set[int]:
    return {batch.number for batch in journal.batches.values() if batch.moved is not None}


def _arrived(journal: Journal, before: set[int], back: bool) -> int:
    fresh = (batch for batch in journal.batches.values() if batch.number not in before and batch.back is back)
    return sum(len(batch.moved or ()) for batch in fresh)
