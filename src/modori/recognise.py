"""Which letters can be reports, and of which dialects: a few look-ups in the head, no look at the body.

An ordinary letter costs a few microseconds. A mark that fits proves nothing by itself: the parser demands structure.
What people write (a reply to a bounce, a bounce forwarded as an attachment) has no marks and stays ordinary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from modori.knowledge import table
from modori.knowledge.dialect import TIERS, dialects
from modori.octets.charsets import words
from modori.octets.headers import unfold
from modori.types import Letter

Mark = tuple[bytes, str, int]  # what must fit besides the key, dialect, rank of its tier
Score = tuple[int, int]  # of a dialect, the likelier the less: rank of its surest mark, less 1 for every mark that fits

REPORT = b"multipart/report"
_DOMAIN_END = re.compile(rb"[>\s(\"]")
_LABELS = 8  # of a domain name looked at
_QUOTES = b"*[\"' "  # before the first word
_PUNCTUATION = _QUOTES + b":;,.!-]()"
_COMMON = frozenset({b"from", b"return-path"})
_SAID = frozenset({b"x-failed-recipients", b"auto-submitted"})  # say of themselves that a program wrote
_LAST = frozenset({"rfc3464", "plain", "autoreply"})  # whatever their marks, tried after the dialects of one software
_ANSWERS = ("autoreply",)  # written by people's programs: the only dialects whose sender may be a person


@dataclass(slots=True)
class Index:
    """Every mark under the key by which a letter can be looked up."""

    headers: dict[bytes, list[Mark]] = field(default_factory=dict)
    subjects: dict[bytes, list[Mark]] = field(default_factory=dict)  # by first word
    foreign: list[Mark] = field(default_factory=list)  # subjects that do not begin with an ASCII word
    locals: dict[bytes, dict[bytes, list[Mark]]] = field(default_factory=dict)  # by local part, then domain
    types: dict[bytes, list[Mark]] = field(default_factory=dict)
    daemons: frozenset[bytes] = frozenset()
    names: tuple[bytes, ...] = ()
    common: list[tuple[bytes, Mark]] = field(default_factory=list)  # in fields that nearly every letter has
    telling: frozenset[bytes] = _SAID  # the keys of `headers`, and what says "a program"


class Traits(NamedTuple):
    """All of a head that bears on its dialects. The bounces of a flood share it: they differ in what it leaves out."""

    sender: bytes | None
    subject: bytes
    report: bool  # multipart/report
    null_path: bool  # Return-Path: <>
    automatic: bool  # a field says that a program wrote it
    marks: frozenset[Mark]  # those of fields and of the Content-Type that fit


def recognise(letter: Letter) -> tuple[str, ...]:
    """The dialects that this letter may be written in, likeliest first; () for an ordinary letter."""
    head, index = letter.head, _index()
    subject, sender = head.get(b"subject", b""), head.get(b"from")
    content, path = head.get(b"content-type", b""), head.get(b"return-path")
    media = content[:24].partition(b";")[0].lower()
    report, null_path = media == REPORT, path is not None and path.strip() in (b"<>", b"")
    marks = [mark for name, mark in index.common if mark[0] in head.get(name, b"")[:400].lower()]
    told = () if index.telling.isdisjoint(head) else index.telling.intersection(head)
    for name in told:
        marks += _fitting(head[name][:1000], index.headers.get(name, ()))
    if media in index.types:
        marks += _fitting(content[:2000], index.types[media])
    if not (marks or report or null_path or told):
        local = _mailbox(sender or b"")[0]
        known = local in index.locals or local in index.daemons
        if not known and _first_word(subject[:40].lower()) not in index.subjects:
            return ()
    automatic = sender is None or (path is not None and b"mailer-daemon" in path.lower()) or _automatic(head, told)
    return _candidates(Traits(sender and sender[:400], subject[:600], report, null_path, automatic, frozenset(marks)))


def _fitting(value: bytes, marks: Iterable[Mark]) -> list[Mark]:
    value = value.lower()
    return [mark for mark in marks if mark[0] in value]


def _automatic(head: Mapping[bytes, bytes], told: Collection[bytes]) -> bool:
    """Does a field say that a program wrote this letter?"""
    if b"x-failed-recipients" in told:
        return True
    submitted = head[b"auto-submitted"].strip().lower() if b"auto-submitted" in told else b""
    return submitted != b"" and not submitted.startswith(b"no")


@lru_cache(maxsize=1024)
def _candidates(traits: Traits) -> tuple[str, ...]:
    """The dialects of every head with these traits."""
    index, hits = _index(), dict[str, Score]()
    local, rest = _mailbox(traits.sender or b"")
    _collect(traits.marks, b"", hits, lambda value, wanted: True)
    if local in index.locals:
        _by_sender(index.locals[local], _DOMAIN_END.split(rest, 1)[0], hits)
    key = _first_word(traits.subject[:40].lower())
    if key in index.subjects:
        _collect(index.subjects[key], unfold(traits.subject[:300]).lower().lstrip(_QUOTES), hits, bytes.startswith)
    daemon = local in index.daemons or traits.null_path
    if not (hits or daemon or traits.report or traits.automatic):
        return ()
    return _settle(traits, index, hits, daemon)


def _settle(traits: Traits, index: Index, hits: dict[str, Score], daemon: bool) -> tuple[str, ...]:
    """For heads that bear a mark, perhaps in a foreign subject: who can have written it, the general readers."""
    subject = traits.subject
    if b"=?" in subject[:80] or not subject[:40].isascii():
        decoded = words(subject).lower().replace("\xa0", " ").encode()
        _collect(index.subjects.get(_first_word(decoded), ()), decoded.lstrip(_QUOTES), hits, bytes.startswith)
        _collect(index.foreign, decoded, hits, bytes.__contains__)
    if not (hits or daemon or traits.report):
        return ()
    sender = (traits.sender or b"").lower()
    certain = any(rank == 0 for rank, _ in hits.values())
    named = any(name in sender for name in index.names)
    if not (daemon or certain or named or traits.report or traits.automatic):
        return tuple(name for name in _ANSWERS if name in hits)
    return _ranked(hits, traits.report)


def _ranked(scores: Mapping[str, Score], report: bool) -> tuple[str, ...]:
    ranked = sorted((n for n in scores if n not in _LAST), key=lambda name: (scores[name], name))
    general = ["rfc3464", "plain"] if report else ["plain"]
    return (*ranked, *general, *(n for n in _ANSWERS if n in scores))


def _collect(marks: Iterable[Mark], value: bytes, hits: dict[str, Score], fits: Callable[[bytes, bytes], bool]) -> None:
    for wanted, name, rank in marks:
        if fits(value, wanted):
            best, less = hits.get(name, (rank, 0))
            hits[name] = (min(best, rank), less - 1)


def _by_sender(domains: Mapping[bytes, list[Mark]], domain: bytes, hits: dict[str, Score]) -> None:
    """Marks of the domain itself and of every domain above it; b"" holds those of any domain."""
    for _ in range(_LABELS):
        if domain in domains:
            _collect(domains[domain], b"", hits, bytes.startswith)
        if not domain:
            return
        domain = domain.partition(b".")[2]


def _first_word(subject: bytes) -> bytes:
    words = subject.split(None, 1)
    return words[0].strip(_PUNCTUATION) if words else b""


def _mailbox(value: bytes) -> tuple[bytes, bytes]:
    """(local part, what follows the @) of a From value, lower-case; roughly, because the usual letter pays for it."""
    value = value[:400].lower()
    at = value.rfind(b"@")
    if at < 0:
        return value.partition(b"(")[0].strip(b' \t\r\n<>"'), b""  # "MAILER-DAEMON (Mail Delivery System)"
    begin = max(value.rfind(b"<", 0, at), value.rfind(b" ", 0, at)) + 1
    return value[begin:at].strip(b'"\t'), value[at + 1 :]


@lru_cache(maxsize=1)
def _index() -> Index:
    known = table("daemons")
    index = Index(
        daemons=frozenset([b"", *(name.encode() for name in known["local"])]),  # "": From is <> or missing
        names=tuple(name.encode() for name in known["names"]),
    )
    for dialect in dialects().values():
        for rank, tier in enumerate(TIERS):
            _enter(index, dialect.id, rank, dialect.marks.get(tier, {}))
    index.telling = _SAID.union(index.headers)
    return index


def _enter(index: Index, name: str, rank: int, marks: Mapping[str, object]) -> None:
    for header in _strings(marks.get("header")):
        index.headers.setdefault(header, []).append((b"", name, rank))
    values = marks.get("value")
    for named, wanted in values.items() if isinstance(values, dict) else ():
        for value in _strings(wanted):
            if named.encode() in _COMMON:
                index.common.append((named.encode(), (value, name, rank)))
            else:
                index.headers.setdefault(named.encode(), []).append((value, name, rank))
    for subject in _strings(marks.get("subject")):
        if subject.isascii():
            index.subjects.setdefault(_first_word(subject), []).append((subject, name, rank))
        else:
            index.foreign.append((subject, name, rank))
    for address in _strings(marks.get("from")):
        local, _, domain = address.partition(b"@")
        index.locals.setdefault(local, {}).setdefault(domain, []).append((b"", name, rank))
    for kind in _strings(marks.get("type")):
        media, _, wanted = kind.partition(b" ")
        index.types.setdefault(media, []).append((wanted, name, rank))


def _strings(value: object) -> list[bytes]:
    return [item.encode() for item in value] if isinstance(value, list) else []
