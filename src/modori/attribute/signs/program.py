"""Which program sent: a script named by PHP or the control panel, a newsletter program, a form that answers.

X-PHP-Originating-Script and its kin are believed only in letters whose entry line shows a program of the own server.
A form's automatic answer is no break-in. It is told from a dropped mailer by what the owner received: for every visitor
the form also writes to the owner, so the refused recipients stand in the owner's own mail.
"""

from __future__ import annotations

import re

from modori.attribute.case import Case, Seen, Signs, common, sign
from modori.knowledge import table
from modori.octets.digest import hash64
from modori.octets.headers import head_map, unfold

_SCRIPT = re.compile(rb"(?:\d{1,10}:)?([^\s;()<>]{1,255})")
_FIELDS = (b"x-php-originating-script", b"x-php-script", b"x-source-args", b"x-source")


def signs(case: Case) -> Signs:
    found = case.routes("local")
    if found:
        yield from _programs(found)
    made = [*found, *(s for s in case.routes("own") if s.passage.chain)]
    if made:
        yield from _automatic(case, made)


def _programs(found: list[Seen]) -> Signs:
    named = [s for s in found if script(s)]
    if named:
        yield sign("script-named", named, script=common(script(s) for s in named))
    newsletters = [s for s in found if newsletter(s)]
    if len(newsletters) * 2 > len(found):
        yield sign("newsletter-program", newsletters, mailer=common(newsletter(s) for s in newsletters))


def _automatic(case: Case, found: list[Seen]) -> Signs:
    """Letters that the own server shows no password for: do they answer somebody?"""
    automatic = [s for s in found if is_automatic(s)]
    if len(automatic) * 2 > len(found):
        yield sign("auto-submitted", automatic, subject=common(_subject(s) for s in automatic))
    answers = list(_answers(case, found))
    yield from answers
    if not automatic and not answers:
        yield sign("not-automatic", found)


def _answers(case: Case, found: list[Seen]) -> Signs:
    told = [s for s in found if _any(s, case.background.mentions)]
    if len(told) * 2 > len(found):
        yield sign("form-notified", told, count=len(told), of=len(found))
    wrote = [s for s in found if is_automatic(s) and _any(s, case.background.received_from)]
    if len(wrote) * 2 > len(found):
        yield sign("answered-senders", wrote, count=len(wrote), of=len(found))


def _any(seen: Seen, hashes: frozenset[int]) -> bool:
    return any(hash64(f.recipient.lower()) in hashes for f in seen.witness.bounce.failures)


def script(seen: Seen) -> str:
    """The program that the server's own header fields name, "" when none does."""
    original = seen.witness.original
    if original is None:
        return ""
    head = head_map(original.head)
    for name in _FIELDS:
        found = _SCRIPT.match(unfold(head.get(name, b"")))
        if found:
            return found[1].decode("utf-8", "replace")
    return ""


def newsletter(seen: Seen) -> str:
    """The name of the newsletter program whose marks the letter bears."""
    original = seen.witness.original
    head = head_map(original.head) if original else {}
    mailer = unfold(head.get(b"x-mailer", b"")).decode("utf-8", "replace")
    marks = table("newsletter_marks")
    if any(word in mailer.lower() for word in marks["mailer_words"]):
        return mailer[:80]
    return "" if head.keys().isdisjoint(m.encode() for m in marks["fields"]) else (mailer[:80] or "?")


def is_automatic(seen: Seen) -> bool:
    """Auto-Submitted other than no (RFC 3834 section 5), or an older mark of the same meaning."""
    original = seen.witness.original
    head = head_map(original.head) if original else {}
    submitted = unfold(head.get(b"auto-submitted", b"")).lower()
    precedence = unfold(head.get(b"precedence", b"")).lower()
    return bool(submitted and not submitted.startswith(b"no")) or precedence == b"auto_reply" or b"x-autoreply" in head


def _subject(seen: Seen) -> str:
    return seen.witness.original.subject if seen.witness.original else ""
