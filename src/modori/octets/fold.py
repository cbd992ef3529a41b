"""A diagnosis in the form that phrases are written in: lower case, single spaces, no addresses, no repeated codes.

Addresses go because they are not the server's words ("mailbox.full@example.org" is not full); codes because a reply of
several lines repeats them in the middle of a sentence (RFC 5321 section 4.2.1).
"""

from __future__ import annotations

import re
import unicodedata

LIMIT = 4096  # letters that are read: no honest diagnosis is longer, a hostile one must not cost us

_ADDRESS = re.compile(r"[^\s<>()\[\]\"':;,]{0,64}@[^\s<>()\[\]\"':;,]{0,255}")
_REPEATED_CODE = re.compile(r" [245]\d\d-(?:[245]\.\d{1,3}\.\d{1,3} )?| [245]\d\d [245]\.\d{1,3}\.\d{1,3} ")


def fold(diagnosis: str, most: int = LIMIT) -> str:
    """The first `most` letters, at most LIMIT, folded."""
    most = min(most, LIMIT)
    text = diagnosis[:most]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")[:most]
    words = text.lower().split()
    if "@" in text:
        words = [_ADDRESS.sub("@", word) if "@" in word else word for word in words]
    text = " ".join(words)
    if " 5" in text or " 4" in text:
        text = _REPEATED_CODE.sub(" ", text)
    return text
