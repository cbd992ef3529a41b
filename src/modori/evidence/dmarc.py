"""DMARC aggregate reports (RFC 7489 appendix C and its successor's namespace), as files or attached to letters.

Streamed record by record. No DTD is accepted, so there are no entities to expand; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from modori.evidence.unpack import BrokenError, Readable, TooBigError, unpacked
from modori.octets.mime import Part, leaves, media, part
from modori.types import AuthRow, Fact, Letter, Paper, Place, Problem

_FEEDBACK = re.compile(rb"<feedback[\s>]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PACKED = re.compile(rb"^(?:PK\x03\x04|\x1f\x8b)")
_ZIPPED = re.compile(rb"(?s)PK\x03\x04.{26}[^/\\\[\]]{1,255}\.xml")
_KINDS = frozenset(
    b"application/zip application/x-zip-compressed application/gzip application/x-gzip application/xml text/xml "
    b"application/octet-stream".split()
)
_HEAD = frozenset({"org_name", "begin", "end", "domain", "p"})
_RECORD = frozenset({"source_ip", "count", "disposition", "dkim", "spf", "header_from"})
_TEXT_MOST = 320
_LETTER_MOST = 16 * 1024 * 1024
_COUNT_MOST = 10**9


def recognises(peek: bytes) -> bool:
    """A document of the element <feedback>, or an archive whose first member is XML."""
    if _PACKED.match(peek):
        return bool(_ZIPPED.match(peek))
    return peek.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and bool(_FEEDBACK.search(peek))


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """One AuthRow for each record of the report."""
    with paper.open() as stream:
        yield from _rows(stream, paper.peek[:8], Place(paper.place.source), note)


def attached(letter: Letter, note: Callable[[Problem], None]) -> list[Fact]:
    """The rows of the reports that a letter brings (RFC 7489 section 7.2.1.1)."""
    found: list[Fact] = []
    for leaf in _parts(letter):
        if leaf.kind in _KINDS:
            content = leaf.content(letter.raw, _LETTER_MOST)
            if _PACKED.match(content) or recognises(content[:8192]):
                found += _rows(BytesIO(content), content[:8], letter.place, note)
    return found


def _parts(letter: Letter) -> Iterator[Part]:
    kind = letter.head.get(b"content-type", b"")
    if media(kind).startswith(b"multipart/"):
        return leaves(letter.raw, kind, letter.body_at, len(letter.raw))
    return iter((part(letter.raw, 0, len(letter.raw)),))


def _rows(stream: Readable, magic: bytes, place: Place, note: Callable[[Problem], None]) -> Iterator[Fact]:
    from lxml.etree import XMLSyntaxError  # 20 ms to load: only when there is a report

    try:
        for document in unpacked(stream, magic):
            yield from _document(document, place, note)
    except TooBigError:
        note(Problem("dmarc-too-big", place))
    except (BrokenError, XMLSyntaxError):
        note(Problem("dmarc-unreadable", place))


def _document(document: Readable, place: Place, note: Callable[[Problem], None]) -> Iterator[Fact]:
    from lxml.etree import XMLParser

    report = _Report(place)
    target: Any = report  # lxml's stubs ask for str | bytes, it passes str
    parser = XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    rows = 0
    while chunk := document.read(65536):
        if _DOCTYPE.search(chunk):
            note(Problem("dmarc-doctype", place))
            return
        parser.feed(chunk)
        rows += len(report.rows)
        yield from report.rows
        report.rows.clear()
    if not rows:
        note(Problem("dmarc-unreadable", place))


class _Report:
    """Parser target: keeps the words of the report's head and of the record it is in, and no tree."""

    def __init__(self, place: Place) -> None:
        self.rows: list[AuthRow] = []
        self._place = place
        self._head: dict[str, str] = {}
        self._record: dict[str, str] | None = None
        self._text = ""
        self._inside = ""  # row, identifiers, auth_results: only the first two matter

    def start(self, tag: str, attributes: object) -> None:
        """An element opens."""
        name = tag.rpartition("}")[2]
        self._text = ""
        if name == "record":
            self._record = {}
        elif name in ("row", "identifiers", "identities", "auth_results"):
            self._inside = name

    def data(self, text: str) -> None:
        """Some text of the element that is open."""
        if len(self._text) < _TEXT_MOST:
            self._text += text

    def end(self, tag: str) -> None:
        """An element closes: its text is worth keeping, or its record is complete."""
        name, text = tag.rpartition("}")[2], self._text.strip()[:_TEXT_MOST]
        self._text = ""
        if name == "record" and self._record is not None:
            row = _row(self._record, self._head, self._place)
            self.rows += [row] if row is not None else []
            self._record = None
        elif text and self._record is None:
            if name in _HEAD:
                self._head.setdefault(name, text)
        elif text and self._record is not None and self._inside != "auth_results" and name in _RECORD:
            self._record.setdefault(name, text)

    def close(self) -> None:
        """The document ends."""


def _row(said: dict[str, str], report: dict[str, str], place: Place) -> AuthRow | None:
    begin, end = _seconds(report.get("begin", "")), _seconds(report.get("end", ""))
    count = said.get("count", "")
    if begin is None or end is None or not count.isascii() or not count.isdigit() or len(count) > 12:
        return None
    return AuthRow(
        place=place,
        begin=begin,
        end=end,
        reporter=report.get("org_name", ""),
        domain=(said.get("header_from") or report.get("domain", "")).lower(),
        source_ip=said.get("source_ip", "").lower(),
        count=min(int(count), _COUNT_MOST),
        spf=said.get("spf", "").lower() == "pass",
        dkim=said.get("dkim", "").lower() == "pass",
        disposition=said.get("disposition", "none").lower(),
        policy=report.get("p", "").lower(),
    )


def _seconds(text: str) -> float | None:
    whole = text.partition(".")[0]
    return float(whole) if whole.isascii() and whole.isdigit() and len(whole) <= 11 else None
