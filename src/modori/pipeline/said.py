"""What a letter says in readable characters: its plain text, else the words of its HTML. Nothing is fetched or run."""

from __future__ import annotations

from collections.abc import Iterable

from modori.octets.mime import Part, leaves, media
from modori.parse.html import text_of_html
from modori.types import Letter

_REACH = 1 << 20  # bytes of a letter that are searched for its text


def wording(letter: Letter) -> str:
    """The text of an ordinary letter; "" when it has none."""
    plain, marked = _first(letter, b"text/plain"), _first(letter, b"text/html")
    if plain is not None:
        return plain.text(letter.raw)
    return text_of_html(marked.text(letter.raw)) if marked is not None else ""


def _first(letter: Letter, kind: bytes) -> Part | None:
    return next((part for part in _parts(letter) if (media(part.type) or b"text/plain") == kind), None)


def _parts(letter: Letter) -> Iterable[Part]:
    """Its leaf parts; a letter of one part has the letter's own head for its head."""
    value, end = letter.head.get(b"content-type", b""), min(len(letter.raw), letter.body_at + _REACH)
    if media(value).startswith(b"multipart/"):
        return leaves(letter.raw, value, letter.body_at, end)
    return (Part(media(value) or b"text/plain", value, 0, letter.body_at, end),)
