"""One or two letters that came back, and days without any more: not how somebody sends with a stolen password.

Said only where there is no folder of sent mail to look into; not before the days have passed, for every flood begins
with its first letter; and not of letters from two networks, for one may be the owner's and the other a stranger's.
"""

from __future__ import annotations

from modori.attribute.case import Case, Signs, sign
from modori.octets.addresses import network

_FEW = 2
_QUIET = 3 * 86_400.0


def signs(case: Case) -> Signs:
    found, newest = case.routes("auth"), case.background.last
    if not found or case.bounces > _FEW or case.background.sent or newest is None:
        return
    networks = {network(s.passage.entry.source_ip) for s in found if s.passage.entry}
    if len(networks) == 1 and newest - case.last >= _QUIET:
        yield sign("few-and-over", found, count=case.bounces)
