"""Is a notice what it says it is? Only what the own server stamped on it decides (RFC 8601, RFC 5321 section 4.4).

The topmost Authentication-Results and Received fields are the own server's; everything below may be the sender's.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from modori.octets.addresses import organisation
from modori.types import Letter

_RESULT = re.compile(rb"\b(dmarc|dkim|spf)\s{0,9}=\s{0,9}(\w{1,20})([^;]{0,500})")
_NAME = re.compile(rb"(?:header\.(?:d|i|from)|smtp\.mailfrom)\s{0,9}=\s{0,9}\"?(?:[^\s;@\"]{0,128}@)?([\w.-]{1,255})")
_BY = re.compile(rb"\bby\s{1,9}([\w.-]{1,255})")
_FROM = re.compile(rb"^\s{0,9}from\s{1,9}[^\s(]{1,255}\s{1,9}\(([\w.-]{1,255})[.]?\s{1,9}\[")
_FIELD = 4096


def authentic(letter: Letter, domain: str, trusted: bool) -> bool | None:
    """Did the letter come from `domain`? None when the own server did not say."""
    if handed_over_inside(letter, domain):
        return True
    stamped = letter.head.get(b"authentication-results", b"")[:_FIELD]
    if not trusted or not stamped:
        return None
    results: dict[bytes, bytes] = {}
    for method, result, rest in _RESULT.findall(stamped):
        name = _NAME.search(rest)
        aligned = name is not None and organisation(name[1].decode("latin-1")) == organisation(domain)
        if aligned or method == b"dmarc":
            results.setdefault(method, result.lower())
    if b"pass" in results.values() and results.get(b"dmarc") != b"fail":
        return True
    return False if results.keys() & {b"dmarc", b"dkim"} else None


def handed_over_inside(letter: Letter, domain: str) -> bool:
    """The own provider's servers passed it on among themselves, by names that the receiver verified."""
    received = letter.head.get(b"received", b"")[:_FIELD]
    by = _BY.search(received)
    if by is None or b" LMTP" in received:
        by, received = _next_hop(letter, received, by)
    handed = _FROM.search(received)
    if by is None or handed is None:
        return False
    provider = organisation(by[1].decode("latin-1"))
    return provider != "" and {organisation(handed[1].decode("latin-1")), organisation(domain)} == {provider}


def own_provider(letter: Letter) -> str:
    """The registrable domain of the server that delivered the letter."""
    by = _BY.search(letter.head.get(b"received", b"")[:_FIELD])
    return organisation(by[1].decode("latin-1")) if by else ""


def _next_hop(letter: Letter, received: bytes, by: re.Match[bytes] | None) -> tuple[re.Match[bytes] | None, bytes]:
    """Below a delivery into the mailbox stands the line of the same server's SMTP side, if the names agree."""
    start = letter.raw.find(b"\nReceived:", letter.raw.find(received) + len(received), letter.body_at)
    below = letter.raw[start + 10 : start + 10 + _FIELD] if start >= 0 else b""
    found = _BY.search(below)
    if by is None or found is None or by[1].lower() != found[1].lower():
        return None, b""
    return found, below


def belongs(domain: str, domains: Collection[str]) -> bool:
    """The sender's domain is one of the service's."""
    return organisation(domain) in domains or domain in domains
