"""Mail that came in for the owner and was sent on elsewhere: the server sends it, nobody's password is involved.

Shown by what cannot be forged from outside: the same letter lies in the mailbox, or all bounces name one recipient for
letters of many senders.
"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, common, distinct, is_owners, refused, sign
from modori.octets.digest import hash64

_ALL = 3
_MANY = 6


def signs(case: Case) -> Signs:
    found = [s for s in case.seen if s.passage.route in {"local", "injected", "own"} and s.witness.original is not None]
    if not found:
        return
    outside = [s for s in found if not _own_sender(case, s)]
    if len(outside) * 2 > len(found):
        yield sign("sender-foreign", outside, of=len(found))
    elif not outside:
        yield sign("sender-own", found)
    sent_on = [s for s in found if _sent_on(case, s)]
    if len(sent_on) * 2 > len(found):
        yield sign("forwarding-hop", sent_on, to=_to(sent_on))
    lying = [s for s in found if in_mailbox(case, s)]
    if lying and len(lying) * 2 >= len(outside or found):
        yield sign("forwarded-same-letter", lying, count=len(lying), of=len(found), to=_to(lying))
    logged = [s for s in found if _logged(case, s)]
    if len(logged) * 2 > len(found):
        yield sign("forward-logged", logged, to=_to(logged))
    recipients = distinct(r for s in found for r in refused(s))
    senders = distinct(_sender(s) for s in found)
    if len(recipients) >= _MANY:
        yield sign("recipients-many", found, count=len(recipients))
    if len(recipients) == 1 and case.bounces >= _ALL and len(senders) >= min(_ALL, len(found)):
        yield sign("forwarding-recipient", found, to=recipients[0], count=len(senders))


def _sent_on(case: Case, seen: Seen) -> bool:
    """Taken in from outside for an own address, refused at an address that is not own."""
    entry = seen.passage.entry
    if entry is None or seen.passage.route != "injected" or seen.passage.writer != "own":
        return False
    elsewhere = [r for r in refused(seen) if not is_owners(case.owner, r) and r != entry.recipient]
    return bool(elsewhere) and (is_owners(case.owner, entry.recipient) or in_mailbox(case, seen))


def _logged(case: Case, seen: Seen) -> bool:
    """The server's log shows mail for an own address sent on to the refused one."""
    addresses = set(refused(seen))
    own = {box for box, onward in case.background.forwards if onward in addresses}
    return any(is_owners(case.owner, box) for box in own)


def in_mailbox(case: Case, seen: Seen) -> bool:
    """The returned letter also lies in the owner's mailbox, as an ordinary letter."""
    original = seen.witness.original
    if original is None or not original.message_id:
        return False
    return hash64(original.message_id) in case.background.received_ids and not _own_sender(case, seen)


def _own_sender(case: Case, seen: Seen) -> bool:
    return is_owners(case.owner, _sender(seen))


def _sender(seen: Seen) -> str:
    return seen.witness.original.sender.lower() if seen.witness.original else ""


def _to(found: list[Seen]) -> str:
    return common(r for s in found for r in refused(s))
