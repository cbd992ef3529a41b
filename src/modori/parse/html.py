"""The words of an HTML-only report: tags out, entities in, nothing fetched, nothing run.

Bounces in HTML are simple and short; a scanner that only moves forward reads them without a DOM and cannot be made to
loop or to look at a byte more often than a few times.
"""

from __future__ import annotations

import re
from html import unescape

_UNSEEN = tuple(
    (re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (
        ("<!--", "-->"),
        (r"<style\b", "</style[^<>]{0,80}>?"),
        (r"<script\b", "</script[^<>]{0,80}>?"),
        (r"<title\b", "</title[^<>]{0,80}>?"),
    )
)
_BREAK = re.compile(
    r"(?i)<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|/?t[dh]|/?ul|hr|/?pre|/?blockquote)\b[^<>]{0,2000}>"
)
# A link whose words do not repeat the address.
_MAILTO = re.compile(
    r"(?i)<a\b[^<>]{0,300}?href=[\"']?mailto:([^\"'<>?\s]{3,320}+)[^<>]{0,300}+>([^<>@]{1,200}+)(?=</a)"
)
_TAG = re.compile(r"<(?=[/!?a-zA-Z])(?![^\s<>]{1,128}@)[^<>]{0,4000}>")
_BLANK = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def text_of_html(page: str) -> str:
    """The page as plain text, one line per block."""
    page = page.replace("\r", "")
    for opening, closing in _UNSEEN:
        page = _without(page, opening, closing)
    if "mailto:" in page:
        page = _MAILTO.sub(r"\2 &lt;\1&gt;", page)
    words = _TAG.sub("", _BREAK.sub("\n", page))
    words = _BLANK.sub(" ", unescape(words))
    return _LINES.sub("\n\n", words)


def _without(page: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """The page without what lies between each opening and the next closing; what never closes is left in."""
    kept, at = [], 0
    while (begin := opening.search(page, at)) and (end := closing.search(page, begin.end())):
        kept.append(page[at : begin.start()])
        at = end.end()
    kept.append(page[at:])
    return "".join(kept)
