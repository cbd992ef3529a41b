"""Whatever came out of a letter, made harmless before anybody looks at it.

Letters are written by strangers. Their text may carry terminal commands (ECMA-48 escapes), characters that reverse or
hide what is read (Unicode TR 36: bidirectional controls, zero-width and tag characters), a flood of combining marks,
or links that a terminal or browser turns into something to click. Every string that is shown passes through here.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS_IN_A_ROW = 3  # no writing system needs more; "zalgo" text does
_LINK = re.compile(r"(?i)\b(h)tt(ps?)(?=:)")
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,15})://")
_ACTIVE = re.compile(r"(?i)\b(mailto|javascript|vbscript|data|file|tel|blob):")
_SPACES = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
_PLAIN = re.compile(r"[ -~]*\Z")


def line(text: object, most: int = 200) -> str:
    """One printable line of at most `most` characters: nothing in it moves the cursor, hides, or reorders."""
    raw = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    flat = _SPACES.sub(" ", raw[: 8 * most]).strip()
    shown = flat if _PLAIN.match(flat) else _visible(flat)
    return clip(defused(shown), most)


def clip(text: str, most: int) -> str:
    """At most `most` characters; what was cut off is marked."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def defused(text: str) -> str:
    """Links that nothing will open by itself: hxxp(s), other schemes with their colon in brackets."""
    text = _LINK.sub(r"\1xx\2", text)
    text = _SCHEME.sub(lambda m: m[0] if m[1].lower().startswith("hxxp") else f"{m[1]}[:]//", text)
    return _ACTIVE.sub(r"\1[:]", text)


def encodable(text: str) -> str:
    """The same text with lone surrogates replaced, so that it can be written as UTF-8; for machines, not for eyes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _visible(text: str) -> str:
    out: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks <= _MARKS_IN_A_ROW:
            out.append(char if kind[0] != "C" else _control(char, kind))
    return "".join(out)


def _control(char: str, kind: str) -> str:
    code = ord(char)
    if kind == "Cc":
        return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"
    if kind == "Cf":  # reordering is evidence of a trick, so it is named; the merely invisible is dropped
        return f"<U+{code:04X}>" if unicodedata.bidirectional(char) in _REORDERS else ""
    return "�"  # surrogates, private use, unassigned: no font agrees on them


_REORDERS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
