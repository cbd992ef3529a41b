"""What a report letter is made of: human-readable text, machine-readable parts, returned original (RFC 6522).

Computed once per letter and lazily, because the usual report needs only its delivery-status part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from modori.octets.addresses import addresses
from modori.octets.charsets import decode, words
from modori.octets.headers import head_end, head_map
from modori.octets.mime import HEAD_REACH, Part, leaves, param
from modori.parse import claims, disguise
from modori.parse.delays import is_delay, is_failure, plain_words
from modori.parse.divide import TEXT_LIMIT, divide
from modori.parse.html import text_of_html
from modori.types import Letter

STATUS = frozenset({b"message/delivery-status", b"message/global-delivery-status", b"text/delivery-status"})
ORIGINAL = frozenset(
    {b"message/rfc822", b"text/rfc822-headers", b"text/rfc822-header", b"text/rfc822", b"message/rfc822-headers",
     b"message/global", b"message/global-headers", b"message/partial"}
)  # fmt: skip
_NOT_WORDS = ORIGINAL | STATUS
_STRAY = re.compile(rb"(?mi)^(?:--[^\r\n]{3,200}\r?\ncontent-|received:|return-path:|message-id:)")
_QUOTED = re.compile(rb"(?:> ?|[ \t]{2,8})[A-Za-z-]{2,40}:? ")  # every line of the original is quoted or indented
_QUOTE = re.compile(rb"(?m)^(?:> ?|[ \t]{2,4})")
_DAEMON = re.compile(rb"(?i)mailer-?daemon|post_?master|mail delivery|<>")


Returned = tuple[tuple[int, int] | None, bytes, bool]
NOTHING: Returned = (None, b"", False)


class Anatomy:
    """The pieces of one letter. The parts are found at once, for every reader needs them; the rest on demand."""

    __slots__ = (
        "_delayed",
        "_original",
        "_plain",
        "_reports",
        "_split",
        "letter",
        "parts",
        "raw",
        "returned",
        "statuses",
    )

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.raw = letter.raw
        self.parts = _parts(letter)
        self.statuses: list[Part] = []  # its delivery-status parts; several when somebody glued reports together
        self.returned: Part | None = None  # the part that holds the returned original, if a part does
        for piece in self.parts:
            kind = piece.kind if piece.kind not in disguise.NAMELESS else disguise.kind(self.raw, piece)
            if kind in STATUS:
                self.statuses.append(piece)
            elif self.returned is None and kind in ORIGINAL:
                self.returned = piece
        self._split: tuple[str, Returned] | None = None
        self._original: Returned | None = None
        self._plain: str | None = None
        self._delayed: bool | None = None
        self._reports: bool | None = None

    @property
    def text(self) -> str:
        """The words of the report, LF line ends, without the returned original."""
        return self.split()[0]

    @property
    def plain(self) -> str:
        """The top of the words in lower case, with single spaces."""
        if self._plain is None:
            self._plain = plain_words(self.own_words)
        return self._plain

    @property
    def subject(self) -> str:
        """The subject as the words are."""
        return _subject(self.letter.head.get(b"subject", b"")[:600])

    @property
    def delayed(self) -> bool:
        """Do the words say that delivery is late, not that it failed?"""
        if self._delayed is None:
            subject = self.letter.head.get(b"subject", b"")[:600]
            self._delayed = is_delay(self.plain) or (_is_late(subject) and not is_failure(self.plain))
        return self._delayed

    @property
    def reports(self) -> bool:
        """Do the subject or the words say, in any language known here, that a letter is late or did not arrive?"""
        if self._reports is None:
            said = self.delayed or is_failure(self.plain) or is_failure(self.subject)
            declared = self.letter.head.get(b"content-type", b"")
            self._reports = (
                said or self.quotes_refusal or (self.returns_original and claims.is_bare_report(declared, self.text))
            )
        return self._reports

    @property
    def original(self) -> Returned:
        """(offsets in raw, decoded bytes when it was encoded, is the body there too) of the returned original."""
        if self._original is None:
            self._original = self._returned()
        return self._original

    @property
    def own_words(self) -> str:
        """The words without what they quote from somebody else's letter; all of them when they only quote."""
        return claims.own_words(self.text)

    @property
    def quotes_refusal(self) -> bool:
        """Does it tell a server's answer? Without an enhanced status a returned original must bear that out."""
        return claims.quotes_refusal(self.own_words, self.returns_original)

    @property
    def returns_original(self) -> bool:
        """Did at least a field of the original letter come back?"""
        at, inner, _ = self.original
        return at is not None or inner != b""

    def split(self) -> tuple[str, Returned]:
        """The words, and where the original begins when it follows them in the same part."""
        if self._split is None:
            self._split = self._divided()
        return self._split

    def _returned(self) -> Returned:
        piece = self.returned
        if piece is None:
            return self.split()[1]
        if piece.encoding(self.raw):
            inner = piece.content(self.raw, 1 << 24)
            return None, inner, _complete(inner, 0, len(inner), piece)
        begin = _skip_blank(self.raw, piece.body_at, piece.end)
        if begin >= piece.end:
            return NOTHING
        return (begin, piece.end), b"", _complete(self.raw, begin, piece.end, piece)

    def addressees(self) -> list[str]:
        """To and Cc of the returned original."""
        head = self.original_head()
        return [*addresses(head.get(b"to", b"")), *addresses(head.get(b"cc", b""))]

    def original_head(self) -> Mapping[bytes, bytes]:
        """The header fields of the returned original."""
        at, inner, _ = self.original
        source, begin = (inner, 0) if inner else (self.raw, at[0] if at else len(self.raw))
        end, _ = head_end(source, begin, min(len(source), begin + HEAD_REACH))
        return head_map(source[begin:end])

    def inner(self) -> Letter | None:
        """The returned original as a letter of its own, offsets kept, when it looks like a report itself."""
        at, inner, _ = self.original
        source, begin = (inner, 0) if inner else (self.raw, at[0] if at else 0)
        if not inner and at is None:
            return None
        end, body_at = head_end(source, begin, min(len(source), begin + HEAD_REACH))
        head = head_map(source[begin:end])
        report = b"multipart/report" in head.get(b"content-type", b"").lower()
        if not report and not _DAEMON.search(head.get(b"from", b"")):
            return None
        return replace(self.letter, raw=source, head=head, body_at=body_at)

    def _divided(self) -> tuple[str, Returned]:
        said: list[str] = []
        rest = NOTHING
        readable = [p for p in self.parts if p.kind.startswith(b"text/") and p.kind not in _NOT_WORDS]
        readable = [p for p in readable if p.kind != b"text/html"] or readable
        for piece in readable[:20]:
            if self.returned is not None and piece.start > self.returned.start:
                break
            spoken, rest = self._words(piece)
            said.append(spoken)
            if rest[0] or rest[1]:
                break
        return "\n".join(said), rest

    def _words(self, piece: Part) -> tuple[str, Returned]:
        raw = self.raw
        if piece.kind == b"text/html":
            return text_of_html(piece.text(raw, 4 * TEXT_LIMIT)), NOTHING
        charset = param(piece.type, b"charset").decode("latin-1")
        if piece.encoding(raw):
            inner = piece.content(raw, 1 << 24)
            stop, begin = divide(inner, 0, len(inner))
            rest = inner[begin:] if begin < len(inner) else b""
            spoken = decode(inner[: min(stop, TEXT_LIMIT)], charset)
            return _lines(spoken), (None, rest, bool(rest) and _complete(inner, begin, len(inner), None))
        stop, begin = (piece.end, piece.end) if self.returned else divide(raw, piece.body_at, piece.end)
        spoken = decode(raw[piece.body_at : min(stop, piece.body_at + TEXT_LIMIT)], charset)
        if begin >= piece.end:
            return _lines(spoken), NOTHING
        if _QUOTED.match(raw, begin, piece.end):
            inner = _QUOTE.sub(b"", raw[begin : min(piece.end, begin + TEXT_LIMIT)])
            return _lines(spoken), (None, inner, False)
        return _lines(spoken), ((begin, piece.end), b"", _complete(raw, begin, piece.end, None))


@lru_cache(maxsize=1024)
def _subject(value: bytes) -> str:
    return plain_words(words(value))


@lru_cache(maxsize=1024)
def _is_late(subject: bytes) -> bool:
    """Does a subject, which a flood shares, tell of a delay?"""
    return is_delay(_subject(subject))


def _parts(letter: Letter) -> list[Part]:
    """Its leaf parts; one part for a letter that is not multipart."""
    raw, at = letter.raw, letter.body_at
    value = letter.head.get(b"content-type", b"")
    if value[:10].lower() == b"multipart/" or (not value and _stray_boundary(raw, at)):
        return list(leaves(raw, value, at, len(raw)))
    return [Part(value.partition(b";")[0].strip().lower() or b"text/plain", value, 0, at, len(raw))]


def _stray_boundary(raw: bytes, at: int) -> bool:
    found = _STRAY.search(raw, at, at + 4096)
    return found is not None and found[0].startswith(b"--")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _skip_blank(raw: bytes, at: int, end: int) -> int:
    while at < end and raw[at] in b"\r\n":
        at += 1
    return at


def _complete(raw: bytes, begin: int, end: int, piece: Part | None) -> bool:
    """True when more than header fields was returned and nothing shows that it was cut."""
    if piece is not None and (b"headers" in piece.kind or not piece.closed):
        return False
    _, body_at = head_end(raw, begin, min(end, begin + HEAD_REACH))
    return body_at < end and not raw[body_at : min(end, body_at + 4096)].isspace()
