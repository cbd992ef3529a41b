"""Do the returned letters lie in the folder of sent mail, and are the recipients people the owner writes to?"""

from __future__ import annotations

import re

from modori.attribute.case import Case, Seen, Signs, sign
from modori.octets.digest import hash64

_COVERS = 5  # sent letters needed before their absence says anything
_FEW = 5
_DAY = 86_400.0
_QUEUE = 7 * _DAY  # the longest that servers try, and then report
_MARK = re.compile(r"^(?:\[[^\]]{1,40}\]|\*{1,5}[^*]{1,40}\*{1,5}) *")


def signs(case: Case) -> Signs:
    returned = [s for s in case.seen if s.witness.original is not None]
    if not returned:
        return
    kept = [s for s in returned if in_sent(case, s) and (_mine(s) or _to_contact(case, s))]
    if kept and len(kept) * 2 >= len(returned):
        yield sign("message-id-in-sent", kept, count=len(kept), of=len(returned))
    elif not kept and case.background.sent >= _COVERS and case.bounces >= _FEW:
        yield sign("not-in-sent", returned, of=len(returned))
    yield from _recipients(case, returned)


def in_sent(case: Case, seen: Seen) -> bool:
    """The original's Message-ID lies in Sent, so does its subject, and servers saw it about when it was sent.

    An intruder can read Sent and copy what stands there, but not turn the servers' clocks back; and who must keep the
    subject of the owner's letter cannot announce a parcel.
    """
    original = seen.witness.original
    written = case.background.sent_ids.get(hash64(original.message_id)) if original and original.message_id else None
    if original is None or written is None or not _same_subject(case, original.subject):
        return False
    entry = seen.passage.entry
    if entry is not None and entry.when is not None:
        return about(written, entry.when)
    return about(written, seen.witness.moment, _QUEUE)


def _same_subject(case: Case, subject: str) -> bool:
    """Filters put a mark in brackets or stars before the subject: what follows it counts."""
    said = (subject[:300], _MARK.sub("", subject[:400], count=1)[:300])
    return not subject or any(hash64(text) in case.background.sent_subjects for text in said)


def about(written: float, taken: float, late: float = _DAY) -> bool:
    """Sent at the one moment, taken in at the other: a clock may stand in another zone, a queue may hold for days."""
    return -_DAY <= taken - written <= late


def _mine(seen: Seen) -> bool:
    return seen.passage.route in {"auth", "local", "own"}


def _to_contact(case: Case, seen: Seen) -> bool:
    """Whoever got a letter of the owner's can copy its Message-ID, but not send to whom the owner sent it."""
    return any(f.recipient.lower() in case.background.contacts for f in seen.witness.bounce.failures)


def _recipients(case: Case, returned: list[Seen]) -> Signs:
    refused = {f.recipient.lower() for s in returned for f in s.witness.bounce.failures}
    known = refused & case.background.contacts
    if known and len(known) * 2 >= len(refused):
        yield sign("recipients-known", returned, count=len(known), of=len(refused))
    elif not known and len(refused) >= _FEW and case.background.sent >= _COVERS:
        yield sign("recipients-unknown", returned, of=len(refused))
