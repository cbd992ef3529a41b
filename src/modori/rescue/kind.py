"""What an ordinary letter is: first by structure (list headers, who is answered, who wrote it), then by words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from modori.knowledge import table
from modori.octets.addresses import address, domain_of, organisation
from modori.rescue.brand import borrowed
from modori.rescue.subject import Reading, reading

# Shops and services send these through the same machines as their advertising, with the same list headers.
_TRANSACTIONS = frozenset({"form", "invoice", "bank", "order", "security", "provider", "message"})


def classify(
    head: Mapping[bytes, bytes],
    sender: str,
    subject: str,
    *,
    name: str = "",
    authentic: bool | None = None,
) -> tuple[str, str]:
    """What an ordinary letter is, as (kind, why); `head` maps lower-case names to raw values, `subject` is decoded."""
    if borrowed(name, sender):
        return "suspicious", "brand"
    if authentic is False or _marked(head) or (authentic is None and _refused(head)):
        return "suspicious", "authentication"
    own_list = b"list-id" in head and _own_list(head)
    if not own_list and not head.keys().isdisjoint(_structure()["lists"]):
        return "list", "list"
    said = reading(subject)
    advertises = said.advertises or sender.partition("@")[0].lower() in _structure()["press"]
    if not own_list and _bulk(head):
        transaction = said.topic in _TRANSACTIONS and (said.certain or not advertises)
        return (said.topic, said.topic) if transaction else ("newsletter", "newsletter")
    if b"in-reply-to" in head or b"references" in head:
        return "reply", "reply"
    by_hand = _by_hand(head)
    if said.topic and (said.certain or by_hand or not advertises):
        return said.topic, said.topic
    if advertises and not by_hand and not _asks(head, sender, name, said):
        return "newsletter", "newsletter"
    return _by_writer(head, sender, name, said)


def impersonal(sender: str) -> bool:
    """Does a program, or an office, write from this address?"""
    local = sender.partition("@")[0].lower()
    return local in _structure()["robots"] or local in _structure()["roles"]


def _bulk(head: Mapping[bytes, bytes]) -> bool:
    if b"precedence" in head and head[b"precedence"].strip().lower() in (b"bulk", b"junk", b"list"):
        return True
    return not head.keys().isdisjoint(_structure()["bulk"])


def _own_list(head: Mapping[bytes, bytes]) -> bool:
    """A shared mailbox of the owner's own domain (info@ as a group): every letter to it bears a list's headers."""
    identifier = head[b"list-id"].rpartition(b"<")[2].partition(b">")[0]  # RFC 2919 section 3: it ends in a domain
    mine = organisation(domain_of(address(head.get(b"delivered-to", b""))))
    return bool(mine) and organisation(identifier.strip().decode("ascii", "replace").lower()[:255]) == mine


def _asks(head: Mapping[bytes, bytes], sender: str, name: str, said: Reading) -> bool:
    """ "About your sale" under a person's name, from webmail that names no program, is a customer's question."""
    return said.letterlike and bool(_shown(head, name)) and not impersonal(sender)


def _by_writer(head: Mapping[bytes, bytes], sender: str, name: str, said: Reading) -> tuple[str, str]:
    """A person, a service, or nobody can tell: by the mail program, the address, the name, and how it speaks."""
    local = sender.partition("@")[0].lower()
    automatic = head.get(b"auto-submitted", b"no").strip().lower() != b"no"  # RFC 3834 section 5
    if automatic or local in _structure()["robots"]:
        return "", "automatic"
    if _by_hand(head):
        return "personal", "personal"
    if local in _structure()["roles"] or not head.keys().isdisjoint(_structure()["sender"]):
        return "", "automatic"
    return ("personal", "personal") if said.letterlike or _shown(head, name) else ("", "unknown")


def _shown(head: Mapping[bytes, bytes], name: str) -> str:
    """The name that the letter is signed with; an address is none."""
    shown = name or head.get(b"from", b"").partition(b"<")[0].strip(b' "\t\r\n').decode("ascii", "replace")
    return "" if "@" in shown else shown


def _by_hand(head: Mapping[bytes, bytes]) -> bool:
    """A mail program names itself; the machines of shops and services name theirs, or none."""
    if b"user-agent" in head or b"thread-index" in head:
        return True
    return b"x-mailer" in head and not _program(head[b"x-mailer"])


@lru_cache(maxsize=1024)
def _program(mailer: bytes) -> bool:
    named = mailer[:200].decode("ascii", "replace").lower()
    return any(program in named for program in _structure()["programs"])


def _marked(head: Mapping[bytes, bytes]) -> bool:
    """Marked as spam by somebody on the way: nobody writes that about his own letter."""
    return b"YES" in (head.get(b"x-spam-flag", b"")[:3].upper(), head.get(b"x-spam-status", b"")[:3].upper())


def _refused(head: Mapping[bytes, bytes]) -> bool:
    """Failed SPF somewhere on the way, which nobody writes about his own letter either; but forwarding breaks SPF."""
    return head.get(b"received-spf", b"")[:4].lower() == b"fail"


@lru_cache(maxsize=1)
def _structure() -> dict[str, frozenset[Any]]:
    data = table("importance")["structure"]
    fields = {name: frozenset(field.encode() for field in data[name]) for name in ("lists", "bulk", "sender")}
    return fields | {name: frozenset(data[name]) for name in ("robots", "roles", "press", "programs")}
