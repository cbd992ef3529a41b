"""Did a report that bears my own server's name come in from outside? A look for sorting, not for judging.

Reports are put together by what they literally say before anybody knows the owner, and only a few of each kind are kept
to be examined (`witness`, `ledger.cell`). Somebody who mails a thousand reports in my server's name must not crowd out
the true ones, so those that a foreign client handed over are a kind of their own. `zone` decides whom to believe.
"""

from __future__ import annotations

from modori.attribute.zone import is_private
from modori.octets.addresses import is_ip, organisation

_LINES = 4
_REACH = 4096
_LINE = b"eceived: from "  # searched as bytes: every report of the own server's pays for it


def came_from_outside(head: bytes, home: str) -> bool:
    """Whether one of the topmost lines names a client with a public address that bears no name of `home`.

    The client calls itself what it likes, but first: the last address of the line is the one that the server saw.
    """
    at = 0
    for _ in range(_LINES):
        at = head.find(_LINE, at, _REACH) + len(_LINE)
        if at < len(_LINE):
            return False
        name, address = _client(head[at : head.find(b"\n", at)])
        if address and not is_private(address) and organisation(name) != home:
            return True
    return False


def _client(line: bytes) -> tuple[str, str]:
    """(name, address): "(NAME [ADDRESS])"; Exim: "NAME ([ADDRESS]:PORT helo=HELO)"; qmail: "NAME (ADDRESS)"."""
    row = line.partition(b" helo=")[0]
    bracket = row.rfind(b"[")
    begin = bracket if bracket >= 0 else row.rfind(b"(")
    address = row[begin + 1 :].partition(b"]" if bracket >= 0 else b")")[0].decode("latin-1").lower()
    address = address.removeprefix("ipv6:").removeprefix("::ffff:")
    before = row[:begin].replace(b"(", b" ").split()
    if not is_ip(address) or not before:
        return "", address if is_ip(address) else ""
    return before[-1 if bracket >= 0 else 0].decode("latin-1").lower().rstrip("."), address
