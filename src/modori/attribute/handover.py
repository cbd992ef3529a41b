"""Did a report that bears my own server's name come in from outside? A look for sorting, not for judging.

Reports are put together by what they literally say before anybody knows the owner, and only a few of each kind are kept
to be examined (`witness`, `ledger.cell`). Somebody who mails a thousand reports in my server's name must not crowd out
the true ones, so those that a foreign client handed over are a kind of their own. `zone` decides whom to believe.
"""

from __future__ import annotations

import re

from modori.attribute.zone import is_private
from modori.octets.addresses import organisation

_LINES = 4
_REACH = 4096
_RECEIVED = re.compile(rb"^Received:[ \t]*(from [^\n]{0,1000})", re.I | re.M)
_CLIENT = re.compile(rb"(?:([A-Za-z0-9.-]{1,255}) )?\(?\[(?:IPv6:|::ffff:)?([0-9A-Fa-f:.]{3,45})\]|\(([0-9.]{7,15})\)")


def came_from_outside(head: bytes, home: str) -> bool:
    """Whether one of the topmost lines names a client with a public address that bears no name of `home`.

    The client calls itself what it likes, but first: the last address of the line is the one that the server saw.
    """
    for number, line in enumerate(_RECEIVED.finditer(head, 0, _REACH)):
        if number >= _LINES:
            break
        client = next(reversed(list(_CLIENT.finditer(line[1]))), None)
        address = (client[2] or client[3]).decode("ascii") if client else ""
        if not client or is_private(address):
            continue
        if not client[1] or organisation(client[1].decode("ascii", "replace").lower().rstrip(".")) != home:
            return True
    return False
