"""Which folders of a mail server to read, and which of them hold what the owner sent.

By the attributes of RFC 6154 where the server gives them, else by the names that Gmail, Yahoo! JAPAN and mail programs
use. What filters took for spam matters as much as the inbox: bounces end up there, and so do real letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from modori.knowledge import table
from modori.read.folders import levels, sent

if TYPE_CHECKING:
    from imapclient import IMAPClient

_INBOX = "INBOX"


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder as the server lists it."""

    name: str
    attributes: frozenset[str] = frozenset()

    @property
    def sent(self) -> bool:
        return "\\sent" in self.attributes or sent((self.name,))

    @property
    def junk(self) -> bool:
        return "\\junk" in self.attributes or levels(self.name)[-1] in table("mailboxes")["junk"]["names"]


def listed(client: IMAPClient) -> list[Folder]:
    """Every folder that can be opened; names arrive as their owner reads them, out of modified UTF-7."""
    client.folder_encode = False  # else one name that is no UTF-7 hides all the others
    try:
        rows = client.list_folders()
    finally:
        client.folder_encode = True
    found = [Folder(name, _attributes(flags)) for flags, _, raw in rows if (name := _name(raw))]
    return [folder for folder in found if folder.attributes.isdisjoint({"\\noselect", "\\nonexistent"})]


def _name(raw: object) -> str:
    """RFC 3501 section 5.1.3; "" for a name that could not be asked for again."""
    from imapclient import imap_utf7

    try:
        name = str(imap_utf7.decode(raw) if isinstance(raw, bytes) else raw)
        name.encode()
    except UnicodeError:
        return ""
    return name


def _attributes(flags: object) -> frozenset[str]:
    given = flags if isinstance(flags, tuple) else ()
    return frozenset(flag.decode("ascii", "replace").lower() for flag in given if isinstance(flag, bytes))


def usual(folders: Iterable[Folder]) -> list[Folder]:
    """The inbox, then where spam is put, then what the owner sent, which tells whether a returned letter is theirs."""
    ranked = [(0 if f.name.upper() == _INBOX else 1 if f.junk else 2, f) for f in folders if _wanted(f)]
    return [folder for _, folder in sorted(ranked, key=lambda entry: (entry[0], entry[1].name))]


def named(folders: Sequence[Folder], name: str) -> Folder | None:
    """The folder that the user means by a name, whose letter case need not be right."""
    exact = next((folder for folder in folders if folder.name == name), None)
    return exact or next((folder for folder in folders if folder.name.casefold() == name.casefold()), None)


def _wanted(folder: Folder) -> bool:
    return folder.name.upper() == _INBOX or folder.junk or folder.sent
