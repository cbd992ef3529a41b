"""Delivery status notifications (RFC 3464, internationalised by RFC 6533), as they are really written.

Fields are read as one stream: blank lines between the groups are often missing or misplaced, so a new recipient begins
where a field repeats that a group may hold only once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from modori.octets.addresses import clean
from modori.octets.charsets import as_utf8, guess
from modori.parse import smtp
from modori.parse.anatomy import Anatomy
from modori.parse.divide import TEXT_LIMIT
from modori.types import Action, Failure

MOST_RECIPIENTS = 50_000
MOST_REPORTS = 20
_STATUS_LIMIT = 16 << 20
_LONG = 8192  # bytes of fields from which on their charset is guessed once, not for each: it takes a millisecond

# A field and its continuation: folded lines, and unfolded ones that begin like neither a field nor a boundary.
_FIELD = re.compile(
    rb"\n([A-Za-z][A-Za-z0-9-]*+)[ \t]*+:[ \t]*+"
    rb"([^\n]*+(?:\n(?![A-Za-z][A-Za-z0-9-]*+[ \t]*+:(?!//)|[ \t]*+(?:\n|\Z)|--)[^\n]++){0,200}+)"
)
# Gateways that indent the recipients' fields. Once done there is nothing left to do, so `groups` ends.
_INDENTED = re.compile(
    rb"(?i)\n[ \t]{1,8}(?=(?:(?:final|original)-recipient|action|status|[a-z-]{3,20}-(?:code|mta))[ \t]{0,4}:)"
)
_IN_REPLY = re.compile(rb"in\s{1,8}reply\s{1,8}to\s{1,8}(?:end\s{1,8}of\s{1,8})?([A-Z]{4,8})")
_ONCE = frozenset({b"final-recipient", b"original-recipient", b"action"})
_PER_RECIPIENT = frozenset(
    {b"final-recipient", b"original-recipient", b"action", b"status", b"diagnostic-code", b"remote-mta",
     b"last-attempt-date", b"final-log-id", b"will-retry-until", b"x-actual-recipient", b"x-display-name",
     b"x-supplementary-info", b"localized-error-message", b"x-smtp-error"}
)  # fmt: skip
_ADDRESS = re.compile(r"<([^<>\s]{1,320})>|([^\s<>;:,\"()]{1,128}@[^\s<>;:,\"()]{1,255})")
# "taro yamada"@example.jp (RFC 5321 section 4.1.2)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.){1,128}+\"@[^\s<>;:,\"()]{1,255}")
_USUAL = re.compile(rb"(?i)rfc822;[ \t]{0,4}([^\s<>;:,\"()@]{1,128}@[^\s<>;:,\"()@]{1,255})")
_ACTIONS: dict[str, Action] = {
    "failed": "failed", "failure": "failed", "fail": "failed", "delayed": "delayed", "delay": "delayed",
    "delivered": "delivered", "deliverable": "delivered", "relayed": "relayed", "expanded": "expanded",
    "expired": "failed",
}  # fmt: skip

_COMMENT = re.compile(r"\(((?!permanent failure|temporary failure|persistent)[^()]{8,500})\)")
_INLINE = re.compile(r"(?mi)^(?:Final|Original)-Recipient[ \t]*:[ \t]*(?:rfc822|utf-8)[ \t]*;")

Group = dict[bytes, bytes]


def groups(block: bytes) -> tuple[Group, list[Group]]:
    """(fields of the message, fields of each recipient) of a delivery-status body; names in lower case."""
    message: Group = {}
    found: list[Group] = []
    current: Group = {}
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
    if len(block) > _LONG and not block.isascii():
        block = as_utf8(block)
    pairs = _FIELD.findall(b"\n" + block)
    single = {name.lower(): value for name, value in pairs}
    if len(single) == len(pairs):  # nothing repeats: one recipient
        if b"final-recipient" in single or b"original-recipient" in single:
            return single, [single]
        straight = _INDENTED.sub(b"\n", block)
        return groups(straight) if straight != block else (single, [])
    for name, value in pairs:
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
    found: list[Group] = []
    for piece in anatomy.statuses[:MOST_REPORTS]:
        encoded = bool(piece.encoding(anatomy.raw))
        block = piece.content(anatomy.raw, _STATUS_LIMIT) if encoded else anatomy.raw[piece.start : piece.end]
        said, recipients = groups(block)
        message = {**said, **message} if message else said
        found += recipients
    return message, failures(found, anatomy.raw, anatomy.letter.body_at, anatomy.statuses[0].start if found else 0)


def failures(found: list[Group], raw: bytes, words_at: int, words_end: int) -> list[Failure]:
    """One Failure for each group that names an address; `raw[words_at:words_end]` are the words before the report."""
    spoken = _spoken_commands(raw, words_at, words_end, len(found))
    return [f for group, command in zip(found, spoken, strict=True) if (f := failure(group, command)) is not None]


def failure(group: Group, spoken: str = "") -> Failure | None:
    """One recipient's group as a Failure, None when it names no address.

    The recipient is the address that the sender wrote to (Original-Recipient), as far as the report tells; the one that
    it became on the way (Final-Recipient) is the alias. `spoken` is the command that only the words name.
    """
    recipient, alias = _recipients(group)
    if not recipient or is_cut(recipient):
        return None
    diagnosis = _diagnosis(group)
    status, reply, command = smtp.figures(_text(group.get(b"status", b"")), diagnosis)
    return Failure(
        recipient,
        _action(group, status),
        status,
        reply,
        spoken or command,
        diagnosis,
        host(group.get(b"remote-mta", b"")),
        alias=alias,
    )


def _recipients(group: Group) -> tuple[str, str]:
    first, final = recipient_of(group, b"original-recipient"), recipient_of(group, b"final-recipient")
    if "@" in first:
        return first, final if "@" in final and final.lower() != first.lower() else ""
    actual = recipient_of(group, b"x-actual-recipient") if b"x-actual-recipient" in group else ""
    if "@" in final:
        return final, actual if "@" in actual and actual.lower() != final.lower() else ""
    return (actual if "@" in actual else final or first or actual), ""


def _spoken_commands(raw: bytes, begin: int, end: int, count: int) -> list[str]:
    """Postfix names the refused command only in the words, for each recipient: "(in reply to RCPT TO command)"."""
    at = raw.find(b"reply", begin, min(end, begin + TEXT_LIMIT))
    found = _IN_REPLY.findall(raw, max(begin, at - 12), min(end, begin + TEXT_LIMIT)) if at >= 0 else []
    return [command.decode() for command in found] if len(found) == count else [""] * count


def in_words(text: str) -> tuple[Group, list[Failure]]:
    """The same fields written into the words of a report, by software or a gateway that flattened its parts."""
    found = _INLINE.search(text) if "ecipient:" in text else None
    if found is None:
        return {}, []
    message, recipients = groups(text[max(0, text.rfind("\n\n", 0, found.start())) :].encode())
    return message, failures(recipients, b"", 0, 0)


def is_cut(address: str) -> bool:
    """True for "jo...@example.org", cut short by a web archive: nobody's address."""
    return address.partition("@")[0].endswith("...")


@lru_cache(maxsize=4096)
def host(value: bytes) -> str:
    """The name in a typed MTA field ("dns; mx.example.org (192.0.2.1)")."""
    kind, semicolon, rest = value.partition(b";")
    name = (rest if semicolon else kind).split(None, 1)
    return name[0][:300].decode("utf-8", "replace").strip("[]<>()\"'").rstrip(".").lower()[:255] if name else ""


def _is_next(current: Group, name: bytes) -> bool:
    if name in current:
        return True
    # Postfix writes Final, Original, Action; others Original, Final, Action; SES Action, Final, Original.
    complete = b"action" in current and b"final-recipient" in current
    return name == b"original-recipient" and complete and next(iter(current)) == b"final-recipient"


def _text(value: bytes) -> str:
    if value.isascii() and b"\n" not in value and b"\x1b" not in value and len(value) < 16384:
        return value.decode("ascii").strip()
    return " ".join(guess(value[:16384]).split())


def recipient_of(group: Mapping[bytes, bytes], name: bytes) -> str:
    """The address in a typed recipient field ("rfc822; user@example.org"); "" when it holds none."""
    value = group.get(name)
    if value is None:
        return ""
    usual = _USUAL.fullmatch(value)
    if usual:
        local, _, domain = usual[1].decode("utf-8", "replace").rpartition("@")
        return f"{local}@{domain.lower().rstrip('.')}"
    text = _text(value[:2000])
    if '"@' in text and (quoted := _QUOTED.search(text)):
        return clean(quoted[0].encode())
    found = _ADDRESS.search(text)
    if found:
        return clean((found[1] or found[2]).encode())
    kind, semicolon, rest = text.partition(";")
    if kind.lower() == "x400":
        return ""
    bare = clean((rest if semicolon else kind).strip().split(" ", 1)[0].encode())
    return "" if "<" in bare else bare


def _diagnosis(group: Group) -> str:
    text = _text(group.get(b"diagnostic-code", b""))
    kind, semicolon, rest = text.partition(";")
    if semicolon and len(kind) < 24 and " " not in kind.strip():
        text = rest.strip()
    if not text and (comment := _COMMENT.search(_text(group.get(b"status", b"")))):
        text = comment[1]  # "Status: 4.0.0 (mx.example.org: host name lookup failure)"
    return text or _text(group.get(b"x-supplementary-info", b"") or group.get(b"x-smtp-error", b""))


def _action(group: Group, status: str) -> Action:
    said = group.get(b"action", b"")
    if said == b"failed":
        return "failed"
    words = _text(said[:200]).lower()
    first = words.partition(" ")[0].rstrip(";,.(")
    if first in _ACTIONS:
        return _ACTIONS[first]
    return "delivered" if status.startswith("2") else "delayed" if status.startswith("4") and not words else "failed"
