"""Reports of software that nobody described: words of failure, and addresses where a recipient would stand.

Only letters that a mail server can have written come here. A letter that names no recipient in such a place, or that
leads to a web page and returns no original and no server's answer, is no report: phishing dresses up like this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice, zip_longest

from modori.knowledge.dialect import ADDRESS, Dialect
from modori.octets.addresses import address, addresses, clean
from modori.parse import smtp, table
from modori.parse.anatomy import Anatomy
from modori.parse.divide import TEXT_LIMIT
from modori.parse.dsn import is_cut
from modori.types import Action, Failure

# What stands before and after an address on its line, surest place first. Before: up to 80 characters, in lower case.
_LABEL = (
    r"\b(?:recipients?|to|address(?:es|ed to)?|user|rcpt|mailbox|destinat\w{3,7}|empf.nger|получател\w{1,3}|"
    r"адресат\w{0,3}|odbiorc\w|adresat\w?|příjemc\w|宛先|送信先|受信者|收件人|收信人|받는 ?사람|수신자)\b"
)
_WORD = (
    r"(?:\b(?:to|for|address|addressed(?: to)?|recipients?|user|mailbox|account|an|à|para|für|al?|aan|bij|do|til|till|"
    r"destinat\w{4,7}|получателю|адресату|по адресу)[ \t\n,]{1,8}|(?:送达|发送至|发送给|收件人)[ \t]{0,4})"
)
_PARTICLE = r"[ \t]{0,2}(?:へ|に|宛|は|様|さん|에|에게|로|님|adresine)"
_PLACES = tuple(
    (re.compile(before + r"\Z"), re.compile(after))
    for before, after in (
        (r"(?:\A|\n)[ \t>*-]{0,12}<", r">[ \t]*:"),
        (r"rcpt to: ?<?", r""),
        (r"(?:\A|\n)[ \t>]{0,12}[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?<?", r">?:? [^\n]"),
        (r"(?:\A|\n)[ \t>*•\"'-]{0,20}(?:mailto:|smtp:)?<?", r">?[ \t.,;:\"']{0,4}(?:\n|\Z)"),
        (_LABEL + r"[^\n:=@]{0,40}[:：=][ \t]{0,20}[\[\"'<(]{0,2}(?:smtp:)?", r""),
        (r"(?:\A|\n)[ \t>*•\[\"'-]{0,12}(?:mailto:|smtp:)?<?", r"[>\]\"']{0,2}[ \t(:;,|-]"),
        (r"[^\s:：] {0,2}[:：][ \t]{1,20}(?:smtp:)?[\[\"'<(]{0,2}", r"[>\]\"')]{0,2}[ \t.;,]{0,4}(?:\n|\Z)"),
        (_WORD + r"[\"'<(\[]{0,2}", r""),
        (r"", _PARTICLE),
        (r"[<\"']", r"[>\"']"),
    )
)
_NOWHERE = len(_PLACES)
_BEFORE = 80
_LONGEST = 128  # letters of a local part
_ADDRESS = re.compile(ADDRESS)
# Whom the reader may write to is not whom the letter did not reach: "please contact", "do not reply to".
_INVITED = re.compile(
    r"(?:\b(?:contact|write|reply|respond|answer|(?:please|send) (?:an )?e?-?mail|contactez|escriba|kontaktieren sie|"
    r"wenden sie sich)\b(?: (?:to|at|a|à|an|us|us at|our help ?desk|the administrator|an? e-?mail to)){0,2}|"
    r"お問い?合わ?せ(?:先)?[はへ]?|ご連絡先?[はへ]?)[ \t\n:：]{0,4}[<\"'(\[]{0,2}\Z"
)
_HELPERS = re.compile(r"(?i)^(?:postmaster|abuse|support|help|helpdesk|mailer-daemon|hostmaster)@")
_LINK = re.compile(r"(?i)https?://")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MOST = 1000
_A_WORD = 4  # letters
_LABELS = re.compile(
    r"(?i)recipients?|address(?:es)?|error|user|mailbox|mail|smtp|for|to|at|could not deliver|failed|rcpt"
)


def read(anatomy: Anatomy, dialect: Dialect) -> list[Failure]:
    """The failures that plain words report, by the surest kind of place in which addresses stand."""
    text = anatomy.text
    action: Action = "delayed" if anatomy.delayed else "failed"
    named = anatomy.letter.head.get(b"x-failed-recipients")
    if named:  # Exim, Gmail and Google Groups: true in every language
        listed = (r for r in dict.fromkeys(addresses(named)[:_MOST]) if not is_cut(r))
        return [table.build(r, about(text, r), action) for r in listed]
    if not anatomy.reports or not _credible(anatomy, text):
        return []
    found = _recipients(anatomy, text)
    said = _each(text, found)
    return [table.build(r, said.get(r.lower()) or about(text, r), action) for r in found]


def about(text: str, recipient: str) -> str:
    """What the text says of one recipient: the paragraph that names it and the answers of servers it quotes."""
    paragraphs, lowered, answers = _paragraphs(text)
    wanted = recipient.lower()
    naming = [i for i, p in enumerate(lowered) if wanted in p]
    chosen = {*naming[:3], *answers}
    if naming and len(chosen) <= len(naming):
        chosen |= {naming[-1] + 1, naming[-1] + 2, max(0, naming[0] - 1)}
    return table.one_line(" ".join(p for i, p in enumerate(paragraphs) if i in chosen))


def _each(text: str, recipients: Collection[str]) -> dict[str, str]:
    """Where a text lists several recipients and says something of each: the lines from its name to the next one's."""
    wanted = {r.lower() for r in recipients}
    if len(wanted) < 2:
        return {}
    hits = [(h, clean(h[0].encode()).lower()) for h in islice(_mentions(text[:TEXT_LIMIT]), _MOST)]
    named = [(h, name) for h, name in hits if name in wanted]
    found: dict[str, str] = {}
    for (hit, name), following in zip_longest(named, named[1:]):
        begin = text.rfind("\n", 0, hit.start()) + 1
        end = text.rfind("\n", 0, following[0].start()) + 1 if following else len(text)
        begin = max(begin, hit.start() - _BEFORE)
        before, after = _LABELS.sub("", text[begin : hit.start()]), text[hit.end() : end]
        if name not in found and any(sum(map(str.isalpha, said)) >= _A_WORD for said in (before, after)):
            found[name] = table.one_line(text[begin : hit.end()] + " ".join(_BLANK_LINE.split(after)[:3]))
    return found if len(found) == len(wanted) else {}


@lru_cache(maxsize=2)
def _paragraphs(text: str) -> tuple[list[str], list[str], frozenset[int]]:
    """(its paragraphs, the same in lower case, which of them quote a server's answer): asked for every recipient."""
    found = [p for p in _BLANK_LINE.split(text[:TEXT_LIMIT]) if p.strip() and "-Recipient:" not in p]
    answers = frozenset(i for i, p in enumerate(found) if smtp.reply(p) >= 400 or smtp.statuses(p))
    return found, [p.lower() for p in found], answers


def _credible(anatomy: Anatomy, text: str) -> bool:
    """An original, a report part or a server's answer must be there when the words lead to a web page."""
    at, inner, _ = anatomy.original
    if at or inner or anatomy.returned or anatomy.statuses:
        return True
    return smtp.reply(text) >= 400 or bool(smtp.statuses(text)) or not _LINK.search(text)


def _recipients(anatomy: Anatomy, text: str) -> list[str]:
    """The addresses in the surest place that any stands in, without the reader's own and those of helpers."""
    head = anatomy.letter.head
    own = {a.lower() for a in addresses(head.get(b"to", b""))[:20]} | {address(head.get(b"from", b"")).lower()}
    best = _NOWHERE
    found: dict[str, None] = {}  # an ordered set
    for hit in islice(_mentions(text[:TEXT_LIMIT]), _MOST):
        candidate = clean(hit[0].encode())
        if candidate.lower() in own or _HELPERS.match(candidate) or is_cut(candidate):
            continue
        place = _place(text, hit)
        if place < best:
            best, found = place, {}
        if place == best < _NOWHERE:
            found[candidate] = None
    return list(found)


def _mentions(text: str) -> Iterator[re.Match[str]]:
    """Every address in the text. The pattern alone would try each letter of each word: here only words with an @."""
    end, at = 0, text.find("@")
    while at >= 0:
        word = text[max(end, at - _LONGEST) : at].rsplit(None, 1)[-1:]
        hit = _ADDRESS.search(text, at - len(word[0]) if word else at)
        if hit is None:
            return
        yield hit
        end = hit.end()
        at = text.find("@", end)


def _place(text: str, hit: re.Match[str]) -> int:
    begin = max(0, hit.start() - _BEFORE)
    before = ("" if begin == 0 else " ") + text[begin : hit.start()].lower()
    if _INVITED.search(before):
        return _NOWHERE
    for rank, (left, right) in enumerate(_PLACES):
        if right.match(text, hit.end()) and left.search(before):
            return rank
    return _NOWHERE
