"""sendmail's report in words: the address lists, the transcript of the session, and V5's transcript alone.

The list says whom it is about and sometimes why ("reason:", "expanded from:"); the transcript says what the remote
server answered. V5 and IDA write no list: there the transcript's own "550 <addr>... User unknown" lines name them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from modori.knowledge.dialect import Dialect
from modori.octets.addresses import clean
from modori.parse import table
from modori.parse.anatomy import Anatomy
from modori.types import Action, Failure

_HYPHENS = "---"  # of every rule
_RULE = r"[ \t]{0,4}-{3,6} ?"  # "   ----- "
_LINES = rf"((?:(?!{_RULE})[^\n]*\n?){{1,20000}})"  # everything up to the next rule
_LIST = re.compile(rf"(?mi)^{_RULE}The following addresses? (?:had|have) ([^\n]{{1,80}}?)-{{3,6}}[ \t]*\n{_LINES}")
_TRANSCRIPT = re.compile(rf"(?mi)^{_RULE}Transcript of (?:the )?session follows[^\n]*\n{_LINES}")
_ITEM = re.compile(
    r"(?m)^[ \t]{0,4}(?:>>> )?"
    r"(?:<([^<>\s]{1,320})>|([^\s<>()\"]{1,128}@[^\s<>()]{1,255})|(\"?\|[^\n]{1,200}))([^\n]*)$"
)
_REASON = re.compile(r"(?i)\(reason:[ \t]{0,4}([^\n]{1,1000}?)\)?[ \t]*$", re.MULTILINE)
_EXPANDED = re.compile(r"(?i)\(expanded from:[ \t]{0,4}<?([^\s<>()]{1,320})>?\)")
_ERROR = re.compile(
    r"(?m)^([245]\d\d)[ -](?:[45]\.\d{1,3}\.\d{1,3} )?"
    r"<?([^\s<>]{1,128}@[^\s<>.]{1,200}(?:\.[^\s<>.]{1,100}){0,12})>?\.\.\.[^\n]*"
)
_TALKING = re.compile(r"(?i)while talking to ([\w.\-]{1,255})")
_SPOKEN = re.compile(r"(?m)^(?:<<< |[45]\d\d[ -])[^\n]*")


def read(anatomy: Anatomy, dialect: Dialect) -> list[Failure]:
    """The failures of a sendmail report, from its list or, without one, from its transcript."""
    if _HYPHENS not in anatomy.text:  # asked of every report, and far quicker than the patterns
        return table.read(anatomy, dialect)
    text = anatomy.text + "\n"
    found = _TRANSCRIPT.search(text)
    transcript = found[1] if found else ""
    action: Action = "delayed" if anatomy.delayed else "failed"
    listed = [f for block in _LIST.finditer(text) for f in _listed(block[1], block[2], transcript, action)]
    return listed or _spoken(transcript, action) or table.read(anatomy, dialect)


def _listed(kind: str, block: str, transcript: str, action: Action) -> list[Failure]:
    if "successful" in kind.lower():
        action = "delivered"
    elif "transient" in kind.lower():
        action = "delayed"
    items = list(_ITEM.finditer(block))
    failures: dict[str, Failure] = {}
    for item, following in zip_longest(items, items[1:]):
        below = block[item.end() : following.start() if following else len(block)]
        failure = _failure(item, below, transcript, action)
        failures.setdefault(failure.recipient.lower(), failure)
        if failure.alias:  # nobody but the reader can tell which of the two he wrote to
            twin = replace(failure, recipient=failure.alias, alias=failure.recipient)
            failures.setdefault(twin.recipient.lower(), twin)
    return list(failures.values())


def _failure(item: re.Match[str], below: str, transcript: str, action: Action) -> Failure:
    expanded = _EXPANDED.search(below)
    alias = clean(expanded[1].encode()) if expanded else ""
    recipient = clean((item[1] or item[2] or item[3]).encode())
    if item[3] and alias:
        recipient, alias = alias, ""  # a program or file of that address
    reason = _REASON.search(below)
    beside = "" if "@" in item[4] else item[4].strip(" \t>")  # "(unrecoverable error)", "[User unknown]"
    words = f"{reason[1] if reason else beside} {_said_of(recipient, transcript)}"
    if words.isspace():  # the answer may stand below the address
        words = below.strip().partition("\n\n")[0]
    built = table.build(recipient, table.one_line(words), action)
    return replace(built, remote_mta=_talked_to(transcript), alias=alias)


def _said_of(recipient: str, transcript: str) -> str:
    """The lines of the transcript about one recipient: its error line and the session it ended; else every answer."""
    lower, name = transcript.lower(), recipient.lower()
    mention = max(lower.find(f"{name}>... "), lower.find(f"{name}... "))
    if mention < 0:
        return " ".join(_SPOKEN.findall(transcript)[:20])
    line_at = transcript.rfind("\n", 0, mention) + 1
    before = transcript.rfind("alking to ", 0, mention)
    others = (m for m in _ERROR.finditer(transcript, 0, mention) if name not in m[0].lower())
    earlier = [other.end() for other in others]
    begin = max([before if before >= 0 else line_at, *earlier[-1:]])
    block = transcript[begin:line_at]
    line = transcript[line_at:].partition("\n")[0]
    said = [spoken.removeprefix("<<< ") for spoken in _SPOKEN.findall(block)]
    return " ".join([*said, line]) + _command(block)


def _command(block: str) -> str:
    sent = re.findall(r"(?m)^>>> [^\n]{0,200}", block)
    return f" ({sent[-1]})" if sent else ""


def _spoken(transcript: str, action: Action) -> list[Failure]:
    failures: dict[str, Failure] = {}
    for found in _ERROR.finditer(transcript):
        recipient = clean(found[2].encode())
        words = table.one_line(_said_of(recipient, transcript))
        failures.setdefault(recipient.lower(), table.build(recipient, words, action))
    return list(failures.values())


def _talked_to(transcript: str) -> str:
    found = _TALKING.search(transcript)
    return found[1].rstrip(".:").lower() if found else ""
