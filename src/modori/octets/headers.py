"""Header fields of a message, straight from bytes (RFC 5322 section 2.2).

The whole field block is split by one C-level regex pass; folding stays in the value until somebody asks for it
unfolded. The standard library's parser takes about six times as long and is not needed for any of this.
"""

from __future__ import annotations

import re

HEAD_LIMIT = 256 * 1024  # no real header block is longer; a hostile one must not cost us

# A field name, then everything up to a line end that is not followed by white space.
_FIELD = re.compile(rb"(?m)^([!-9;-~]{1,128})[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*|\r[ \t][^\r\n]*)*)")
_END = re.compile(rb"\r?\n\r?\n|\r\r|\n\r\n")
_FOLD = re.compile(rb"[ \t]*(?:\r\n|\n|\r)[ \t]+")


def head_end(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Offsets (end of the field block, begin of the body) in `raw`; the end of `raw` twice when there is no body."""
    stop = len(raw) if end is None else end
    if raw[start : start + 1] == b"\n":
        return start, start + 1
    if raw[start : start + 2] == b"\r\n":
        return start, start + 2
    plain = raw.find(b"\n\n", start, stop)
    reach = min(stop, plain + 2 if plain >= 0 else stop)
    if raw.find(b"\r", start, min(reach, start + 4096)) < 0 and plain >= 0:
        return plain + 1, plain + 2
    found = _END.search(raw, start, reach)
    if found is None:
        return stop, stop
    return found.start(), found.end()


def fields(block: bytes) -> list[tuple[bytes, bytes]]:
    """All (name, value) pairs in order, names as written, values still folded; at most HEAD_LIMIT bytes are read."""
    return _FIELD.findall(block[:HEAD_LIMIT])


def head_map(block: bytes) -> dict[bytes, bytes]:
    """Lower-case name -> FIRST value (the topmost field is the one the last, most trusted, server wrote)."""
    return {name.lower(): value for name, value in reversed(fields(block))}


def every(block: bytes, name: bytes) -> list[bytes]:
    """All values of one field from the top down, still folded. `name` in lower case."""
    return [value for key, value in fields(block) if key.lower() == name]


def unfold(value: bytes) -> bytes:
    """The value on one line (RFC 5322 section 2.2.3)."""
    return _FOLD.sub(b" ", value).strip() if b"\n" in value or b"\r" in value else value.strip()
