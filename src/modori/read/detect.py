"""What a file is, by its first bytes; its name only ever breaks a tie."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from modori.knowledge import table
from modori.octets.headers import fields, head_end
from modori.read.fromline import opening
from modori.read.split import preamble
from modori.read.tars import header as tar_header

Kind = Literal["mbox", "letter", "emlx", "gzip", "bzip2", "xz", "zip", "tar", "paper"]

PEEK = 8 * 1024
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_MEMBER_NAME_AT = 30  # in a zip: the first member's name, after its header
_FIELD = re.compile(rb"[!-9;-~]{1,128}+[ \t]{0,64}+:")
_TOP = 2 * 1024
_SURE = 2  # known fields that make a letter; in a file called .eml one will do


def kind(peek: bytes, name: str = "") -> Kind:
    """Of a file called `name` that begins with `peek`; "paper" when it is not mail and holds none."""
    for magic, packed in _MAGIC:
        if peek.startswith(magic):
            return "paper" if packed == "zip" and _is_document(peek) else packed
    text = peek[preamble(peek) :]
    if text.startswith(b"From ") and opening(text, 0, after_blank=True) is not None:
        return "mbox"
    if emlx_length(text) is not None and _is_letter(text[text.find(b"\n") + 1 :], 1):
        return "emlx"
    if _is_letter(text, 1 if name.lower().endswith(".eml") else _SURE):
        return "letter"
    return "tar" if tar_header(peek[:512]) is not None else "paper"


def emlx_length(text: bytes) -> int | None:
    """The byte count on the first line of Apple Mail's .emlx, None when there is none."""
    count, newline, _ = text[:16].partition(b"\n")
    return int(count) if newline and count.strip().isdigit() else None


def _is_letter(text: bytes, wanted: int) -> bool:
    """Does it begin with a field (or a From_ line of no known kind), and do letters have `wanted` of its fields?"""
    begin = text.find(b"\n", 0, _TOP) + 1 if text.startswith(b"From ") else 0
    if _FIELD.match(text, begin) is None:
        return False
    known, found, top = _known_fields(), set(), text[:_TOP]
    for name, _ in fields(top[: head_end(top)[0]]):
        if name.lower() in known:
            found.add(name.lower())
            if len(found) >= wanted:
                return True
    return False


def _is_document(peek: bytes) -> bool:
    """Word, Excel, OpenDocument, JAR: zip archives that nobody means as archives."""
    return peek[_MEMBER_NAME_AT:].startswith(_document_names())


@lru_cache(maxsize=1)
def _known_fields() -> frozenset[bytes]:
    return frozenset(name.encode() for name in table("mailboxes")["letter"]["fields"])


@lru_cache(maxsize=1)
def _document_names() -> tuple[bytes, ...]:
    return tuple(name.encode() for name in table("mailboxes")["office"]["first"])
