"""Is this folder a web site? Then it is one piece of evidence, not as many as it has files."""

from __future__ import annotations

import os
from itertools import islice

from modori.knowledge import table
from modori.read.maildir import is_maildir

_PAGES = 3  # so many pages make a site even without an index
_LOOKED_AT = 5_000  # entries: mail in a large site does not hide in its last corner
_OPENED = 50


def is_site(path: str, names: list[str]) -> bool:
    """A folder that holds `names`: pages and programs for the web, and no mail anywhere in it."""
    known = table("mailboxes")["site"]
    lowered = [name.lower() for name in names]
    marks = sum(name in known["names"] for name in lowered)
    pages = sum(name.endswith(tuple(known["suffixes"])) for name in lowered)
    return (marks > 0 or pages >= _PAGES) and not _holds_mail(path, names)


def _holds_mail(path: str, names: list[str]) -> bool:
    suffixes = tuple(table("mailboxes")["site"]["mail"])
    plain = [name for name in names if "." not in name or name.lower().endswith(".mbox")]
    if any(_begins_with_from(os.path.join(path, name)) for name in plain[:_OPENED]):
        return True
    seen = 0
    for _, folders, files in islice(os.walk(path), _LOOKED_AT):
        if is_maildir(folders) or any(name.lower().endswith(suffixes) for name in files):
            return True
        seen += len(files)
        if seen > _LOOKED_AT:
            break
    return False


def _begins_with_from(path: str) -> bool:
    """Is this an mbox file without a suffix? Only regular files are opened."""
    try:
        if not os.path.isfile(path) or os.path.islink(path):
            return False
        with open(path, "rb") as stream:
            return stream.read(5) == b"From "
    except OSError:
        return False
