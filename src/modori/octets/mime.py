"""Parts of a MIME message (RFC 2045, 2046), found by their boundary lines, without building objects for the rest.

Offsets always point into the bytes given, so that a claim can be traced back to them. Hostile input is bounded: depth,
number of parts, and the size of a part's head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from modori.octets.charsets import decode, transfer
from modori.octets.headers import head_end

MOST_PARTS = 200
MOST_DEPTH = 8
HEAD_REACH = 64 * 1024  # of one part's head
_TRIES = 500  # lines that may merely begin like a boundary before a pattern, slow to build, takes over

_TYPE = re.compile(rb"(?mi)^content-type[ \t]*:[ \t]*((?:[^\r\n]|\r?\n[ \t]){0,2000})")
_USUAL_TYPE = re.compile(rb"(?:Content-Description: [^\n]*+\n)?Content-Type: ([^\r\n]*+)\n(?![ \t])")
_ENCODING = re.compile(rb"(?mi)^content-transfer-encoding[ \t]*:\s*([\w-]{1,40})")
_GUESS = re.compile(rb"(?mi)^--([^\r\n]{3,200}?)[ \t]*\r?\ncontent-")
_PARAMS: dict[bytes, re.Pattern[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """One body part: `kind` is its media type in lower case; raw[start:body_at] its head, raw[body_at:end] its body."""

    kind: bytes
    type: bytes  # the whole Content-Type value
    start: int
    body_at: int
    end: int
    closed: bool = True  # a boundary line ended it

    def encoding(self, raw: bytes) -> bytes:
        """Its Content-Transfer-Encoding in lower case, "" when it is none to undo."""
        if raw.find(b"ncoding", self.start, self.body_at) < 0 and raw.find(b"NCODING", self.start, self.body_at) < 0:
            return b""
        found = _ENCODING.search(raw, self.start, self.body_at)
        name = found[1].lower() if found else b""
        return name if name in (b"base64", b"quoted-printable") else b""

    def content(self, raw: bytes, most: int = 1 << 20) -> bytes:
        """Its body, decoded, of at most `most` encoded bytes."""
        return transfer(raw[self.body_at : min(self.end, self.body_at + most)], self.encoding(raw))

    def text(self, raw: bytes, most: int = 1 << 16) -> str:
        """Its body as text with LF line ends."""
        charset = param(self.type, b"charset").decode("latin-1")
        return decode(self.content(raw, most), charset).replace("\r\n", "\n").replace("\r", "\n")


def media(value: bytes) -> bytes:
    """The media type of a Content-Type value in lower case: b"text/plain"."""
    return value.partition(b";")[0].strip().lower()[:100]


def param(value: bytes, name: bytes) -> bytes:
    """A parameter of a Content-Type value, unquoted; RFC 2231 charset prefix dropped; b"" when absent."""
    usual = value.find(name + b'="')
    if usual > 0 and (value[usual - 1] in b"; \t\n") and (close := value.find(b'"', usual + len(name) + 2)) > 0:
        return value[usual + len(name) + 2 : close]
    pattern = _PARAMS.get(name)
    if pattern is None:
        assignment = rb'(\*(?:0\*?)?)?\s*=\s*(?:"([^"]{0,300})"?|([^\s;]{1,300}))'
        pattern = re.compile(rb"(?i)(?:^|[;\s])" + re.escape(name) + assignment)
        _PARAMS[name] = pattern
    found = pattern.search(value[:4000])
    if found is None:
        return b""
    plain: bytes = found[2] if found[2] is not None else found[3]
    return plain.rpartition(b"'")[2] if found[1] else plain


def parts(raw: bytes, boundary: bytes, start: int, end: int) -> list[Part]:
    """The parts between the boundary lines of raw[start:end] (RFC 2046 section 5.1.1); the last may be unclosed."""
    found: list[Part] = []
    begin = -1
    for at, after, last in _lines(raw, b"--" + boundary, start, end):
        if begin >= 0:
            found.append(part(raw, begin, _before(raw, begin, at)))
        begin = after
        if last or len(found) >= MOST_PARTS:
            return found
    if begin >= 0:
        cut = part(raw, begin, end)
        found.append(Part(cut.kind, cut.type, cut.start, cut.body_at, cut.end, closed=False))
    return found


def part(raw: bytes, start: int, end: int) -> Part:
    """The part that fills raw[start:end]: its head, if any, then its body."""
    reach = min(end, start + HEAD_REACH)
    _, body_at = head_end(raw, start, reach)
    if body_at == reach < end:
        body_at = start  # no end of a head within reach: then it has none
    usual = _USUAL_TYPE.match(raw, start, body_at)
    value = usual[1] if usual else _content_type(raw[start:body_at])
    return Part(media(value), value, start, body_at, end)


def leaves(raw: bytes, content_type: bytes, start: int, end: int, depth: int = 0) -> Iterator[Part]:
    """The parts of raw[start:end] in reading order, multiparts opened, messages left closed.

    When the declared boundary is missing or never occurs, the first line that acts like one is believed.
    """
    children: list[Part] = []
    if depth < MOST_DEPTH:
        boundary = param(content_type, b"boundary")
        if boundary:
            children = parts(raw, boundary, start, end)
        if not children:
            likely = _GUESS.search(raw, start, min(end, start + 8192))
            children = parts(raw, likely[1], start, end) if likely else []
    if not children:
        yield Part(b"text/plain", content_type, start, start, end)
    for child in children:
        if child.kind.startswith(b"multipart/"):
            yield from leaves(raw, child.type, child.body_at, child.end, depth + 1)
        else:
            yield child


def _content_type(head: bytes) -> bytes:
    if head[:13].lower() != b"content-type:" and b"\ncontent-type" not in head.lower():
        return b"text/plain"
    found = _TYPE.search(head)
    return found[1] if found else b"text/plain"


def _lines(raw: bytes, mark: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(offset of the boundary line, offset after it, is it the closing one)."""
    at = raw.find(mark, start, end)
    for _ in range(_TRIES):
        if at < 0:
            return
        tail = raw[at + len(mark) : at + len(mark) + 2]
        if (at == start or raw[at - 1] in b"\r\n") and (not tail or tail[:1] in b"\r\n \t" or tail == b"--"):
            after = raw.find(b"\n", at + len(mark), end)
            yield at, (end if after < 0 else after + 1), tail == b"--"
        at = raw.find(mark, at + len(mark), end)
    if at >= 0:
        for found in re.compile(rb"(?m)^" + re.escape(mark) + rb"(--)?[ \t]*\r?$\n?").finditer(raw, at, end):
            yield found.start(), found.end(), found[1] is not None


def _before(raw: bytes, begin: int, at: int) -> int:
    """Where the part ends: the line end before the boundary line belongs to the boundary."""
    if at > begin and raw[at - 1 : at] == b"\n":
        at -= 1
        if at > begin and raw[at - 1 : at] == b"\r":
            at -= 1
    return at
