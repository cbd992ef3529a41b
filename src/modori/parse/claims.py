"""What makes a letter a report in whatever language: a server's answer, or a declared report that returns the original.

The words themselves are asked in `delays`; here is what speaks without them.
"""

from __future__ import annotations

import re

_REFUSAL = re.compile(
    r"(?:\b|_)([45])\d\d[ -]#?\1\.\d{1,3}\.\d{1,3}\b|\(#[45]\.\d{1,3}\.\d{1,3}\)"
    r"|(?i:said|says|reply|replied|response|respond\w{1,3}|errors?|reason|fail(?:ed|ure)|answer(?:ed)?|server|エラー|理由|応答|原因|사유|ошибка)"
    r"[^\n@.]{0,12}[:：=-]\s{0,3}[\"'<(\[]{0,2}[45][0-5]\d[ -]\S"
)
_REFUSED_LINE = re.compile(r"(?m)^[ \t>*<-]{0,20}[45][0-5]\d[ -](?=\S)")
_OTHER_REPORT = re.compile(rb"disposition-notification|feedback-report")
_SUCCESS = re.compile(r"(?i)success|\b(?:been|was|were) (?:delivered|relayed|received|accepted)")
_REPLIED = re.compile(r"(?m)^>(?!>> )[^\n]*\n?")


def own_words(text: str) -> str:
    """A text without the lines that it quotes; all of it when it only quotes."""
    if "\n>" not in text:
        return text
    words = _REPLIED.sub("", text)
    return text if words.isspace() else words


def quotes_refusal(words: str, returned: bool) -> bool:
    """Do they tell a server's answer? `returned`: the original came back, then its bare code is enough."""
    return _REFUSAL.search(words) is not None or (returned and _REFUSED_LINE.search(words) is not None)


def is_bare_report(declared: bytes, text: str) -> bool:
    """Does its Content-Type declare a delivery report, and do the words not tell of success?"""
    kind = declared[:2000].lower()
    return kind.startswith(b"multipart/report") and not _OTHER_REPORT.search(kind) and not _SUCCESS.search(text)
