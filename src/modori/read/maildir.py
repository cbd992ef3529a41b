"""Maildir (Bernstein) and Maildir++: a file a letter, whose name says when it was delivered and what became of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_STAMP = re.compile(r"(\d{9,10})\.(?:[^:;!]{0,200}?M(\d{1,6})(?=[^0-9]))?")
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]{0,40})\Z")
_UNIQUE = re.compile(r"[:;!]2,[^/]{0,60}\Z")


def is_maildir(names: Collection[str]) -> bool:
    """Is a folder with these entries a Maildir?"""
    return "cur" in names and "new" in names


def holds(folders: Sequence[str]) -> bool:
    """Are these the folders around a Maildir's letter?"""
    return bool(folders) and folders[-1] in ("cur", "new")


def arrived(name: str) -> float | None:
    """When the letter was put there, by the clock of the server: 1786129504.M137126P6983.host,S=4515:2,S."""
    found = _STAMP.match(name)
    return None if found is None else int(found[1]) + int(found[2] or 0) / 1e6


def flags(name: str) -> str:
    """D draft, F flagged, P passed, R replied, S seen, T trashed; "" when there are none."""
    found = _FLAGS.search(name)
    return found[1] if found else ""


def unique(name: str) -> str:
    """The part of the name that stays while programs change the flags."""
    return _UNIQUE.sub("", name)
