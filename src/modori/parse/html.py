"""The words of an HTML-only report: tags out, entities in, nothing fetched, nothing run.

Bounces in HTML are simple and short; a bounded scanner reads them without a DOM and cannot be made to loop.
"""

from __future__ import annotations

import re
from html import unescape

_DROP = re.compile(r"(?is)<(style|script|title|head)\b[^>]{0,2000}>.{0,60000}?</\1\s{0,10}>|<!--.{0,20000}?-->|<!\[CDATA\[")
_BREAK = re.compile(r"(?i)<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|/?ul|hr|/?pre|/?blockquote)\b[^>]{0,2000}>")
_TAG = re.compile(r"<(?=[/!?a-zA-Z])(?![^\s<>]{1,128}@)[^<>]{0,4000}>")
_BLANK = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def text_of_html(page: str) -> str:
    """The page as plain text, one line per block."""
    words = _DROP.sub("", page.replace("\r", ""))
    words = _TAG.sub("", _BREAK.sub("\n", words))
    words = _BLANK.sub(" ", unescape(words))
    return _LINES.sub("\n\n", words)
