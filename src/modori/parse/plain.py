"""Reports of software that nobody described: words of failure, and addresses where a recipient would stand.

Only letters that a mail server can have written come here. A letter that names no recipient in such a place, or that
leads to a web page and returns no original and no server's answer, is no report: phishing dresses up like this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from modori.knowledge.dialect import ADDRESS, Dialect
from modori.octets.addresses import address, addresses, clean
from modori.octets.charsets import words
from modori.parse import smtp, table
from modori.parse.anatomy import Anatomy
from modori.parse.delays import is_failure
from modori.parse.dsn import is_cut
from modori.types import Action, Failure

_ADDR = ADDRESS
_PLACES = tuple(
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        rf"^[ \t>*-]{{0,12}}<({_ADDR})>[ \t]*:",
        rf"\bRCPT TO: ?<?({_ADDR})>?",
        rf"^[ \t>*•\"'-]{{0,20}}(?:mailto:)?<?({_ADDR})>?[ \t.,;:\"']{{0,4}}$",
        rf"\b(?:recipients?|to|address(?:es|ed to)?|user|rcpt|mailbox|destination|destinataires?|empf.nger|宛先|受信者)\b[^\n:@]{{0,40}}[:：][ \t]{{0,20}}[\[\"'<(]{{0,2}}(?:smtp:)?({_ADDR})",
        rf"^[ \t>*-]{{0,12}}<?({_ADDR})>?(?=[ \t(:,-])",
        rf"\b(?:to|for|address|addressed(?: to)?|recipients?|user|mailbox|account|an|à|para|für|al)[ \t\n,]{{1,8}}[\"'<(\[]{{0,2}}({_ADDR})",
        rf"[<\"']({_ADDR})[>\"']",
    )
)
_HELPERS = re.compile(r"(?i)^(?:postmaster|abuse|support|help|helpdesk|mailer-daemon|hostmaster)@")
_LINK = re.compile(r"(?i)https?://")
_MOST = 1000


def read(anatomy: Anatomy, dialect: Dialect) -> list[Failure]:
    """The failures that plain words report, by the surest kind of place in which addresses stand."""
    text = anatomy.text
    action: Action = "delayed" if anatomy.delayed else "failed"
    named = anatomy.letter.head.get(b"x-failed-recipients")
    if named:  # Exim, Gmail and Google Groups: true in every language
        listed = (r for r in dict.fromkeys(addresses(named)[:_MOST]) if not is_cut(r))
        return [table.build(r, about(text, r), action) for r in listed]
    subject = words(anatomy.letter.head.get(b"subject", b"")[:600])
    if not (is_failure(f"{subject}\n{text}") or action == "delayed") or not _credible(anatomy, text):
        return []
    return [table.build(r, about(text, r), action) for r in _recipients(anatomy, text)]


def about(text: str, recipient: str) -> str:
    """What the text says of one recipient: the paragraph that names it and the answers of servers it quotes."""
    paragraphs = [p for p in re.split(r"\n[ \t]*\n", text[:65536]) if p.strip() and "-Recipient:" not in p]
    naming = [i for i, p in enumerate(paragraphs) if recipient.lower() in p.lower()]
    chosen = set(naming[:3])
    for i, paragraph in enumerate(paragraphs):
        if smtp.reply(paragraph) >= 400 or smtp.statuses(paragraph):
            chosen.add(i)
    if naming and len(chosen) <= len(naming):
        chosen |= {naming[-1] + 1, naming[-1] + 2, max(0, naming[0] - 1)}
    return table.one_line(" ".join(p for i, p in enumerate(paragraphs) if i in chosen))


def _credible(anatomy: Anatomy, text: str) -> bool:
    at, inner, _ = anatomy.original
    if at or inner or anatomy.returned or anatomy.statuses:
        return True
    if smtp.reply(text) >= 400 or smtp.statuses(text):
        return True
    return not _LINK.search(text)


def _recipients(anatomy: Anatomy, text: str) -> list[str]:
    head = anatomy.letter.head
    own = {a.lower() for a in addresses(head.get(b"to", b""))[:20]} | {address(head.get(b"from", b"")).lower()}
    for place in _PLACES:
        found = list(dict.fromkeys(_found(place, text)))
        others = [a for a in found if a.lower() not in own and not _HELPERS.match(a) and not is_cut(a)]
        if others:
            return others
    return []


def _found(place: re.Pattern[str], text: str) -> Iterator[str]:
    for _, hit in zip(range(_MOST), place.finditer(text[:65536]), strict=False):
        yield clean(hit[1].rstrip(".").encode())
