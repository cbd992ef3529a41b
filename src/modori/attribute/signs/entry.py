"""Where the returned letters came in: by password, by a program, from outside, at a stranger's server.

The heart of attribution (trust rule, RFC 3848 for the A in ESMTPA). Exactly one of these speaks per witness; a campaign
is made of witnesses with the same route, so the most frequent one speaks for it.
"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, common, distinct, is_mine, sign
from modori.attribute.houses import house
from modori.attribute.signs.spf import allowed
from modori.attribute.zone import is_loopback, took_in
from modori.knowledge import table
from modori.octets.headers import head_map

_SEVERAL = 3  # bounces of which something can be said in common
_WITNESSES = 2  # independent confirmed servers whose story is more than hearsay


def signs(case: Case) -> Signs:
    for route, speak in _SPEAKERS.items():
        found = case.routes(route)
        if found and len(found) * 2 >= len(case.seen):
            yield from speak(case, found)


def _auth(case: Case, found: list[Seen]) -> Signs:
    entries = [s.passage.entry for s in found if s.passage.entry]
    own = any(s.passage.writer == "own" for s in found)
    if not vouched(found):
        yield from _hearsay(found)
        return
    ips = distinct(e.source_ip for e in entries)  # of several, clients.py speaks
    yield sign(
        "own-relay-authenticated",
        found,
        strength=1.0 if own else 0.8,
        host=common(e.by for e in entries),
        account=common(e.account for e in entries),
        ip=ips[0] if len(ips) == 1 else "",
        protocol=common(e.protocol for e in entries),
    )


def _local(case: Case, found: list[Seen]) -> Signs:
    entries = [s.passage.entry for s in found if s.passage.entry]
    own = any(s.passage.writer == "own" for s in found)
    if not vouched(found):
        yield from _hearsay(found)
        return
    yield sign(
        "local-submission",
        found,
        strength=1.0 if own else 0.8,
        host=common(e.by for e in entries),
        uid=common(e.uid for e in entries),
    )


def _injected(case: Case, found: list[Seen]) -> Signs:
    entries = [s.passage.entry for s in found if s.passage.entry]
    yield sign(
        "injected-from-outside",
        found,
        host=common(e.by for e in entries),
        ip=common(e.source_ip for e in entries),
    )


def _foreign(case: Case, found: list[Seen]) -> Signs:
    told = [s for s in found if (e := s.passage.entry) and e.authenticated and e.account and is_mine(case, e.account)]
    if len(told) * 2 > len(found):  # a stranger's server names the owner's account: theirs, or one nobody knew of
        yield from _hearsay(told)
        return
    server = _one_server(found)
    if server and case.bounces >= _SEVERAL:
        yield sign("one-foreign-server", found, host=server)
        return
    permitted = [s for s in found if allowed(case, s)]
    if len(permitted) * 2 > len(found):
        return  # the own domain's record names the client as a sender: spf.py speaks
    proven = [s for s in found if s.passage.writer != "unproven"]
    entries = [s.passage.entry for s in found if s.passage.entry]
    yield sign(
        "foreign-top-hop" if proven else "foreign-top-hop-unproven",
        proven or found,
        host=common(e.source_host or e.source_helo for e in entries),
        ip=common(e.source_ip for e in entries),
        by=common(e.by or s.witness.bounce.writer for s, e in ((s, s.passage.entry) for s in found) if e),
        count=len(distinct(e.source_ip for e in entries)),
    )


def _one_server(found: list[Seen]) -> str:
    """The stranger's server where a user or a program of that server handed in what was seen to be; of the rest, the
    others' servers name the same provider's server as their client. "" when there is none."""
    entries = [e for s in found if (e := s.passage.entry)]
    taken_in = [e for e in entries if took_in(e)]
    homes = {house(e.by if took_in(e) else e.source_host or e.source_helo) for e in entries}
    return common(e.by for e in taken_in) if taken_in and len(homes) == 1 and "" not in homes else ""


def _own(case: Case, found: list[Seen]) -> Signs:
    inside = [s for s in found if s.passage.writer == "own" and by_loopback(s)]
    if inside and len(inside) * 2 >= len(found) and not any(webmail(s) for s in inside):
        yield sign("loopback-client", inside, host=common(s.passage.chain[-1].by for s in inside))
    written = [s for s in found if s.passage.writer == "own"]
    if written:
        yield sign("own-relay-wrote", written, host=common(s.witness.bounce.writer for s in written))
    seen = [s for s in found if s.passage.connecting is not None and s.passage.writer == "authenticated"]
    if seen:
        hops = [s.passage.connecting for s in seen if s.passage.connecting]
        identity = "connecting-ip-own" if _firm(seen) else "connecting-name-own"
        yield sign(identity, seen, ip=common(h.source_ip for h in hops), host=common(h.source_host for h in hops))


def by_loopback(seen: Seen) -> bool:
    """The lowest of the trusted lines, and of all lines, names the own server as its own client."""
    chain = seen.passage.chain
    return bool(chain) and not seen.passage.below and is_loopback(chain[-1].source_ip)


def webmail(seen: Seen) -> bool:
    """The letter says that somebody wrote it in a browser: webmail is a program on the server, too."""
    original = seen.witness.original
    head = head_map(original.head) if original else {}
    made_with = (head.get(b"user-agent", b"") + head.get(b"x-mailer", b"")).decode("latin-1").lower()
    return any(name in made_with for name in table("houses")["webmail"]["mailers"])


def vouched(found: list[Seen]) -> bool:
    """The own server itself, or several independent confirmed servers, tell how these letters came in.

    One foreign server alone may be the forger's own: it can return letters that nobody sent.
    """
    if any(s.passage.writer == "own" for s in found):
        return True
    return len(independent_writers([s for s in found if s.passage.firm])) >= _WITNESSES


def _hearsay(found: list[Seen]) -> Signs:
    hops = [s.passage.connecting for s in found if s.passage.connecting]
    ip, host = common(h.source_ip for h in hops), common(h.source_host for h in hops)
    yield sign("own-relay-hearsay", found, ip=ip, host=host)


def _firm(found: list[Seen]) -> bool:
    return any(s.passage.firm for s in found)


_SPEAKERS = {"auth": _auth, "local": _local, "injected": _injected, "foreign": _foreign, "own": _own}


def independent_writers(found: list[Seen]) -> list[str]:
    """Organisations of the confirmed foreign servers that wrote these bounces."""
    return distinct(house(s.witness.bounce.writer) for s in found if s.passage.writer == "authenticated")
