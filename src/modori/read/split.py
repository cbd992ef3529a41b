"""Cutting an mbox stream into letters, a window of the file at a time.

Not a memory map: its pages would count as ours, and a pipe has none. Memory holds one window and at most LIMIT bytes of
one letter, whatever the file holds. Cutting is a search for "From " at the speed of C; fromline has the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, TypeAlias

from modori.read.fromline import REACH, Opening, opening
from modori.read.letter import LIMIT

WINDOW = 128 * 1024
_NEEDLE = b"From "
_BEHIND = 8  # bytes before a From_ line that tell whether an empty line precedes it, and a needle cut in two
_BOM = b"\xef\xbb\xbf"

# Where a letter begins, its size, its bytes (fewer when it is over LIMIT), has it ">From ", fromline's two times.
Cut: TypeAlias = tuple[int, int, bytes, bool, float | None, float | None]


class _Draft:
    """The beginning of a letter that goes on in the next window."""

    __slots__ = ("_kept", "_pieces", "size")

    def __init__(self) -> None:
        self.size = self._kept = 0
        self._pieces: list[bytes] = []

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self._kept < LIMIT:
            self._pieces.append(piece[: LIMIT - self._kept])
            self._kept += len(self._pieces[-1])

    def whole(self, last: bytes) -> bytes:
        self.add(last)
        return b"".join(self._pieces)


def preamble(head: bytes) -> int:
    """How many bytes lie before the first line: a byte order mark, empty lines (Gmail shows originals below blanks)."""
    skip = len(_BOM) if head.startswith(_BOM) else 0
    return len(head) - len(head[skip:].lstrip(b" \t\r\n"))


def line_end(head: bytes) -> bytes:
    """What ends the lines of a file that begins with `head`: CR in files of old Macs, else LF, alone or after CR."""
    return b"\r" if b"\r" in head and b"\n" not in head else b"\n"


def split(stream: BinaryIO, begin: int = 0, stop: int | None = None, end_of_line: bytes = b"\n") -> Iterator[Cut]:
    """Every letter whose From_ line begins in [begin, stop). For begin > 0 the stream must be able to seek."""
    text, base = _first_window(stream, begin, end_of_line)
    newline, ended = end_of_line[0], not text
    found: Opening | None = None  # of the letter at hand
    draft: _Draft | None = None  # what earlier windows held of it
    offset = taken = scanned = 0  # where it begins; up to where it is in the draft; how far we have looked
    quoted = False
    while True:
        limit = len(text) if ended else max(len(text) - REACH, 0)
        while (at := text.find(_NEEDLE, scanned, limit)) >= 0:
            scanned = at + 1
            if at == 0 or text[at - 1] != newline:
                quoted = quoted or text[at - 1 : at] == b">"
                continue
            end, after_blank = _line_before(text, at)
            following = opening(text, at, after_blank)
            if following is None:
                continue
            if found is not None:
                yield _cut(draft, offset, text[taken : max(end, taken)], quoted, found)
            if stop is not None and base + at >= stop:
                return
            found, draft, quoted = (following if base + at >= begin else None), None, False
            taken = scanned = following[0]
            offset = base + taken
        if ended:
            break
        keep = max(limit, taken, _BEHIND) - _BEHIND
        if found is not None and keep > taken:
            draft = draft or _Draft()
            draft.add(text[taken:keep])
        taken = max(keep, taken) - keep
        scanned = max(scanned, limit - len(_NEEDLE) + 1) - keep
        chunk = stream.read(WINDOW)
        ended = not chunk
        text, base = text[keep:] + chunk, base + keep
    if found is not None:
        yield _cut(draft, offset, _without_blank_line(text[taken:]), quoted, found)


def _cut(draft: _Draft | None, offset: int, last: bytes, quoted: bool, found: Opening) -> Cut:
    if draft is None:
        return offset, len(last), last, quoted, found[1], found[2]
    raw = draft.whole(last)
    return offset, draft.size, raw, quoted, found[1], found[2]


def _first_window(stream: BinaryIO, begin: int, end_of_line: bytes) -> tuple[bytes, int]:
    """The first bytes to look at and where they lie, so that a From_ line at `begin` has line ends before it."""
    if begin:
        base = max(begin - _BEHIND, 0)
        stream.seek(base)
        return stream.read(WINDOW), base
    text = stream.read(WINDOW)
    skip = preamble(text)
    return end_of_line * 2 + text[skip:], skip - 2


def _line_before(text: bytes, at: int) -> tuple[int, bool]:
    """Where the letter before the line at `at` stops, and whether an empty line, which is nobody's, lies between."""
    before = text[max(at - 3, 0) : at]
    if before.endswith((b"\n\n", b"\r\r")):
        return at - 1, True
    if before.endswith(b"\n\r\n"):
        return at - 2, True
    return at, False


def _without_blank_line(text: bytes) -> bytes:
    """The last letter of a file without the empty line that most writers put after each."""
    for ending in (b"\n\r\n", b"\n\n", b"\r\r"):
        if text.endswith(ending):
            return text[: len(text) - len(ending) + 1]
    return text
