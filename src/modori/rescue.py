"""Which letters must not be thrown away with the flood?

Two questions, because they are asked at different times. `classify` looks at one ordinary letter as it streams by and
says what it is, by structure first: list headers, who is answered, whether a person wrote it, and only then words.
`rescue` looks at all that arrived in or near the flood, when it is known whom the owner writes to, and puts the letters
of people before money, money before parcels, parcels before newsletters. What fails authentication or only dresses up
as something else is never listed: the reader is frightened enough to open it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from modori.knowledge import table
from modori.octets.digest import hash64
from modori.types import Campaign, Correspondence, Owner, Rescued, Surge

_DAY = 86400.0
_BEFORE, _AFTER = _DAY, 2 * _DAY  # the flood is cleared away, in one sweep, a day or two after it ended
_LULL = 2 * _DAY  # a pause shorter than this belongs to the flood
_MOST = 5000

_LATIN = re.compile(r"[a-z]+|%")

# The rank of what a letter is; the smaller, the sooner it is shown. Newsletters and lists come last.
_RANKS = {
    "reply-to-yours": 0,
    "wrote-to-them": 1,
    "invoice": 2,
    "bank": 2,
    "form": 2,
    "provider": 2,
    "order": 3,
    "personal": 3,
    "reply": 3,
    "security": 4,
    "automatic": 6,
    "unknown": 6,
    "list": 8,
    "newsletter": 9,
}
_NEVER = frozenset({"suspicious", "fake-bounce", "bounce"})


# --- one letter -------------------------------------------------------------------------------------------------


def classify(
    head: Mapping[bytes, bytes],
    sender: str,
    subject: str,
    *,
    name: str = "",
    authentic: bool | None = None,
) -> tuple[str, str]:
    """What an ordinary letter is, as (kind, why); `head` maps lower-case names to raw values, `subject` is decoded."""
    if authentic is False or _condemned(head):
        return "suspicious", "authentication"
    names = head.keys()
    signs = _structure()
    if not names.isdisjoint(signs["lists"]):
        return "list", "list"
    topic, advertises = _reading(subject)
    precedence = head.get(b"precedence", b"").strip().lower()
    if not names.isdisjoint(signs["bulk"]) or precedence in (b"bulk", b"junk", b"list"):
        # Shops send receipts through the same machines as their advertising, with the same list headers.
        transaction = topic in ("invoice", "bank", "order", "security") and not advertises
        return (topic, topic) if transaction else ("newsletter", "newsletter")
    if b"in-reply-to" in head or b"references" in head:
        return "reply", "reply"
    if topic:
        return topic, topic
    if advertises and not _by_hand(head):  # "about your sale" from a person's mail program is a customer's question
        return "newsletter", "newsletter"
    return _by_writer(head, sender, name)


def _by_writer(head: Mapping[bytes, bytes], sender: str, name: str) -> tuple[str, str]:
    """A person, a service, or nobody can tell: by the mail program, the address, and the name."""
    local = sender.partition("@")[0].lower()
    if local in _structure()["roles"] or b"auto-submitted" in head:
        return "", "automatic"
    if _by_hand(head):
        return "personal", "personal"
    shown = name or head.get(b"from", b"").partition(b"<")[0].strip(b' "\t\r\n').decode("ascii", "replace")
    return ("personal", "personal") if shown and "@" not in shown else ("", "unknown")


def _by_hand(head: Mapping[bytes, bytes]) -> bool:
    """A mail program names itself; the machines of shops and services mostly do not."""
    return b"user-agent" in head or b"x-mailer" in head or b"thread-index" in head


def _condemned(head: Mapping[bytes, bytes]) -> bool:
    """Marked as spam or as failing SPF by somebody on the way: nobody writes that about his own letter."""
    if head.get(b"x-spam-flag", b"")[:3].upper() == b"YES" or head.get(b"x-spam-status", b"")[:3].upper() == b"YES":
        return True
    return head.get(b"received-spf", b"")[:4].lower() == b"fail"


@lru_cache(maxsize=1)
def _structure() -> dict[str, frozenset[Any]]:
    data = table("importance")["structure"]
    return {
        "roles": frozenset(data["roles"]),
        "lists": frozenset(field.encode() for field in data["lists"]),
        "bulk": frozenset(field.encode() for field in data["bulk"]),
    }


@lru_cache(maxsize=1)
def _spoken() -> tuple[dict[str, list[tuple[int, str, str]]], tuple[tuple[int, str, str], ...]]:
    """(rank in the file, word, kind): Latin ones by their first word, because a subject is split once and looked up;
    Japanese ones in a row, because Japanese has no spaces to split at."""
    data = table("importance")
    listed = [(word, kind) for kind, words in data["words"].items() for word in words]
    listed += [(word, "advertising") for word in data["advertising"]["words"]]
    latin: dict[str, list[tuple[int, str, str]]] = {}
    for rank, (word, kind) in enumerate(listed):
        for start in _LATIN.findall(word)[:1] if word.isascii() else ():
            latin.setdefault(start, []).append((rank, word, kind))
    return latin, tuple((rank, word, kind) for rank, (word, kind) in enumerate(listed) if not word.isascii())


@lru_cache(maxsize=4096)
def _reading(subject: str) -> tuple[str, bool]:
    """(the kind that the subject's words name, "" when none does; whether it advertises)."""
    text = subject[:300].lower() if subject.isascii() else normalize("NFKC", subject[:300]).lower()
    latin, japanese = _spoken()
    starts = latin.keys() & _LATIN.findall(text)
    found = [(rank, kind) for start in starts for rank, word, kind in latin[start] if word in text]
    if not text.isascii():
        found += [(rank, kind) for rank, word, kind in japanese if word in text]
    kinds = [kind for _, kind in sorted(found)]
    return next((kind for kind in kinds if kind != "advertising"), ""), "advertising" in kinds


# --- all letters of the flood -----------------------------------------------------------------------------------


def rescue(
    letters: Sequence[Correspondence],
    surges: Sequence[Surge],
    campaigns: Sequence[Campaign],
    owner: Owner,
    contacts: Collection[str],
    sent_ids: Collection[int] = (),
) -> tuple[Rescued, ...]:
    """The letters in or near the flood that matter, the most important first; () when there was no flood.

    `contacts` are addresses the owner wrote to, `sent_ids` hashes (octets.digest) of the Message-IDs they sent.
    """
    windows = _windows(surges, campaigns)
    own = {a.lower() for a in owner.addresses}
    known = {a.lower() for a in contacts} | {a.lower() for letter in letters if letter.sent for a in letter.to}
    written = {hash64(letter.message_id) for letter in letters if letter.sent and letter.message_id} | set(sent_ids)
    found: dict[str, Rescued] = {}
    for letter in letters:
        if letter.sent or not _inside(letter.moment, windows):
            continue
        why = _why(letter, own, known - own, written)
        if why:
            found.setdefault(letter.message_id or repr(letter.place), _rescued(letter, why))
    return tuple(sorted(found.values(), key=lambda r: (r.rank, r.when, r.place))[:_MOST])


def _windows(surges: Sequence[Surge], campaigns: Sequence[Campaign]) -> list[tuple[float, float]]:
    """When the mailbox was being flooded, with a margin; spans with only a lull between them joined."""
    spans = [(c.first - _BEFORE, c.last + _AFTER) for c in campaigns if c.first]
    spans += [(s.begin - _BEFORE, s.end + _AFTER if s.end is not None else float("inf")) for s in surges]
    joined: list[tuple[float, float]] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1] + _LULL:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _inside(moment: float, windows: Sequence[tuple[float, float]]) -> bool:
    return any(begin <= moment <= end for begin, end in windows)


def _why(letter: Correspondence, own: Collection[str], known: Collection[str], written: Collection[int]) -> str:
    """Why a letter matters (a key of the ranks), "" when it must not be listed."""
    sender = letter.sender.lower()
    if letter.kind in _NEVER or letter.poses or letter.authentic is False:
        return ""
    if sender in own and letter.received_ip and letter.authentic is not True:
        return ""  # from oneself, but handed in by a stranger: what forgers write; one's own form stays
    if letter.in_reply_to and hash64(letter.in_reply_to) in written:
        return "reply-to-yours"
    if letter.kind in ("newsletter", "list"):
        return letter.kind
    if sender in known:
        return "wrote-to-them"
    why = letter.why if letter.why in _RANKS else letter.kind or "unknown"
    return "" if why == "unknown" and _nobody_knows(letter) else why


def _nobody_knows(letter: Correspondence) -> bool:
    """Handed in by a machine without a verified name, for a domain that nobody vouches for: how spam arrives."""
    return bool(letter.received_ip) and not letter.received_from and letter.authentic is not True


def _rescued(letter: Correspondence, why: str) -> Rescued:
    return Rescued(
        place=letter.place,
        message_id=letter.message_id,
        sender=letter.sender,
        name=letter.name,
        subject=letter.subject,
        when=letter.moment,
        kind=letter.kind,
        why=why,
        rank=_RANKS.get(why, _RANKS["unknown"]),
    )
