"""What stands outside the trusted lines: named, so that nobody wonders, and weighed next to nothing.

A forger pastes the own server's Received lines, "(Authenticated sender: you)", X-PHP-Originating-Script, a passing
Authentication-Results. One such line defeats every rule that reads the whole letter.
"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, common, distinct, sign
from modori.attribute.received import hop
from modori.octets.headers import every, head_map

_CLAIMS = (
    b"x-php-originating-script",
    b"x-php-script",
    b"x-authenticated-sender",
    b"x-get-message-sender-via",
    b"x-source-auth",
    b"x-google-smtp-source",
    b"x-originating-ip",
    b"authentication-results",
    b"x-ms-exchange-organization-authas",
)


def signs(case: Case) -> Signs:
    strangers = case.routes("foreign", "unknown", "injected")
    pasted = [s for s in strangers if _own_lines(case, s)]
    if pasted:
        yield sign("own-below-untrusted", pasted, host=common(h for s in pasted for h in _own_lines(case, s)))
    claims = [s for s in strangers if _claims(s)]
    if claims:
        yield sign("outside-headers", claims, name=common(c for s in claims for c in _claims(s)))


def _own_lines(case: Case, seen: Seen) -> list[str]:
    original = seen.witness.original
    if original is None:
        return []
    trusted = {h.text for h in seen.passage.chain}
    lines = [v for v in every(original.head, b"received")[:30] if v[:4096] not in trusted]
    return distinct(h.by for h in map(hop, lines) if case.zone.owns(h.by))


def _claims(seen: Seen) -> list[str]:
    head = head_map(seen.witness.original.head) if seen.witness.original else {}
    return [name.decode() for name in _CLAIMS if name in head]
