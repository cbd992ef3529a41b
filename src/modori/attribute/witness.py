"""A bounce as a Witness: cut to size, hashed, and keyed so that what belongs together is counted together.

The key is made from this one letter, without knowing the owner, so that shards agree: who wrote the bounce as seen
from the server that took it in, how the top line of the original says it was handed in, under whose name, the sender,
the writer, and the skeleton of the subject. Whether any of it is true is decided later, on the witnesses.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from modori.attribute.handover import came_from_outside
from modori.octets.addresses import organisation
from modori.octets.dates import date
from modori.octets.digest import hash64
from modori.types import Bounce, Letter, Original, Witness

HEAD_LIMIT = 6 * 1024
ORIGINAL_LIMIT = 12 * 1024
BODY_LIMIT = 8 * 1024
RECIPIENTS = 50
TEXT_LIMIT = 2 * 1024
DIGEST_OF = 1024  # its own head, with its date and the numbers that servers gave it

_BY = re.compile(rb"\bby\s+([A-Za-z0-9.-]{3,255})")
# All of these are sought in lower-case bytes: a literal start lets the search leap, which ignoring case does not.
_WITH_AUTH = re.compile(rb"with\s+(?:utf8)?e?smtps?a\b")
_AUTH = re.compile(rb"auth(?:enticated(?:[ _]sender| bits| user)|=yes|(?<=\(auth):)")
_LOCAL_MARKS = (b"from userid", b"with local", b"invoked by uid", b"/submit)")
_ACCOUNT = re.compile(
    rb"(?m)(?:Authenticated sender: |^X-Authenticated-Sender: (?:[^\s:]{1,255}: )?|^X-PHP-Originating-Script: "
    rb"|authenticated_id: )"
    rb"([^\s()<>]{1,255})"
)
_NAMING = (b"Authenticated sender", b"X-Authenticated-Sender", b"X-PHP-Originating-Script", b"authenticated_id")
_RECEIVED = re.compile(rb"\n[Rr][Ee][Cc][Ee][Ii][Vv][Ee][Dd]:")
_FIELD = re.compile(rb"[^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+")
_WORD = re.compile(r"\S+")
_VARIES = re.compile(r"(?=.*\d)[\w#.-]{3,}|\d+|[A-Z0-9]{8,}|[a-z]{24,}|\S*@\S*|https?:\S*")


def witness(letter: Letter, bounce: Bounce, original: Original | None) -> Witness:
    """What is kept of one bounce. Bodies over BODY_LIMIT are left out: no signature over them can be checked whole."""
    moment = arrived(letter, bounce.when)
    kept = _trimmed(original)
    raw, body_at = letter.raw, letter.body_at
    return Witness(
        digest=hash64(_beginning(raw)),
        bounce=replace(bounce, original_raw=b"") if bounce.original_raw else bounce,
        head=raw[: min(body_at, HEAD_LIMIT)],
        moment=moment,
        original=kept,
        text=raw[body_at : body_at + TEXT_LIMIT],
        key=_key(letter, bounce, original),
        original_id=_identity(bounce, original),
        asked=max(len(original.recipients) if original else 0, len(bounce.failures)),
    )


def arrived(letter: Letter, otherwise: float | None = None) -> float:
    """When the letter came in: by the own server's topmost line, the mailbox's own note, else the letter's claim."""
    top = letter.head.get(b"received")
    stamp = date(top.rpartition(b";")[2]) if top else None
    if stamp is None:
        stamp = letter.arrived
    if stamp is None:
        stamp = otherwise if otherwise is not None else date(letter.head.get(b"date", b""))
    return stamp if stamp is not None else 0.0


def _beginning(raw: bytes) -> bytes:
    """The same bytes whatever the line ends: samples are drawn by the digest, and must not change with them."""
    begun = raw[:DIGEST_OF]
    return raw[: 2 * DIGEST_OF].replace(b"\r\n", b"\n")[:DIGEST_OF] if b"\r\n" in begun else begun


@lru_cache(maxsize=4096)
def skeleton(subject: str) -> str:
    """The subject with everything that varies from letter to letter (numbers, codes, addresses, links) as a star."""
    words = ["*" if _VARIES.fullmatch(word) else word.lower() for word in _WORD.findall(subject[:200])]
    return "".join(c for c in " ".join(words)[:80] if c.isprintable())


def _trimmed(original: Original | None) -> Original | None:
    if original is None:
        return None
    whole = original.complete and len(original.body) <= BODY_LIMIT
    if whole and len(original.head) <= ORIGINAL_LIMIT and len(original.recipients) <= RECIPIENTS:
        return original
    return replace(
        original,
        head=original.head[:ORIGINAL_LIMIT],
        body=original.body if whole else b"",
        complete=whole,
        recipients=original.recipients[:RECIPIENTS],
    )


def _key(letter: Letter, bounce: Bounce, original: Original | None) -> tuple[str, ...]:
    top = _BY.search(letter.head.get(b"received", b""))
    taken_by = organisation(top[1].decode("ascii", "replace")) if top else ""
    writer = organisation(bounce.writer)
    relation = "same" if writer and writer == taken_by else "other"
    if relation == "same" and came_from_outside(letter.raw[: letter.body_at], taken_by):
        relation = "posed"  # whoever mails reports in the own server's name must not crowd out the true ones
    if original is None or not original.head:
        return relation, "none", "", "", writer, ""
    head = original.head[:ORIGINAL_LIMIT]
    return relation, _mode(head[:4096]), _named(head), original.sender.lower(), writer, skeleton(original.subject)


def _named(head: bytes) -> str:
    """The account or script that the head names first; four leaps over the head cost less than one search in it."""
    for at in sorted([head.find(mark) for mark in _NAMING]):
        if at >= 0 and (account := _ACCOUNT.match(head, at)):
            return account[1].decode("utf-8", "replace").lower()
    return ""


def _mode(head: bytes) -> str:
    """How the topmost Received line says the letter was handed in."""
    line = _top_line(head).lower()
    if not line:
        return "bare"
    if _AUTH.search(line) or _WITH_AUTH.search(line):
        return "auth"
    return "local" if any(map(line.__contains__, _LOCAL_MARKS)) else "smtp"


def _top_line(head: bytes) -> bytes:
    """The topmost Received field, folded as it is; b"" when there is none."""
    if head[:9].lower() == b"received:":
        begin = 0
    else:
        found = _RECEIVED.search(head)
        if found is None:
            return b""
        begin = found.start() + 1
    field = _FIELD.match(head, begin)
    return field[0] if field else b""


def _identity(bounce: Bounce, original: Original | None) -> int:
    """The same for every bounce of one returned letter: its Message-ID, else what the sender wrote on it."""
    if original is None or not original.head:
        return hash64(bounce.writer, str(bounce.when), *(f.recipient for f in bounce.failures[:10]))
    if original.message_id:
        return hash64(original.message_id)
    return hash64(original.sender, original.date, original.subject, *original.recipients[:10])
