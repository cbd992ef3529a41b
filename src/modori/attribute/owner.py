"""Whose mailbox is it, and which servers are theirs: learned from ordinary letters, corrected by what the user says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from modori.attribute.houses import house
from modori.attribute.letters import delivered_to, servers
from modori.octets.addresses import domain_of
from modori.octets.headers import head_map
from modori.types import Background, Cluster, Owner

_SHARE = 0.02  # a server that stamped fewer of the letters than this is an accident or a forgery


def learn(
    background: Background, me: Sequence[str] = (), own_hosts: Sequence[str] = (), clusters: Iterable[Cluster] = ()
) -> Owner:
    """The owner of the mailbox. What the user said (`me`, `own_hosts`) always counts; the rest is what letters show.

    Inbound servers are those that wrote the topmost Received line of the letters; a mailbox cannot be filled past them.
    Outbound servers are the others of the same organisations that handed letters to them. The bounces' own topmost
    lines teach the same, for mailboxes that hold nothing else.
    """
    groups = tuple(clusters)
    addresses = tuple(dict.fromkeys(a.strip().lower() for a in me if a.strip())) or _addresses(background, groups)
    stamped, handed = _from_bounces(groups)
    told = [h.strip().lower().rstrip(".") for h in own_hosts]
    inbound = tuple(dict.fromkeys((*_frequent(background.inbound or stamped), *told)))
    organisations = {house(host) for host in inbound} - {""}
    pairs = [name.partition(" ")[::2] for name in dict.fromkeys((*background.internal, *handed))]
    outbound = tuple(dict.fromkeys(h for h, _ in pairs if h not in inbound and house(h) in organisations))
    networks = tuple(dict.fromkeys(ip for host, ip in pairs if ip and house(host) in organisations))
    domains = tuple(dict.fromkeys(filter(None, map(domain_of, addresses))))
    return Owner(
        addresses=addresses,
        domains=domains,
        inbound=inbound,
        outbound=outbound,
        networks=networks,
        providers=tuple(sorted(organisations)),
        client_ips=usual_clients(background, addresses),
    )


def _from_bounces(clusters: Iterable[Cluster]) -> tuple[dict[str, int], list[str]]:
    stamped: dict[str, int] = {}
    handed: list[str] = []
    for cluster in clusters:
        for witness in cluster.witnesses:
            _, seen = servers(witness.head)
            for host in seen.inbound:
                stamped[host] = stamped.get(host, 0) + 1
            handed += [f"{host} {address}" for host, address in seen.internal]
    return stamped, sorted(set(handed))


def confirmer(lookup: Callable[[str, str], tuple[str, ...]] | None) -> Callable[[str, str], bool] | None:
    """Asks DNS whether a host has an address, for servers that came without a confirmed name; None when offline."""
    if lookup is None:
        return None
    return lambda host, address: bool(host and address) and address in lookup(host, "AAAA" if ":" in address else "A")


def _addresses(background: Background, clusters: Iterable[Cluster]) -> tuple[str, ...]:
    """The address the letters were delivered to; else the one the sent mail comes from; else the commonest in To.

    Where there is nothing but bounces, the address that they were delivered to.
    """
    returned = _delivered(clusters) if not background.delivered_to else {}
    for counts in (background.delivered_to, background.sent_from, returned, background.addressed_to):
        frequent = _frequent(counts, share=0.25)
        if frequent:
            return tuple(frequent[:8])
    return ()


def _delivered(clusters: Iterable[Cluster]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for cluster in clusters:
        for witness in cluster.witnesses:
            address = delivered_to(head_map(witness.head), to=True)
            if address:
                counts[address] = counts.get(address, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _frequent(counts: Mapping[str, int], share: float = _SHARE) -> list[str]:
    total = sum(counts.values())
    return [name for name, count in counts.items() if name and count >= max(1.0, share * total)]


def usual_clients(background: Background, addresses: Sequence[str]) -> tuple[str, ...]:
    """Addresses the owner reads mail from (IMAP, POP): a spammer has the password too, but no reason to read for days.

    An address counts when it was seen on two days or more, and the most frequent one always.
    """
    spans: dict[str, tuple[int, float, float]] = {}
    for use in background.logins:
        account, service, result = use.what
        if result == "ok" and service in {"imap", "pop3"} and _same(account, addresses) and use.client_ip:
            count, first, last = spans.get(use.client_ip, (0, use.first, use.last))
            spans[use.client_ip] = (count + use.count, min(first, use.first), max(last, use.last))
    ranked = sorted(spans.items(), key=lambda entry: (-entry[1][0], entry[0]))
    return tuple(ip for n, (ip, (_, first, last)) in enumerate(ranked) if n == 0 or last - first > 86_400)


def _same(account: str, addresses: Sequence[str]) -> bool:
    return account in addresses or ("@" not in account and account in {a.partition("@")[0] for a in addresses})
