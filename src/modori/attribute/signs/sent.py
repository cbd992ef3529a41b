"""Do the returned letters lie in the folder of sent mail, and are the recipients people the owner writes to?"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, sign
from modori.octets.digest import hash64

_COVERS = 5  # sent letters needed before their absence says anything
_FEW = 5
_DAY = 86_400.0
_QUEUE = 7 * _DAY  # the longest that servers try, and then report


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
    """The original's Message-ID lies in Sent, and servers saw it about when it was sent.

    An intruder can read Sent and copy what stands there, but not turn the servers' clocks back.
    """
    original = seen.witness.original
    identity = original.message_id if original else ""
    written = case.background.sent_ids.get(hash64(identity)) if identity else None
    if written is None:
        return False
    entry = seen.passage.entry
    if entry is not None and entry.when is not None:
        return about(written, entry.when)
    return about(written, seen.witness.moment, _QUEUE)


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
