"""Letters out of a mailbox on a server: read-only, in small batches, going on where a cut connection left off.

Folders are opened with EXAMINE and letters fetched with BODY.PEEK (RFC 9051 sections 6.3.3 and 6.4.5): nothing there
changes, no letter even becomes read.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from modori.imap import Account, ImapError, connect, parse, telling
from modori.read.imap_folders import Folder, listed, named, usual
from modori.read.item import Found, Meter, Note
from modori.read.letter import LIMIT, one
from modori.types import Letter, Place, Problem

if TYPE_CHECKING:
    from imapclient import IMAPClient

_WINDOW = 1000  # letters whose sizes are asked for at once
_BATCH = 100  # letters fetched at once, of
_BATCH_BYTES = 4 * 1024 * 1024  # at most so much together


def letters(found: Found, note: Note, meter: Meter | None) -> Iterator[Letter]:
    """Every letter of the folders that the source names; what goes wrong is noted and ends this source."""
    try:
        account, names = parse(found.path)
        with _Session(account, note, meter) as session:
            for folder in session.folders(names):
                yield from session.letters(folder)
    except ImapError as wrong:
        note(wrong.problem(found.label))


@dataclass(slots=True)
class _Listing:
    """What EXAMINE and a look at the sizes told of one folder."""

    validity: int
    uids: array[int] = field(default_factory=lambda: array("Q"))
    sizes: array[int] = field(default_factory=lambda: array("Q"))

    def batches(self, after: int) -> Iterator[tuple[list[int], int]]:
        """(UIDs, 0) for letters fetched together, (one UID, its size) for one too large to be read whole."""
        batch: list[int] = []
        weight = 0
        for uid, size in zip(self.uids, self.sizes, strict=True):
            if uid <= after:
                continue
            if batch and (len(batch) == _BATCH or weight + size > _BATCH_BYTES):
                yield batch, 0
                batch, weight = [], 0
            if size > LIMIT:
                yield [uid], size
                continue
            batch.append(uid)
            weight += size
        if batch:
            yield batch, 0


class _Session:
    """One account being read; connects again, once, whenever a connection that worked is cut."""

    def __init__(self, account: Account, note: Note, meter: Meter | None) -> None:
        self._account, self._note, self._meter = account, note, meter
        self._client: IMAPClient = connect(account)

    def __enter__(self) -> _Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.shutdown()  # LOGOUT would wait for a server that may be gone; nothing is left to be said

    def folders(self, names: tuple[str, ...]) -> list[Folder]:
        with telling(self._account.host):
            there = listed(self._client)
        if not names:
            return usual(there)
        for name in names:
            if named(there, name) is None:
                told = {"folder": name, "known": [folder.name for folder in there]}
                self._note(Problem("imap-no-folder", Place(self._account.folder(name)), told))
        return [folder for folder in (named(there, name) for name in names) if folder is not None]

    def letters(self, folder: Folder) -> Iterator[Letter]:
        """The folder's letters in the order of their UIDs."""
        last, tried = 0, -1
        listing: _Listing | None = None
        while True:
            try:
                with telling(self._account.host):
                    listing = self._examine(folder, listing)
                for uids, size in listing.batches(last):
                    yield from self._batch(folder, uids, size)
                    last = uids[-1]
                return
            except ImapError as wrong:
                if not wrong.cut or tried == last:
                    self._note(wrong.problem(self._account.folder(folder.name)))
                    return
                tried = last
                self._client.shutdown()
                self._client = connect(self._account)

    def _examine(self, folder: Folder, before: _Listing | None) -> _Listing:
        """Open the folder read-only and learn what is in it; after a cut, only see whether it is still the same."""
        opened = self._client.select_folder(folder.name, readonly=True)
        listing = _Listing(int(opened.get(b"UIDVALIDITY", 0)))
        if before is not None and before.validity == listing.validity:
            return before
        if before is not None:
            raise ImapError("imap-renumbered", host=self._account.host)
        self._measure(listing, int(opened.get(b"EXISTS", 0)))
        return listing

    def _measure(self, listing: _Listing, exists: int) -> None:
        """UIDs and sizes, by sequence numbers: they have no gaps, so no answer is longer than asked for."""
        self._client.use_uid = False
        for begin in range(1, exists + 1, _WINDOW):
            window = range(begin, min(begin + _WINDOW, exists + 1))
            for _, row in sorted(self._client.fetch(list(window), ["UID", "RFC822.SIZE"]).items()):
                if b"UID" in row:
                    listing.uids.append(int(row[b"UID"]))
                    listing.sizes.append(int(row.get(b"RFC822.SIZE", 0)))
        self._client.use_uid = True
        if self._meter is not None:
            self._meter.grow(sum(listing.sizes))

    def _batch(self, folder: Folder, uids: list[int], size: int) -> Iterator[Letter]:
        item = f"BODY.PEEK[]<0.{LIMIT}>" if size else "BODY.PEEK[]"
        with telling(self._account.host):
            rows = self._client.fetch(uids, ["INTERNALDATE", item])
        for uid in uids:
            row = rows.pop(uid, {})  # expunged by another program meanwhile: nothing to read, nothing wrong
            raw = row.get(b"BODY[]<0>" if size else b"BODY[]")
            if raw is not None:
                yield self._letter(folder, uid, raw, row, size)

    def _letter(self, folder: Folder, uid: int, raw: bytes, row: Mapping[bytes, Any], size: int) -> Letter:
        place = Place(self._account.folder(folder.name), 0, len(raw), uid=uid)
        if size:
            self._note(Problem("letter-cut", place, {"megabytes": size >> 20, "limit": LIMIT >> 20}))
        if self._meter is not None:
            self._meter.add(size or len(raw))
        came = row.get(b"INTERNALDATE")
        return one(raw, place, folder.sent, came.timestamp() if isinstance(came, datetime) else None)
