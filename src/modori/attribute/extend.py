"""What bounces teach about the owner, once it is known which way their originals went.

Accounts: a report that the own server wrote goes to the mailbox of whoever sent the letter. When it names the account
whose password was used, and came into this mailbox under that very address, the account is the owner's, whether or not
anybody said so. Servers: mail may go out elsewhere than it comes in. Letters that lie in Sent, and came back from
people the owner wrote to, show by which server; one such letter may be a trap of its recipient's, so two must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from modori.attribute import owner as owners
from modori.attribute.case import Case, Lookup, Seen
from modori.attribute.houses import house
from modori.attribute.signs.account import account
from modori.attribute.signs.sent import in_sent
from modori.attribute.zone import Zone, client_server, took_in
from modori.octets.addresses import address, domain_of
from modori.octets.headers import head_map
from modori.types import Background, Cluster, Owner

_MOST = 8
_AGREE = 2  # domains of recipients, or servers that refused them, without which a server is not believed


def acquainted(
    background: Background,
    clusters: Sequence[Cluster],
    me: Sequence[str] = (),
    own_hosts: Sequence[str] = (),
    lookup: Lookup | None = None,
) -> tuple[Owner, Zone]:
    """Whose mailbox it is and which servers are theirs: from letters and what the user said, then from the bounces."""
    confirm = owners.confirmer(lookup)
    owner = owners.learn(background, me, own_hosts, clusters)
    owner = extended(owner, Zone(owner, confirm), clusters, background)
    return owner, Zone(owner, confirm)


def extended(owner: Owner, zone: Zone, clusters: Iterable[Cluster], background: Background) -> Owner:
    """The owner with the accounts and the outbound servers that the bounces show."""
    seen = [Seen(witness, zone.passage(witness)) for cluster in clusters for witness in cluster.witnesses]
    case = Case((), 0, 0.0, 0.0, owner, zone, background)
    more = [name for name in dict.fromkeys(filter(None, map(_returned_here, seen))) if name not in owner.addresses]
    addresses = (*owner.addresses, *more[:_MOST])
    return replace(
        owner,
        addresses=addresses,
        domains=tuple(dict.fromkeys(filter(None, map(domain_of, addresses)))),
        outbound=tuple(dict.fromkeys((*owner.outbound, *_outbound(case, seen)))),
    )


def _returned_here(seen: Seen) -> str:
    """The account named by the own server, when its own report about the letter was addressed to it."""
    name = account(seen).replace("%", "@", 1)
    if "@" not in name or seen.passage.writer != "own":
        return ""
    return name if address(head_map(seen.witness.head).get(b"to", b"")).lower() == name else ""


def _outbound(case: Case, seen: Iterable[Seen]) -> Iterator[str]:
    """Hosts that carried letters of the owner's to recipients of two domains or more."""
    carried: dict[str, set[str]] = {}
    for one in seen:
        host = _gateway(one) or _carrier(one)
        if host and in_sent(case, one):
            carried.setdefault(host, set()).update(_agreeing(case, one))
    return (host for host, others in sorted(carried.items()) if len(others) >= _AGREE)


def _agreeing(case: Case, seen: Seen) -> Iterator[str]:
    """Domains of the people the owner wrote to; behind a gateway, the servers that refused, for one may serve many."""
    for failure in seen.witness.bounce.failures:
        if failure.recipient.lower() in case.background.contacts:
            yield house(failure.remote_mta) if _gateway(seen) else domain_of(failure.recipient)


def _gateway(seen: Seen) -> str:
    """A filter through which the own server sends all mail: it returns what other servers refused."""
    line, writer = seen.passage.connecting, house(seen.witness.bounce.writer)
    if line is None or seen.passage.writer != "authenticated" or house(line.by) != writer:
        return ""
    refusing = {house(failure.remote_mta) for failure in seen.witness.bounce.failures}
    return line.by if refusing.isdisjoint({"", writer}) else ""


def _carrier(seen: Seen) -> str:
    """A stranger's server that took the letter in from its sender, or that handed it to the next."""
    entry = seen.passage.entry
    if entry is None or seen.passage.route != "foreign" or seen.passage.writer != "authenticated":
        return ""
    return entry.by if took_in(entry) and house(entry.by) == house(seen.witness.bounce.writer) else client_server(entry)
