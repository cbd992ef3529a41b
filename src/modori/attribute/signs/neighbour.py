"""Another customer of the same provider: another web server, or another user id, than the owner's own site uses.

The owner's own site is known by letters that it made (a form's notices lying in the mailbox). Without such a letter
nothing is said: a program's user id alone tells nobody whose it is.
"""

from __future__ import annotations

from modori.attribute.case import Case, Signs, common, distinct, sign
from modori.attribute.received import hop
from modori.octets.headers import every
from modori.types import Correspondence


def signs(case: Case) -> Signs:
    found = case.routes("local")
    homes = {home for letter in case.background.own_made for home in _homes(letter)}
    if not found or not homes:
        return
    here = [(s.passage.entry.by, s.passage.entry.uid) for s in found if s.passage.entry]
    strangers = [(host, uid) for host, uid in here if not _known(host, uid, homes)]
    if not strangers or len(strangers) < len(here):
        return
    host, uid = common(host for host, _ in strangers), common(uid for _, uid in strangers)
    own = [number for home, number in homes if home == host]
    if own:
        yield sign("neighbour-user", found, host=host, uid=uid, own=", ".join(distinct(own)[:3]))
    else:
        yield sign("neighbour-server", found, host=host, uid=uid, own=", ".join(distinct(h for h, _ in homes)[:3]))


def _homes(letter: Correspondence) -> list[tuple[str, str]]:
    """(host, user id) of the program that made one of the owner's own letters."""
    hops = [hop(line) for line in every(letter.head, b"received")[:12]]
    return [(h.by, h.uid) for h in hops if h.local]


def _known(host: str, uid: str, homes: set[tuple[str, str]]) -> bool:
    return any(host == own and (uid == number or not uid or not number) for own, number in homes)
