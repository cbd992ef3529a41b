"""From how many places the password was used, and whether the owner was ever there.

The client's address in the own server's line cannot be made up; somebody behind the owner's router has it too.
"""

from __future__ import annotations

from modori.attribute.case import Case, Signs, distinct, sign
from modori.attribute.signs.entry import vouched
from modori.attribute.signs.usual import tells, usual

_MANY = 3


def signs(case: Case) -> Signs:
    entered = case.routes("auth")
    clients = [ip for ip in distinct(s.passage.entry.source_ip for s in entered if s.passage.entry) if tells(case, ip)]
    if not clients or not vouched(entered):
        return
    known = usual(case)
    strange = [ip for ip in clients if ip not in known]
    if len(strange) >= _MANY:
        yield sign("many-networks", entered, count=len(strange), ips=", ".join(strange[:5]))
    elif known and not strange:
        yield sign("usual-network", entered, ip=clients[0])
    elif known and len(strange) == len(clients):
        yield sign("new-network", entered, ip=strange[0])
