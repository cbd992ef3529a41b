"""What a domain publishes for its mail, what the large receivers miss in it, and the records to publish.

Pure: DNS is a function. `Posture` is what `modori domain` shows; its ids are keys of words/*/posture.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from modori.evidence.blocklists import listed_address, listed_domain
from modori.evidence.spf_record import SpfRecord, spf_record
from modori.knowledge import table

Lookup = Callable[[str, str], tuple[str, ...]]

_TAG = re.compile(r"(?:^|;)\s{0,9}([a-zA-Z]{1,10})\s{0,9}=\s{0,9}([^;]{0,2000})")
_SELECTORS = 20
_SENDERS = 10
_WEAK_KEY = 216  # base64 length of a 1024-bit RSA key; anything shorter is weaker


@dataclass(frozen=True, slots=True)
class Outbound:
    """An address that mail leaves from: its name, whether the name leads back, and the lists that hold it."""

    ip: str
    names: tuple[str, ...]
    confirmed: bool
    listed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A selector and what is published under it: ok, missing, revoked or weak."""

    selector: str
    state: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A receiver's requirement that is not met, and the facts it lacks."""

    id: str
    receiver: str
    who: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record to publish."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Posture:
    """All of it for one domain; "" and () mean that nothing is published."""

    domain: str
    spf: SpfRecord
    dkim: tuple[DkimKey, ...]
    dmarc: str
    dmarc_policy: str
    mx: tuple[str, ...]
    outbound: tuple[Outbound, ...]
    mta_sts: bool
    tls_rpt: bool
    bimi: bool
    listed: tuple[str, ...]
    wrong: tuple[str, ...]
    unmet: tuple[Unmet, ...]
    publish: tuple[Record, ...]


def posture(domain: str, lookup: Lookup, selectors: Sequence[str] = (), senders: Sequence[str] = ()) -> Posture:
    """Everything about `domain`; `selectors` were seen in mail, `senders` are addresses that mail leaves from."""
    domain = domain.rstrip(".").lower()
    spf = spf_record(domain, lookup)
    dkim = tuple(_key(domain, selector, lookup) for selector in selectors[:_SELECTORS])
    dmarc = _tagged(f"_dmarc.{domain}", "v=DMARC1", lookup)
    policy = _tags(dmarc).get("p", "").lower()
    mx = tuple(sorted(value.partition(" ")[2] for value in lookup(domain, "MX")))
    outbound = tuple(_outbound(ip, lookup) for ip in (senders or _addresses(mx, lookup))[:_SENDERS])
    met = _met(spf, dkim, dmarc, outbound)
    return Posture(
        domain=domain,
        spf=spf,
        dkim=dkim,
        dmarc=dmarc,
        dmarc_policy=policy,
        mx=mx,
        outbound=outbound,
        mta_sts=bool(_tagged(f"_mta-sts.{domain}", "v=STSv1", lookup)),
        tls_rpt=bool(_tagged(f"_smtp._tls.{domain}", "v=TLSRPTv1", lookup)),
        bimi=bool(_tagged(f"default._bimi.{domain}", "v=BIMI1", lookup)),
        listed=listed_domain(domain, lookup),
        wrong=_wrong(spf, dkim, dmarc, policy, mx, outbound),
        unmet=_unmet(met),
        publish=tuple(_publish(domain, spf, dmarc, policy, [sender.ip for sender in outbound])),
    )


def _tagged(name: str, version: str, lookup: Lookup) -> str:
    """The one TXT record that begins with its version tag; several count as none (RFC 7489 section 6.6.3)."""
    found = [text for text in lookup(name, "TXT") if text.replace(" ", "").lower().startswith(version.lower())]
    return found[0] if len(found) == 1 else ""


def _tags(record: str) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in _TAG.findall(record[:8000])}


def _key(domain: str, selector: str, lookup: Lookup) -> DkimKey:
    texts = [text for text in lookup(f"{selector}._domainkey.{domain}", "TXT") if "p=" in text]
    if not texts:
        return DkimKey(selector, "missing")
    tags = _tags(texts[0])
    key = tags.get("p", "").replace(" ", "")
    if not key:
        return DkimKey(selector, "revoked")
    weak = tags.get("k", "rsa").lower() == "rsa" and len(key) < _WEAK_KEY
    return DkimKey(selector, "weak" if weak else "ok")


def _addresses(hosts: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
    return tuple(ip for host in hosts[:_SENDERS] for kind in ("A", "AAAA") for ip in lookup(host, kind))


def _outbound(ip: str, lookup: Lookup) -> Outbound:
    names = lookup(ip, "PTR")
    kind = "AAAA" if ":" in ip else "A"
    confirmed = any(ip in lookup(name, kind) for name in names[:5])
    return Outbound(ip, names, confirmed, listed_address(ip, lookup))


def _met(spf: SpfRecord, dkim: Sequence[DkimKey], dmarc: str, outbound: Sequence[Outbound]) -> frozenset[str]:
    signs = any(key.state in ("ok", "weak") for key in dkim)
    fine = {"spf-missing", "spf-several", "spf-too-many-lookups"}.isdisjoint(spf.wrong)
    facts = {
        "spf": fine,
        "dkim": signs,
        "spf-or-dkim": fine or signs,
        "dmarc": bool(dmarc),
        "ptr": bool(outbound) and all(sender.confirmed for sender in outbound),
    }
    return frozenset(name for name, holds in facts.items() if holds)


def _unmet(met: frozenset[str]) -> tuple[Unmet, ...]:
    found = []
    for entry in table("requirements")["requirement"]:
        lacks = tuple(need for need in entry["needs"] if need not in met)
        if lacks:
            found.append(Unmet(entry["id"], entry["receiver"], entry["who"], lacks))
    return tuple(found)


def _wrong(
    spf: SpfRecord,
    dkim: Sequence[DkimKey],
    dmarc: str,
    policy: str,
    mx: Sequence[str],
    outbound: Sequence[Outbound],
) -> tuple[str, ...]:
    """Ids of what is amiss, most urgent first."""
    checks = (
        ("address-listed", any(sender.listed for sender in outbound)),
        ("ptr-missing", any(not sender.names for sender in outbound)),
        ("ptr-unconfirmed", any(sender.names and not sender.confirmed for sender in outbound)),
        ("dkim-missing", bool(dkim) and all(key.state in ("missing", "revoked") for key in dkim)),
        ("dkim-weak", any(key.state == "weak" for key in dkim)),
        ("dmarc-missing", not dmarc),
        ("dmarc-none", bool(dmarc) and policy in ("", "none")),
        ("mx-missing", not mx),
    )
    return spf.wrong + tuple(name for name, holds in checks if holds)


def _publish(domain: str, spf: SpfRecord, dmarc: str, policy: str, senders: Sequence[str]) -> list[Record]:
    """The records that would mend what is missing; a policy is tightened one step at a time."""
    records = []
    if not spf.text:
        own = " ".join(f"ip{6 if ':' in ip else 4}:{ip}" for ip in senders)
        records.append(Record(domain, "TXT", " ".join(filter(None, ("v=spf1", "mx", own, "~all")))))
    elif "spf-allows-all" in spf.wrong:
        tightened = " ".join("~all" if term.lower() in ("+all", "all") else term for term in spf.text.split())
        records.append(Record(domain, "TXT", tightened))
    if not dmarc:
        records.append(Record(f"_dmarc.{domain}", "TXT", f"v=DMARC1; p=none; rua=mailto:dmarc@{domain}"))
    elif policy in ("", "none"):
        stricter = re.sub(r"(?i)\bp\s{0,9}=\s{0,9}\w{0,20}", "p=quarantine", dmarc, count=1)
        records.append(Record(f"_dmarc.{domain}", "TXT", stricter))
    return records
