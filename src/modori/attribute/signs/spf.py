"""Was the client that handed the letters in allowed to send for the own domain (RFC 7208)?

Two sources. What the refusing server stamped: only in fields above its own topmost Received line, where no sender can
write, only under its own name, and only when it is known who wrote the bounce. And, under --online, the client's
address against the record of today. All customers of a provider pass alike; a record may have changed since.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from modori.attribute.case import Case, Lookup, Seen, Signs, common, sign
from modori.attribute.zone import is_private
from modori.octets.addresses import domain_of, organisation
from modori.octets.headers import fields, unfold
from modori.octets.senderpolicy import check_host
from modori.types import Hop

_ASKED = 4  # addresses looked up
_STAMPS = frozenset({b"received-spf", b"authentication-results"})
_RESULT = re.compile(r"(?:^|[\s;])spf\s*=\s*(pass|fail|softfail|hardfail)\b")
_SERVER = re.compile(r"\breceiver\s*=\s*\"?([\w.-]{1,253})|^\s*(?:pass|fail|softfail)\s*\(\s*([\w.-]{1,253}):")
_DOMAIN = re.compile(r"(?:envelope-from|smtp\.mailfrom|domain of)\s*=?\s*[\"<]?(?:[^\s\"<>@;]{1,128}@)?([\w.-]{1,253})")


def signs(case: Case) -> Signs:
    found = case.routes("foreign", "own", "auth", "local")
    stamped = [(seen, said) for seen in found if (said := _stamped(case, seen))]
    if stamped:
        said = common(result_of for _, result_of in stamped)
        agreeing = [seen for seen, each in stamped if each == said]
        yield sign(f"spf-{said}", agreeing, by=common(_by(s) for s in agreeing), ip=common(map(_client, agreeing)))
    if case.lookup is not None and case.owner.domains:
        yield from _looked_up(case, found, case.lookup)


def _looked_up(case: Case, found: list[Seen], lookup: Lookup) -> Signs:
    pairs = [(_client(s), _domain(case, s)) for s in found if _client(s) and not is_private(_client(s))]
    answers = {pair: _evaluated(lookup, *pair) for pair in _most(pairs)}
    allowed = [s for s in found if answers.get((_client(s), _domain(case, s))) == "pass"]
    denied = [s for s in found if answers.get((_client(s), _domain(case, s))) in {"fail", "softfail"}]
    if not allowed and not denied:
        return
    identity, those = ("spf-ip-allowed", allowed) if len(allowed) > len(denied) else ("spf-ip-denied", denied)
    yield sign(identity, those, ip=common(map(_client, those)), domain=common(_domain(case, s) for s in those))


def allowed(case: Case, seen: Seen) -> bool:
    """The owner's record permits the client that a server known by name saw; asked only under --online."""
    client = _client(seen)
    if case.lookup is None or not case.owner.domains or not client or is_private(client):
        return False
    return seen.passage.writer == "authenticated" and _evaluated(case.lookup, client, _domain(case, seen)) == "pass"


def _evaluated(lookup: Lookup, ip: str, domain: str) -> str:
    return check_host(lookup, ip, f"postmaster@{domain}", domain)


def _most(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair, _ in sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0]))[:_ASKED]]


def _stamp_line(seen: Seen) -> Hop | None:
    """The line in which a foreign server saw the client: the crossing, or the entry at a stranger's."""
    if seen.passage.connecting is not None:
        return seen.passage.connecting
    return seen.passage.entry if seen.passage.route == "foreign" else None


def _client(seen: Seen) -> str:
    line = _stamp_line(seen)
    return line.source_ip if line else ""


def _by(seen: Seen) -> str:
    line = _stamp_line(seen)
    return line.by if line else ""


def _domain(case: Case, seen: Seen) -> str:
    """The own domain in whose name the letter was sent."""
    original = seen.witness.original
    names = [seen.witness.bounce.envelope_sender]
    names += [original.return_path, original.sender] if original else []
    return next((d for d in map(domain_of, names) if d in case.owner.domains), case.owner.domains[0])


def _stamped(case: Case, seen: Seen) -> str:
    """The result for the own domain that the bounce's writer stamped above its own line, "" when there is none."""
    line, original = _stamp_line(seen), seen.witness.original
    writer = organisation(seen.witness.bounce.writer)
    if line is None or original is None or seen.passage.writer != "authenticated" or organisation(line.by) != writer:
        return ""
    for name, value in fields(original.head):
        if name.lower() == b"received":
            return ""
        if name.lower() in _STAMPS:
            said = _read(unfold(value[:4096]).decode("utf-8", "replace").lower(), name.lower(), writer, _concerns(case))
            if said:
                return said
    return ""


def _concerns(case: Case) -> Callable[[str], bool]:
    own = {organisation(domain) for domain in case.owner.domains}
    return lambda text: any(organisation(m) in own for m in _DOMAIN.findall(text[:2000]))


def _read(text: str, name: bytes, writer: str, concerns: Callable[[str], bool]) -> str:
    """One stamp: its server must be of the writer's organisation, and it must speak about the own domain."""
    if name == b"received-spf":
        server = _SERVER.search(text)
        by = (server[1] or server[2] or "") if server else ""
        said = text.split(" ", 1)[0].strip(";")
    else:
        by = text.partition(";")[0].strip().split(" ")[0]
        found = _RESULT.search(text)
        said = found[1].replace("hardfail", "fail") if found else ""
    return said if said in {"pass", "fail", "softfail"} and organisation(by) == writer and concerns(text) else ""
