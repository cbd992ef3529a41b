"""What the names of folders and files say: sent mail, unsent mail, or a mail program's own bookkeeping.

The names are data (knowledge/mailboxes.toml). IMAP names arrive in modified UTF-7 (RFC 3501 section 5.1.3), those from
a Mac in decomposed characters, those of Maildir++ and Courier with dots between the levels.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

from modori.knowledge import table
from modori.octets.charsets import words

_SHIFT = re.compile(r"&([A-Za-z0-9+,]{0,1000})-")
_LEVELS = re.compile(r"[./\\]")
_NUMBER = re.compile(r"[ _-]?\(?\d{1,8}\)?\Z")


def sent(folders: Sequence[str]) -> bool:
    """Did the owner send what lies in these folders (outermost first)? The innermost name that says so decides."""
    return next((said for name in reversed(folders) if (said := _meaning(name)) is not None), False)


@lru_cache(maxsize=4096)
def labelled_sent(labels: bytes) -> bool:
    """The same for an X-Gmail-Labels value: one label is enough, but no draft is a letter sent."""
    meanings = {_meaning(label) for label in words(labels[:4000]).split(",")}
    return True in meanings and False not in meanings


def bookkeeping(name: str) -> bool:
    """Is this an index, a lock or the like, which holds neither mail nor evidence?"""
    known, name = table("mailboxes")["bookkeeping"], name.lower()
    listed = name in known["names"]
    return listed or name.startswith(tuple(known["prefixes"])) or name.endswith(tuple(known["suffixes"]))


def mail_only(names: list[str]) -> list[str]:
    """The entries of a folder that can matter: in a mail program's profile, the folders of mail alone."""
    known = table("mailboxes")["bookkeeping"]
    if known["profile"] in names:
        inside = [name for name in known["profile_mail"] if name in names]
        if inside:
            return inside
    return [name for name in names if not bookkeeping(name)]


@lru_cache(maxsize=4096)
def _meaning(name: str) -> bool | None:
    """True for sent mail, False for mail that never left, None for any other name."""
    known = table("mailboxes")["folders"]
    for level in reversed(levels(name)):
        if level in known["unsent"]:
            return False
        if level in known["sent"]:
            return True
    return None


def levels(name: str) -> list[str]:
    """The names in a path such as ".INBOX.Sent" or "Sent-1.mbox", ready to be looked up."""
    levels = [level.strip() for level in _LEVELS.split(normalize("NFKC", decode_utf7(name)).casefold())]
    suffixes = table("mailboxes")["folders"]["suffixes"]
    while len(levels) > 1 and levels[-1] in suffixes:
        levels.pop()
    return [_NUMBER.sub("", level) for level in levels]


def decode_utf7(name: str) -> str:
    """A mailbox name as its owner reads it; unchanged where it is no modified UTF-7."""

    def plain(shifted: re.Match[str]) -> str:
        if not shifted[1]:
            return "&"
        coded = shifted[1].replace(",", "/")
        try:
            return b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-16-be")
        except (BadBase64, UnicodeDecodeError):
            return shifted[0]

    return _SHIFT.sub(plain, name) if "&" in name else name


def printable(name: str) -> str:
    """A file name that any output can carry: what is no text, and control characters, become U+FFFD."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)
