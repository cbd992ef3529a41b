"""Do the returned letters lie in the folder of sent mail, and are the recipients people the owner writes to?"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, sign
from modori.octets.digest import hash64

_COVERS = 5  # sent letters needed before their absence says anything
_FEW = 5


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
    """The original's Message-ID lies in Sent. Its subject alone would not do: anybody can copy one."""
    original = seen.witness.original
    identity = original.message_id if original else ""
    return bool(identity) and hash64(identity) in case.background.sent_ids


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
