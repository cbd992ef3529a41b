"""Delivery status notifications (RFC 3464, internationalised by RFC 6533), as they are really written.

Fields are read as one stream: blank lines between the groups are often missing or misplaced, so a new recipient begins
where a field repeats that a group may hold only once.
"""

from __future__ import annotations

import re

from modori.octets.addresses import clean
from modori.octets.charsets import guess
from modori.parse import smtp
from modori.parse.anatomy import Anatomy
from modori.types import Action, Failure

MOST_RECIPIENTS = 50_000
_STATUS_LIMIT = 16 << 20

# A field and its continuation: folded lines, and unfolded ones that begin like neither a field nor a boundary.
_FIELD = re.compile(
    rb"(?m)^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*"
    rb"([^\r\n]*(?:\r?\n(?![A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:(?!//)|[ \t]*\r?(?:\n|\Z)|--)[^\r\n]+){0,200})"
)
_ONCE = frozenset({b"final-recipient", b"original-recipient", b"action"})
_PER_RECIPIENT = frozenset(
    {b"final-recipient", b"original-recipient", b"action", b"status", b"diagnostic-code", b"remote-mta",
     b"last-attempt-date", b"final-log-id", b"will-retry-until", b"x-actual-recipient", b"x-display-name",
     b"x-supplementary-info", b"localized-error-message", b"x-smtp-error"}
)  # fmt: skip
_ADDRESS = re.compile(r"<([^<>\s]{1,320})>|([^\s<>;:,\"()]{1,128}@[^\s<>;:,\"()]{1,255})")
_USUAL = re.compile(rb"(?i)rfc822;[ \t]{0,4}([^\s<>;:,\"()@]{1,128}@[^\s<>;:,\"()@]{1,255})")
_ACTIONS: dict[str, Action] = {
    "failed": "failed", "failure": "failed", "fail": "failed", "delayed": "delayed", "delay": "delayed",
    "delivered": "delivered", "deliverable": "delivered", "relayed": "relayed", "expanded": "expanded", "expired": "failed",
}  # fmt: skip

_COMMENT = re.compile(r"\(((?!permanent failure|temporary failure|persistent)[^()]{8,500})\)")
_INLINE = re.compile(r"(?mi)^(?:Final|Original)-Recipient[ \t]*:[ \t]*(?:rfc822|utf-8)[ \t]*;")

Group = dict[bytes, bytes]


def groups(block: bytes) -> tuple[Group, list[Group]]:
    """(fields of the message, fields of each recipient) of a delivery-status body; names in lower case."""
    message: Group = {}
    found: list[Group] = []
    current: Group = {}
    for name, value in _FIELD.findall(block):
        name = name.lower()
        if name not in _PER_RECIPIENT:
            message.setdefault(name, value)
            continue
        if name in _ONCE and _is_next(current, name):
            found.append(current)
            current = {}
            if len(found) >= MOST_RECIPIENTS:
                break
        if value or name not in current:
            current.setdefault(name, value)
    if current:
        found.append(current)
    return message, found


def read(anatomy: Anatomy) -> tuple[Group, list[Failure]]:
    """The fields of the report and one Failure for every recipient it names."""
    message: Group = {}
    failures: list[Failure] = []
    for piece in anatomy.statuses[:20]:
        encoded = bool(piece.encoding(anatomy.raw))
        block = piece.content(anatomy.raw, _STATUS_LIMIT) if encoded else anatomy.raw[piece.start : piece.end]
        said, recipients = groups(block)
        message = {**said, **message}
        failures += [f for f in map(failure, recipients) if f is not None]
    return message, failures


def failure(group: Group) -> Failure | None:
    """One recipient's group as a Failure, None when it names no address.

    The recipient is the address that the sender wrote to (Original-Recipient), as far as the report tells; the one that
    it became on the way (Final-Recipient) is the alias.
    """
    named = [recipient_of(group, name) for name in (b"original-recipient", b"final-recipient", b"x-actual-recipient")]
    recipient = next((r for r in named if "@" in r), named[1] or named[0] or named[2])
    if not recipient or is_cut(recipient):
        return None
    diagnosis = _diagnosis(group)
    reply = smtp.reply(diagnosis)
    alias = next((r for r in named[1:] if "@" in r and r.lower() != recipient.lower()), "")
    field = _text(group.get(b"status", b""))
    status = smtp.status(field, diagnosis, reply)
    return Failure(
        recipient=recipient,
        action=_action(group, status),
        status=status,
        reply=reply,
        command=smtp.command(diagnosis),
        diagnosis=diagnosis,
        remote_mta=host(group.get(b"remote-mta", b"")),
        alias=alias,
    )


def in_words(text: str) -> tuple[Group, list[Failure]]:
    """The same fields written into the words of a report, by software or a gateway that flattened its parts."""
    found = _INLINE.search(text)
    if found is None:
        return {}, []
    message, recipients = groups(text[max(0, text.rfind("\n\n", 0, found.start())) :].encode())
    return message, [f for f in map(failure, recipients) if f is not None]


def is_cut(address: str) -> bool:
    """True for "jo...@example.org", cut short by a web archive: nobody's address."""
    return address.partition("@")[0].endswith("...")


def host(value: bytes) -> str:
    """The name in a typed MTA field ("dns; mx.example.org (192.0.2.1)")."""
    text = _text(value)
    kind, semicolon, rest = text.partition(";")
    name = (rest if semicolon else kind).strip()
    return name.split(None, 1)[0].strip("[]<>()\"'").rstrip(".").lower()[:255] if name else ""


def _is_next(current: Group, name: bytes) -> bool:
    if name in current:
        return True
    # Postfix writes Final, Original, Action; others Original, Final, Action; SES Action, Final, Original.
    complete = b"action" in current and b"final-recipient" in current
    return name == b"original-recipient" and complete and next(iter(current)) == b"final-recipient"


def _text(value: bytes) -> str:
    return " ".join(guess(value[:16384]).split())


def recipient_of(group: Group, name: bytes) -> str:
    value = group.get(name)
    if value is None:
        return ""
    usual = _USUAL.fullmatch(value)
    if usual:
        return clean(usual[1])
    text = _text(value[:2000])
    found = _ADDRESS.search(text)
    if found:
        return clean((found[1] or found[2]).encode())
    kind, semicolon, rest = text.partition(";")
    if kind.lower() == "x400":
        return ""
    name = clean((rest if semicolon else kind).strip().split(" ", 1)[0].encode())
    return "" if "<" in name else name


def _diagnosis(group: Group) -> str:
    text = _text(group.get(b"diagnostic-code", b""))
    kind, semicolon, rest = text.partition(";")
    if semicolon and len(kind) < 24 and " " not in kind.strip():
        text = rest.strip()
    if not text and (comment := _COMMENT.search(_text(group.get(b"status", b"")))):
        text = comment[1]  # "Status: 4.0.0 (mx.example.org: host name lookup failure)"
    return text or _text(group.get(b"x-supplementary-info", b"") or group.get(b"x-smtp-error", b""))


def _action(group: Group, status: str) -> Action:
    words = _text(group.get(b"action", b"")[:200]).lower()
    first = words.partition(" ")[0].rstrip(";,.(")
    if first in _ACTIONS:
        return _ACTIONS[first]
    return "delivered" if status.startswith("2") else "delayed" if status.startswith("4") and not words else "failed"
