"""The owner's own letters among the refusals: "these three letters of yours did not go out".

While a hijacker uses up the limit, the server refuses what the owner writes as well, and the refusals drown among
the bounces. A letter is the owner's when its Message-ID lies in the folder of sent mail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from modori.octets.digest import hash64
from modori.types import Unsent, Witness

_LIMITS = frozenset({"sending-limit", "sender-suspended", "rate-limited"})


def unsent(witnesses: Iterable[Witness], sent_ids: Collection[int]) -> tuple[Unsent, ...]:
    """In order of time, each letter once with all its refused recipients; `sent_ids` are hashes (octets.digest)."""
    found: dict[str, Unsent] = {}
    for witness in sorted(witnesses, key=lambda w: (w.moment, w.digest)):
        letter = witness.original
        refused = tuple(f.recipient for f in witness.bounce.failures if f.reason and f.reason.code in _LIMITS)
        if letter is not None and hash64(letter.message_id) in sent_ids and refused:
            fresh = Unsent(witness.bounce.place, letter.message_id, letter.subject, (), witness.moment)
            known = found.get(letter.message_id, fresh)
            everyone = tuple(dict.fromkeys((*known.recipients, *refused)))
            found[letter.message_id] = replace(known, recipients=everyone)
    return tuple(found.values())
