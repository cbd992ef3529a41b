"""Where the words of a report end and the returned letter begins, when both stand in one part.

Either a line that some dialect writes before the original ("--- Below this line is a copy of the message."), or three
mail header fields in a row. One walk over the lines; hardly more than a dictionary look-up for each.
"""

from __future__ import annotations

import re
from functools import lru_cache

from modori.knowledge.dialect import dialects

TEXT_LIMIT = 64 * 1024  # of human-readable text looked at
_KEY = 4  # bytes of a separator line by which it is looked up
_FIELDS_IN_A_ROW = 3
_LF = 0x0A
_FIELDS = frozenset(
    b"return-path received received-spf message-id date from to cc subject mime-version content-type content-language "
    b"content-transfer-encoding content-disposition content-description dkim-signature delivered-to sender reply-to "
    b"user-agent envelope-to delivery-date authentication-results errors-to in-reply-to references importance".split()
)
_SUMMARY = frozenset(b"to cc date subject".split())  # what the words of a report may also list; a From they do not
_ENDING = re.compile(rb"[^\r\n]{0,1000}(?:\r?\n[ \t]*)*(?:\r?\n|\Z)")


def divide(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """(end of the words, begin of the original) in raw[start:end]; `end` twice when no original follows."""
    stop = min(end, start + TEXT_LIMIT)
    usual, top = _telling()
    first = top.match(raw, start, stop) or usual.search(raw, start, stop)
    if first is None:
        return end, end
    known = separators()
    at = first.start() + (raw[first.start()] == _LF)
    run, run_at, written = 0, at, False
    for line in raw[at:stop].split(b"\n"):
        bare = line.lstrip(b" \t>")
        for separator in known.get(bare[:_KEY], ()):
            if bare.startswith(separator):
                return at, _after(raw, at + len(line) - len(bare) + len(separator), end)
        if bare is line or line[:1] == b">":
            name = bare.partition(b":")[0].lower()
            run_at, written = (run_at, written) if run else (at, False)
            run = run + 1 if name in _FIELDS or name[:2] == b"x-" else 0
            written = written or name not in _SUMMARY
            if run >= _FIELDS_IN_A_ROW and written:
                return run_at, run_at
        at += len(line) + 1
    return end, end


@lru_cache(maxsize=1)
def separators() -> dict[bytes, tuple[bytes, ...]]:
    """Every line after which some dialect returns the original, by its first bytes."""
    known: dict[bytes, tuple[bytes, ...]] = {}
    for line in sorted({line.strip().encode() for dialect in dialects().values() for line in dialect.originals}):
        known[line[:_KEY]] = (*known.get(line[:_KEY], ()), line)
    return known


@lru_cache(maxsize=1)
def _telling() -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """How the first line that needs a closer look begins, after a line end and without: as a separator or a field."""
    keys = b"|".join(re.escape(key) for key in sorted(separators()))
    names = b"|".join(re.escape(name) for name in sorted(_FIELDS))
    line = rb"(?:[ \t>]*+(?:" + keys + rb")|(?:>[ \t>]*+)?(?i:(?:" + names + rb")(?::|\n|\Z)|x-))"
    return re.compile(rb"\n" + line), re.compile(line)


def _after(raw: bytes, at: int, end: int) -> int:
    """The first line after the separator line that is not empty."""
    line = _ENDING.match(raw, at, end)
    return line.end() if line else end
