"""Return paths with a tag that only the own server can make: prvs=KDDDSSSSSS=user@domain (BATV, draft-levine-batv).

The key is the server's, so a tag cannot be checked here; what can be seen is whether the owner's mail always bears one
(the own letters that bounced show it) and whether the day in it fits. A stranger can copy the tag of a letter received
from the owner within the week, and a server may tag only part of its mail: both bound the weight by the samples seen.
"""

from __future__ import annotations

import math
import re

from modori.attribute.case import Case, Seen, Signs, sign
from modori.attribute.signs.sent import in_sent
from modori.octets.headers import every

_PRVS = re.compile(rb"prvs=(\d)(\d{3})[0-9a-fA-F]{6}=", re.IGNORECASE)
_FIELDS = (b"x-original-to", b"delivered-to", b"envelope-to", b"to")
_FEW = 5
_FULL = 50
_LIFE = 8  # days that a tag is good for, and one for the clocks


def signs(case: Case) -> Signs:
    samples = [s for s in case.others if s.passage.route in {"auth", "own", "local"} and in_sent(case, s)]
    if len(samples) < _FEW or not all(tag(s) for s in samples):
        return
    strength = min(1.0, math.log(len(samples) + 2) / math.log(_FULL + 2))
    bare = [s for s in case.seen if not tag(s)]
    fresh = [s for s in case.seen if _fresh(s)]
    if len(bare) == len(case.seen):
        yield sign("tag-missing", bare, strength=strength, samples=len(samples))
    elif len(fresh) == len(case.seen) and case.routes("auth", "local", "own"):
        yield sign("tag-valid", fresh, strength=strength, samples=len(samples))


def tag(seen: Seen) -> tuple[int, int] | None:
    """(key number, day number) of the tag that the bounced letter's return path bore."""
    for name in _FIELDS:
        for value in every(seen.witness.head, name):
            if found := _PRVS.search(value[:1000]):
                return int(found[1]), int(found[2])
    found = _PRVS.search(seen.witness.bounce.envelope_sender.encode())
    return (int(found[1]), int(found[2])) if found else None


def _fresh(seen: Seen) -> bool:
    """The tag's day is when it runs out: a thousand-day count that lies at most a week ahead of the letter."""
    found = tag(seen)
    if found is None:
        return False
    today = int(seen.witness.moment // 86_400) % 1000
    return (found[1] - today) % 1000 <= _LIFE or (today - found[1]) % 1000 <= 1
