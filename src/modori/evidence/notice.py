"""Letters about the account: login alerts, changed passwords, and what the provider says of sending limits and abuse.

The words come from knowledge/notices; whether the letter is genuine is another question, and `genuine` answers it.
An ordinary letter costs one look at its From field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modori.evidence.genuine import authentic, belongs, own_provider
from modori.knowledge import table
from modori.octets.addresses import addresses, organisation
from modori.octets.charsets import words
from modori.octets.dates import date
from modori.octets.headers import unfold
from modori.octets.mime import leaves, media, part
from modori.types import Letter, Notice

_SENDER = re.compile(
    r"secur|alert|account|no[-_]?reply|donotreply|noti[cf]|support|abuse|master|login|admin|customer|policy|system|"
    r"service|verify"
)
_BODY_MOST = 16 * 1024
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    about: str
    pattern: re.Pattern[str]


def notice(letter: Letter, trusted: bool) -> Notice | None:
    """The notice that this letter is, None for every other letter."""
    sender = letter.head.get(b"from", b"")
    if not _may_write_notices(sender[-200:]):
        return None
    raw = unfold(letter.head.get(b"subject", b"")[:1000])
    subject = words(raw) if b"=?" in raw or not raw.isascii() else raw.decode("ascii")
    lowered = subject.lower()
    if not any(trigger in lowered for trigger in _triggers()):
        return None
    kind = next((kind for kind in _kinds() if kind.pattern.search(subject)), None)
    if kind is None:
        return None
    body = _body(letter)
    domain = _domain(sender)
    service, genuine = _service(letter, words(unfold(sender[:400])), subject, domain, trusted)
    account, count, params = _details(letter, body, domain)
    if kind.about == "sending" and not count and not account:
        return None
    where = _first("where", body) or str(params.get("ip", ""))
    return Notice(letter.place, _when(letter), kind.id, service, genuine, where, account, count, params)


@lru_cache(maxsize=8192)
def _may_write_notices(sender: bytes) -> bool:
    """The mailbox of the sender sounds like a service's, or its domain is one of theirs."""
    local, _, domain = sender.rpartition(b"@")
    name = local[-64:].rpartition(b"<")[2].rpartition(b" ")[2].decode("latin-1").lower()
    host = domain.strip(b" >\r\n").decode("latin-1").lower()
    return bool(_SENDER.search(name)) or organisation(host) in _domains()


def _service(letter: Letter, sender: str, subject: str, domain: str, trusted: bool) -> tuple[str, bool | None]:
    """(who writes or claims to write, genuine)."""
    for entry in table("notices")["services"].values():
        if belongs(domain, entry["domains"]):
            return entry["name"], authentic(letter, domain, trusted)
    name = sender.partition("<")[0].strip(" \t\"'")
    for entry in table("notices")["services"].values():
        if any(word.lower() in f"{name} {subject}".lower() for word in entry["words"]):
            return entry["name"], False
    if organisation(domain) == own_provider(letter) != "":
        return domain, authentic(letter, domain, trusted)
    return name[:80] or domain, authentic(letter, domain, trusted)


def _details(letter: Letter, body: str, domain: str) -> tuple[str, int, dict[str, object]]:
    """(account named, number of messages, ip, limit and window)."""
    params: dict[str, object] = {}
    ip = _first("ip", body)
    if ip and ip.count(".") + ip.count(":") >= 2:
        params["ip"] = ip.lower().rstrip(".")
    limit = _number(_first("limit", body))
    if limit:
        params["limit"] = limit
    window = next((name for name, marks in _details_table()["window"].items() if any(m in body for m in marks)), "")
    if window:
        params["window"] = window
    return _account(letter, body, domain), _number(_first("count", body)), params


def _account(letter: Letter, body: str, domain: str) -> str:
    """The address the notice is about: the receiver's if the body names it, else the first that is not the sender's."""
    named = [address.lower() for address in _ADDRESS.findall(body)[:50]]
    own = [address.lower() for address in addresses(letter.head.get(b"to", b"")[:2000], 10)]
    chosen = [address for address in named if address in own]
    foreign = [address for address in named if organisation(address.rpartition("@")[2]) != organisation(domain)]
    return next(iter(chosen or foreign), "")


def _body(letter: Letter) -> str:
    """The first text part; of HTML alone, its text without the tags."""
    kind = letter.head.get(b"content-type", b"")
    if not media(kind).startswith(b"multipart/"):
        found = [part(letter.raw, 0, len(letter.raw))]
    else:
        found = [
            leaf for leaf in leaves(letter.raw, kind, letter.body_at, len(letter.raw)) if leaf.kind[:5] == b"text/"
        ]
    if not found:
        return ""
    chosen = next((leaf for leaf in found if leaf.kind == b"text/plain"), found[0])
    text = chosen.text(letter.raw, 4 * _BODY_MOST)
    if chosen.kind == b"text/html":
        text = re.sub(r"<[^>]{0,2000}>", " ", text)
    return text[:_BODY_MOST]


def _domain(sender: bytes) -> str:
    found = addresses(sender[:400], 5)
    return found[-1].rpartition("@")[2] if found else ""


def _when(letter: Letter) -> float:
    """When the own server took it in; else what the letter says."""
    stamped = letter.head.get(b"received", b"").rpartition(b";")[2]
    return date(stamped) or date(letter.head.get(b"date", b"")) or letter.arrived or 0.0


def _first(name: str, body: str) -> str:
    for pattern in _patterns(name):
        if found := pattern.search(body):
            return found[1].strip()
    return ""


def _number(text: str) -> int:
    digits = text.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _details_table() -> dict[str, Any]:
    found: dict[str, Any] = table("notices")["details"]
    return found


@lru_cache(maxsize=20)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in _details_table()[name])


@lru_cache(maxsize=1)
def _domains() -> frozenset[str]:
    return frozenset(domain for entry in table("notices")["services"].values() for domain in entry["domains"])


@lru_cache(maxsize=1)
def _triggers() -> tuple[str, ...]:
    return tuple(table("notices")["kinds"]["triggers"])


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    entries = ((name, entry) for name, entry in table("notices")["kinds"].items() if isinstance(entry, dict))
    return tuple(
        _Kind(name, entry["about"], re.compile("|".join(entry["subject"]), re.IGNORECASE)) for name, entry in entries
    )
