"""Reports of software that nobody described: words of failure, and addresses where a recipient would stand.

Only letters that a mail server can have written come here. A letter that names no recipient in such a place, or that
leads to a web page and returns no original and no server's answer, is no report: phishing dresses up like this.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import islice, pairwise, zip_longest

from modori.knowledge.dialect import Dialect
from modori.octets.addresses import address, addresses, clean
from modori.octets.charsets import words
from modori.parse import smtp, table
from modori.parse.anatomy import Anatomy
from modori.parse.credible import credible, is_named
from modori.parse.divide import TEXT_LIMIT
from modori.parse.dsn import is_cut
from modori.parse.places import BEFORE, mentions, recipients
from modori.types import Action, Failure

# Whom the letter did reach, when it lists them too.
_DELIVERED = re.compile(
    r"(?im)^(?:(?!(?:not|yet|never) (?:yet )?(?:was|were|been))[^\n:@]){0,80}?\b(?:was|were|been) (?:successfully )?"
    r"delivered[^\n@]{0,60}:[ \t]*\n(?:[ \t]*\n){0,2}(?:[^\n@]{0,80}@[^\n]{0,200}\n){1,200}"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MOST = 1000
_A_WORD = 4  # letters
_FEW_WORDS = 200  # characters
_MOST_ROWS = 10
_MOST_BEFORE = 3  # paragraphs, when an address stands alone at the end
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
        return [table.build(r, about(text, r) or table.one_line(text), action) for r in listed]
    if not anatomy.reports or not credible(anatomy, text):
        return []
    text = _DELIVERED.sub("", text) if " delivered to" in text else text
    subject = words(anatomy.letter.head.get(b"subject", b"")[:600])
    found = _recipients(anatomy, text, subject)
    said = _each(text, found)
    return [
        table.build(r, said.get(r.lower()) or about(text, r) or table.one_line(f"{subject} {text}"), action)
        for r in found
    ]


def _recipients(anatomy: Anatomy, text: str, subject: str) -> list[str]:
    """Whom the words name, else the subject, else the head of the returned original."""
    if is_named(anatomy):
        return recipients(anatomy, text, surest=True)
    return recipients(anatomy, text) or recipients(anatomy, subject) or _addressee(anatomy)


def about(text: str, recipient: str) -> str:
    """What the text says of one recipient: the paragraph that names it and the answers of servers it quotes."""
    paragraphs, lowered, answers = _paragraphs(text)
    wanted = recipient.lower()
    naming = [i for i, p in enumerate(lowered) if wanted in p]
    chosen = {*naming[:3], *answers}
    if naming and answers and sum(map(len, paragraphs[naming[-1] + 1 : max(answers)])) < _FEW_WORDS:
        chosen |= set(range(naming[-1] + 1, max(answers)))
    if naming and len(chosen) <= len(naming):
        following = _following(paragraphs, naming[-1])
        alone = following.start >= len(paragraphs) and _is_bare(lowered[naming[0]].replace(wanted, ""))
        preceding = _MOST_BEFORE if alone else 1
        chosen |= {*following, *range(max(0, naming[0] - preceding), naming[0])}
    return table.one_line(" ".join(p for i, p in enumerate(paragraphs) if i in chosen))


def _is_bare(text: str) -> bool:
    """Hardly a letter? Asked of the beginning, for a hostile line is long and asked of once for each recipient."""
    return sum(map(str.isalpha, text[:_FEW_WORDS])) < _A_WORD


def _following(paragraphs: list[str], at: int) -> range:
    """The next two paragraphs, and those after them while there are only a few words yet: the rows of a table."""
    end, said = at + 3, sum(map(len, paragraphs[at + 1 : at + 3]))
    while end < min(len(paragraphs), at + _MOST_ROWS) and said < _FEW_WORDS:
        said += len(paragraphs[end])
        end += 1
    return range(at + 1, end)


def _each(text: str, recipients: Collection[str]) -> dict[str, str]:
    """Where a text lists several recipients and says something of each: the lines from its name to the next one's."""
    wanted = {r.lower() for r in recipients}
    if len(wanted) < 2:
        return {}
    hits = [(h, clean(h[0].encode()).lower()) for h in islice(mentions(text[:TEXT_LIMIT]), _MOST)]
    named = [(h, name) for h, name in hits if name in wanted]
    if any("\n" not in text[hit.end() : following.start()] for (hit, _), (following, _) in pairwise(named)):
        return {}  # one sentence about all of them
    found: dict[str, str] = {}
    for (hit, name), following in zip_longest(named, named[1:]):
        begin = text.rfind("\n", 0, hit.start()) + 1
        end = text.rfind("\n", 0, following[0].start()) + 1 if following else len(text)
        begin = max(begin, hit.start() - BEFORE)
        before, after = _LABELS.sub("", text[begin : hit.start()]), text[hit.end() : end]
        if name not in found and not (_is_bare(before) and _is_bare(after)):
            found[name] = table.one_line(text[begin : hit.end()] + " ".join(_BLANK_LINE.split(after)[:3]))
    return found if len(found) == len(wanted) else {}


@lru_cache(maxsize=2)
def _paragraphs(text: str) -> tuple[list[str], list[str], frozenset[int]]:
    """(its paragraphs, the same in lower case, which of them quote a server's answer): asked for every recipient."""
    found = [p for p in _BLANK_LINE.split(text[:TEXT_LIMIT]) if p.strip() and "-Recipient:" not in p]
    answers = frozenset(i for i, p in enumerate(found) if smtp.reply(p) >= 400 or smtp.statuses(p))
    return found, [p.lower() for p in found], answers


def _addressee(anatomy: Anatomy) -> list[str]:
    """For a report to its author that names no address: the only one to whom the returned original was written."""
    wanted = dict.fromkeys(anatomy.addressees()[:2]) if "@" not in anatomy.own_words else {}
    own = {a.lower() for a in addresses(anatomy.letter.head.get(b"to", b""))[:20]}
    author = address(anatomy.original_head().get(b"from", b"")).lower()
    return [a for a in wanted if a.lower() not in own] if len(wanted) == 1 and author in own else []
