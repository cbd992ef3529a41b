"""Header fields of a message, straight from bytes (RFC 5322 section 2.2).

The whole field block is split by one C-level regex pass; folding stays in the value until somebody asks for it
unfolded. The standard library's parser takes about six times as long and is not needed for any of this.
"""

from __future__ import annotations

import re

_LF = 0x0A
HEAD_LIMIT = 256 * 1024  # no real header block is longer; a hostile one must not cost us

# A line end, a field name, then everything up to a line end that is not followed by white space. The possessive
# quantifiers make it linear whatever the bytes are, and more than twice as fast as their backtracking kin.
_FIELD = re.compile(rb"\n([!-9;-~]++)[ \t]*+:[ \t]*+([^\n]*+(?:\n[ \t][^\n]*+)*+)")
_FOLD = re.compile(rb"[ \t]*(?:\r\n|\n|\r)[ \t]+")


def head_end(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Offsets (end of the field block, begin of the body) in `raw`; the end of `raw` twice when there is no body."""
    stop = len(raw) if end is None else end
    plain = raw.find(b"\n\n", start, stop)
    reach = plain + 1 if plain >= 0 else stop
    if raw.find(b"\r", start, reach) >= 0:
        return _head_end_cr(raw, start, stop, reach, plain)
    if start < stop and raw[start] == _LF:
        return start, start + 1
    return (plain + 1, plain + 2) if plain >= 0 else (stop, stop)


def _head_end_cr(raw: bytes, start: int, stop: int, reach: int, plain: int) -> tuple[int, int]:
    """The same where lines end in CR LF, in a mixture, or, in letters of old Macs, in CR alone."""
    if raw.startswith((b"\n", b"\r\n"), start, stop):
        return start, raw.index(b"\n", start) + 1
    mixed = raw.find(b"\n\r\n", start, reach)
    if mixed >= 0:
        return mixed + 1, mixed + 3
    bare = raw.find(b"\r\r", start, reach)
    if bare >= 0 and raw.find(b"\n", start, bare) < 0:
        return bare + 1, bare + 2
    return (plain + 1, plain + 2) if plain >= 0 else (stop, stop)


def fields(block: bytes) -> list[tuple[bytes, bytes]]:
    """All (name, value) pairs in order, names as written, values folded by LF; reads HEAD_LIMIT bytes at most."""
    block = block[:HEAD_LIMIT]
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
        if b"\n" not in block:
            block = block.replace(b"\r", b"\n")
    return _FIELD.findall(b"\n" + block)


def head_map(block: bytes) -> dict[bytes, bytes]:
    """Lower-case name -> FIRST value (the topmost field is the one the last, most trusted, server wrote)."""
    pairs = fields(block)
    pairs.reverse()  # of two values the dictionary keeps the later one
    return {name.lower(): value for name, value in pairs}


def every(block: bytes, name: bytes) -> list[bytes]:
    """All values of one field from the top down, still folded. `name` in lower case."""
    return [value for key, value in fields(block) if key.lower() == name]


def unfold(value: bytes) -> bytes:
    """The value on one line (RFC 5322 section 2.2.3)."""
    return _FOLD.sub(b" ", value).strip() if b"\n" in value or b"\r" in value else value.strip()
