"""Moving letters between two folders of one mailbox on a server.

With MOVE (RFC 6851) where there is one, else COPY, \\Deleted and UID EXPUNGE (RFC 4315), which removes exactly the
letters that were copied and no others. What became of a batch is never taken from the answer, which a cut may have
swallowed: it is looked up in both folders, after a quiet run as after a kill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from modori.filing.failure import FilingError
from modori.filing.fingerprint import fingerprint
from modori.filing.journal import Batch, Id, Journal
from modori.imap import Account, ImapError, account_of, connect, telling

if TYPE_CHECKING:
    from imapclient import IMAPClient

_BATCH = 50
_PATIENCE = 3  # cuts in a row, without a batch between them
_HEADER = "BODY.PEEK[HEADER]"


class Server:
    """One account in which letters are moved."""

    def __init__(self, account: Account, journal: Journal, step: Callable[[int], None] = lambda _: None) -> None:
        self._account, self._journal, self._step = account, journal, step
        self._client: IMAPClient = connect(account)
        if not self._client.has_capability("UIDPLUS"):
            self.close()
            raise FilingError("no-uidplus", host=account.host)

    def close(self) -> None:
        self._client.shutdown()

    def folder(self, name: str) -> str:
        """The server's name for a folder that the user calls `name`; made, if there is none yet."""
        with telling(self._account.host):
            if self._client.folder_exists(name):
                return name
            full = self._in_namespace(name)
            if not self._client.folder_exists(full):
                self._client.create_folder(full)
                self._client.subscribe_folder(full)
            return full

    def move(self, source: str, target: str, letters: Sequence[tuple[Id, str]], back: bool = False) -> None:
        """Move those of the letters that are in `source` and still the same; after a cut, go on from there."""
        rest, cuts = list(letters), 0
        while rest:
            try:
                self.settle()
                with telling(self._account.host):
                    self._batch(source, target, rest[:_BATCH], back)
                self._step(len(rest[:_BATCH]))
                del rest[:_BATCH]
                cuts = 0
            except ImapError as wrong:
                cuts += 1
                if not wrong.cut or cuts > _PATIENCE:
                    raise
                self.close()
                self._client = connect(self._account)

    def settle(self) -> None:
        """Bring to an end what was begun and not finished, by this run or an earlier one."""
        with telling(self._account.host):
            for batch in self._journal.unfinished:
                if batch.kind == "imap" and account_of(batch.source)[0] == self._account:
                    self._finish(batch)

    def _batch(self, source: str, target: str, letters: Sequence[tuple[Id, str]], back: bool) -> None:
        status = self._client.folder_status(target, ["UIDNEXT", "UIDVALIDITY"])
        validity = self._open(source)
        there = self._headers(uid for uid, _ in letters)
        same = [(uid, known) for uid, known in letters if known and there.get(int(uid)) == known]
        if not same:
            return
        batch = Batch(
            0, "imap", self._account.folder(source), self._account.folder(target), same, back,
            (validity, int(status[b"UIDVALIDITY"])), int(status[b"UIDNEXT"]),
        )  # fmt: skip
        self._journal.begin(batch)
        if self._client.has_capability("MOVE"):
            self._client.move([uid for uid, _ in same], target)
        else:
            self._client.copy([uid for uid, _ in same], target)
            self._journal.step(batch, "copied")
        self._finish(batch)

    def _finish(self, batch: Batch) -> None:
        """Pair what left with what came, and remove from the source what is in both.

        Letters that are gone are paired first: of two that are alike, one of which was moved, the other must stay.
        """
        source, target = account_of(batch.source)[1], account_of(batch.target)[1]
        arrived = self._arrived(target, batch)
        self._check(self._open(source), batch.validity[0], batch.source)
        there = self._headers(uid for uid, _ in batch.letters)
        pairs: list[tuple[Id, Id, str]] = []
        for uid, known in sorted(batch.letters, key=lambda letter: int(letter[0]) in there):
            if arrived.get(known):
                pairs.append((uid, arrived[known].pop(0), known))
        twice = [int(uid) for uid, _, known in pairs if there.get(int(uid)) == known]
        if twice:
            self._journal.step(batch, "removing")
            self._client.add_flags(twice, [b"\\Deleted"], silent=True)
            self._client.uid_expunge(twice)
        self._journal.finish(batch, pairs)

    def _arrived(self, target: str, batch: Batch) -> dict[str, list[int]]:
        """What came into the target since the batch began, by fingerprint."""
        self._check(self._open(target, readonly=True), batch.validity[1], batch.target)
        uids = [uid for uid in self._client.search(["UID", f"{batch.next}:*"]) if uid >= batch.next]
        found: dict[str, list[int]] = {}
        for uid, known in sorted(self._headers(uids).items()):
            found.setdefault(known, []).append(uid)
        return found

    def _open(self, folder: str, readonly: bool = False) -> int:
        return int(self._client.select_folder(folder, readonly=readonly).get(b"UIDVALIDITY", 0))

    def _check(self, validity: int, before: int, folder: str) -> None:
        if validity != before:
            raise FilingError("renumbered", folder=folder)

    def _headers(self, uids: Iterable[Id]) -> dict[int, str]:
        """Fingerprints of the letters that are there, by UID."""
        rows = self._client.fetch([int(uid) for uid in uids], [_HEADER])
        return {uid: fingerprint(row.get(b"BODY[HEADER]") or b"") for uid, row in rows.items()}

    def _in_namespace(self, name: str) -> str:
        """Under the personal namespace (RFC 2342), where a server lets nothing be made beside it."""
        if not self._client.has_capability("NAMESPACE"):
            return name
        personal = self._client.namespace().personal
        prefix = str(personal[0][0] or "") if personal else ""
        return name if name.startswith(prefix) else prefix + name
