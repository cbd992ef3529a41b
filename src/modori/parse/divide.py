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
_BLANK = b" \t"
_FIELDS = frozenset(
    b"return-path received received-spf message-id date from to cc subject mime-version content-type content-language "
    b"content-transfer-encoding content-disposition content-description dkim-signature delivered-to sender reply-to "
    b"user-agent envelope-to delivery-date authentication-results errors-to in-reply-to references importance".split()
)
_SUMMARY = frozenset(b"to cc date subject".split())  # what the words of a report may also list; a From they do not
# The rest of the separator line, blank lines, and what Exim adds ("------ No more than 100K characters ...").
_ENDING = re.compile(rb"[^\r\n]{0,1000}(?:\r?\n[ \t]*(?:-{4,8} [\w ][^\r\n]{0,200}(?=\r?\n))?)*(?:\r?\n|\Z)")


def divide(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """(end of the words, begin of the original) in raw[start:end]; `end` twice when no original follows."""
    stop = min(end, start + TEXT_LIMIT)
    usual, top = _telling()
    hit = top.match(raw, start, stop) or usual.search(raw, start, stop)
    run = after = run_at = 0  # fields in a row; after the last of them; where the first one stands
    written = False
    while hit is not None:
        at = hit.start() + (raw[hit.start()] == _LF)
        line_end = raw.find(b"\n", at, stop)
        line = raw[at : line_end if line_end >= 0 else stop]
        bare = line.lstrip(b" \t>")
        for separator in separators().get(bare[:_KEY], ()):
            if bare.startswith(separator):
                return at, _after(raw, at + len(line) - len(bare) + len(separator), end)
        if len(bare) == len(line) or line[:1] == b">":
            if run == 0 or not _folded(raw, after, at):
                run, run_at, written = 0, at, False
            name = bare.partition(b":")[0].lower()
            run = run + 1 if name in _FIELDS or name[:2] == b"x-" else 0
            written = written or name not in _SUMMARY
            after = at + len(line) + 1
            if run >= _FIELDS_IN_A_ROW and written:
                return run_at, run_at
        hit = usual.search(raw, line_end, stop) if line_end >= 0 else None
    return end, end


def _folded(raw: bytes, begin: int, at: int) -> bool:
    """Do the lines of raw[begin:at], if any, only continue the field above them?"""
    while begin < at:
        if raw[begin] not in _BLANK:
            return False
        begin = raw.find(b"\n", begin, at) + 1 or at
    return True


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
    initials = sorted({name[:1] for name in _FIELDS})  # as a class of two letters, by which the engine skips a branch
    names = b"|".join(
        b"[%b%b](?i:%b)"
        % (initial.upper(), initial, b"|".join(re.escape(n[1:]) for n in sorted(_FIELDS) if n[:1] == initial))
        for initial in initials
    )
    line = rb"(?:[ \t>]*+(?:" + keys + rb")|(?:>[ \t>]*+)?(?:(?:" + names + rb")(?::|\n|\Z)|[Xx]-))"
    return re.compile(rb"\n" + line), re.compile(line)


def _after(raw: bytes, at: int, end: int) -> int:
    """The first line after the separator line that is not empty."""
    line = _ENDING.match(raw, at, end)
    return line.end() if line else end
