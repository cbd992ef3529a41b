"""Whose password: the account that the own server names, in its Received line or in the panel's own header fields.

X-Authenticated-Sender and X-Get-Message-Sender-Via (cPanel) and X-Source-Auth (HostGator) are written by the own server
into the letter, but a stranger can write them too; they count only when the entry line itself shows AUTH.
"""

from __future__ import annotations

import re

from modori.attribute.case import Case, Seen, Signs, common, distinct, is_mine, sign
from modori.attribute.houses import house
from modori.attribute.signs.entry import vouched
from modori.octets.addresses import domain_of
from modori.octets.headers import head_map, unfold

_VALUE = re.compile(rb"(?:authenticated_id:\s*|^[^\s:]{1,255}:\s+|^)([^\s/<>]{1,255})")


def signs(case: Case) -> Signs:
    entered = case.routes("auth")
    if not entered or not vouched(entered):
        return
    named = [(s, name) for s in entered if (name := account(s))]
    mine = [s for s, name in named if is_mine(case, name)]
    other = [s for s, name in named if is_other(case, name)]
    if mine and len(mine) >= len(other):
        yield sign("account-named", mine, account=common(account(s) for s in mine))
    elif other:
        yield sign("account-other", other, account=common(account(s) for s in other))
    else:
        yield sign("account-hidden", entered, host=common(s.passage.entry.by for s in entered if s.passage.entry))


def account(seen: Seen) -> str:
    """The account named by the own server for this witness, "" when it does not say."""
    entry = seen.passage.entry
    if entry is None or seen.passage.route != "auth":
        return ""
    if entry.account:
        return entry.account
    original = seen.witness.original
    head = head_map(original.head) if original else {}
    for name in (b"x-authenticated-sender", b"x-get-message-sender-via", b"x-source-auth", b"x-auth-user"):
        found = _VALUE.search(unfold(head.get(name, b"")))
        if found:
            return found[1].decode("utf-8", "replace").lower()
    return ""


def is_other(case: Case, name: str) -> bool:
    """Surely another customer's: an address of a domain that is neither the owner's nor the provider's.

    Login names of the provider's own making (w123456, shop@rental.example) may be anybody's, so also the owner's.
    """
    domain = domain_of(name.replace("%", "@", 1))
    if not domain or not case.owner.addresses or is_mine(case, name):
        return False
    return house(domain) not in case.zone.organisations


def accounts(case: Case) -> list[str]:
    """All accounts named in the campaign."""
    return distinct(account(s) for s in case.seen)
