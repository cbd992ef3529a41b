"""Can this letter be a report at all, when only plain words say so?

Phishing, monitors and automatic answers of people speak of letters that were not delivered. A report returns the
original, quotes a server's answer, or comes from a program and points nowhere else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from modori.knowledge import table
from modori.octets.addresses import address
from modori.parse import autoreply, smtp
from modori.parse.anatomy import Anatomy

_MACHINE = re.compile(rb"(?i)(?:^|[<\s\"])root@|cron daemon")  # tells of queues and logs as well
_DELIVERY = re.compile(
    r"(?i)deliver|bounce|return|\bsent\b|\bsend|zustell|zugestellt|remis|distribu|achemin|entreg|enviad|recapit|consegn|inviat|"
    r"bezorg|afgelever|levere|dostarcz|doruč|доставл|отправ|teslim|gönder|配信|配送|送信|送達|届|不達|投递|投遞|退信|退回|送达|发送|"
    r"전송|발송|배달|전달|반송"
)
_ANYTHING = re.compile(
    rb"(?i)no-?_?reply|notif|alert|(?:^|[<\s\"])(?:system|administrator|admin|info)@"
)  # write of all matters
_LINK = re.compile(r"(?i)https?://")


def credible(anatomy: Anatomy, text: str) -> bool:
    """An original, a report part or a server's answer must be there for a web page or somebody's automatic answer."""
    if anatomy.returns_original or anatomy.returned or anatomy.statuses:
        return True
    sender = anatomy.letter.head.get(b"from", b"")[:400]
    if (autoreply.is_personal(anatomy) or _MACHINE.search(sender)) and not anatomy.quotes_refusal:
        return False
    if _ANYTHING.search(sender) and not anatomy.quotes_refusal and not _DELIVERY.search(text):
        return False  # something else was not found or does not exist
    return smtp.reply(text) >= 400 or bool(smtp.statuses(text)) or not _LINK.search(text)


def is_named(anatomy: Anatomy) -> bool:
    """Does only its name make the sender a mail server, and nothing else in the letter bear that out?"""
    head = anatomy.letter.head
    if head.get(b"return-path", b"-").strip() == b"<>" or b"auto-submitted" in head:
        return False
    local = address(head.get(b"from", b"")).partition("@")[0].lower()
    known = local in _daemons() and "admin" not in local
    return not known and not anatomy.returns_original and not anatomy.quotes_refusal


@lru_cache(maxsize=1)
def _daemons() -> frozenset[str]:
    return frozenset(["", *table("daemons")["local"]])
