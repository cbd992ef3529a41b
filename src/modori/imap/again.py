"""Single letters once more, by the places at which they were read: to take their digests, not to read a mailbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from modori.imap.failure import ImapError, telling
from modori.imap.session import connect
from modori.imap.url import Account, account_of
from modori.types import Place


def again(places: Iterable[Place]) -> Iterator[tuple[Place, bytes]]:
    """The letters that are still there as they were; what is gone, or on a server that cannot be reached, is left out.

    EXAMINE and PEEK, as when they were read first: nothing changes, no letter becomes read.
    """
    by_account: dict[Account, dict[str, list[Place]]] = {}
    for place in sorted(places):
        account, folder = account_of(place.source)
        by_account.setdefault(account, {}).setdefault(folder, []).append(place)
    for account, folders in by_account.items():
        try:
            yield from _fetched(account, folders)
        except ImapError:
            continue


def _fetched(account: Account, folders: dict[str, list[Place]]) -> Iterator[tuple[Place, bytes]]:
    client = connect(account)
    try:
        for folder, places in folders.items():
            with telling(account.host):
                client.select_folder(folder, readonly=True)
                for place in places:
                    yield from _one(client.fetch([place.uid], [f"BODY.PEEK[]<0.{place.length}>"]), place)
    finally:
        client.shutdown()


def _one(rows: dict[int, dict[bytes, bytes]], place: Place) -> Sequence[tuple[Place, bytes]]:
    raw = rows.get(place.uid, {}).get(b"BODY[]<0>", b"")
    return [(place, raw)] if len(raw) == place.length else []
