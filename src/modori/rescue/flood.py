"""All letters in or near the flood, when it is known whom the owner writes to: people, money, parcels, newsletters."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from modori.octets.digest import hash64
from modori.rescue.kind import impersonal
from modori.rescue.subject import reading
from modori.types import Campaign, Correspondence, Owner, Rescued, Surge

_DAY = 86400.0
_BEFORE, _AFTER = _DAY, 2 * _DAY  # the flood is cleared away, in one sweep, a day or two after it ended
_LULL = 2 * _DAY  # a pause shorter than this belongs to the flood
_MOST = 5000

# The rank of what a letter is; the smaller, the sooner it is shown. Newsletters and lists come last.
_RANKS = {
    "reply-to-yours": 0,
    "wrote-to-them": 1,
    "invoice": 2,
    "bank": 2,
    "form": 2,
    "provider": 2,
    "message": 3,
    "order": 3,
    "personal": 3,
    "reply": 3,
    "security": 4,
    "automatic": 6,
    "unknown": 6,
    "list": 8,
    "newsletter": 9,
}
_FORM_OF_ROBOTS = 5  # while robots fill in the owner's form, its notices are theirs: real orders must not drown in them
_NO_LETTER = frozenset({"fake-bounce", "bounce"})


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
    ranks = {**_RANKS, "form": _FORM_OF_ROBOTS} if any(c.cause == "autoreply" for c in campaigns) else _RANKS
    found: dict[str, Rescued] = {}
    for letter in letters:
        if letter.sent or not _inside(letter.moment, windows):
            continue
        why = _why(letter, own, known - own, written)
        if why:
            rank = ranks.get(why, ranks["unknown"])
            found.setdefault(letter.message_id or repr(letter.place), _rescued(letter, why, rank))
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
    if letter.kind in _NO_LETTER or letter.poses:
        return ""
    answers = bool(letter.in_reply_to) and hash64(letter.in_reply_to) in written
    if _doubtful(letter) and not (sender in known and (answers or _vouched(letter))):
        return ""  # forwarding breaks SPF, but who else among those written to knows what they answer?
    if answers:
        return "reply-to-yours"
    if sender in own and letter.received_ip and letter.authentic is not True:
        return ""  # from oneself, but handed in by a stranger: what forgers write; one's own form stays
    if letter.kind == "list" or (letter.kind == "newsletter" and not _to_one(letter, known)):
        return letter.kind
    if sender in known:
        return "wrote-to-them"
    why = letter.why if letter.why in _RANKS else letter.kind or "unknown"
    return "" if why == "unknown" and _nobody_knows(letter) else why


def _doubtful(letter: Correspondence) -> bool:
    return letter.authentic is False or letter.kind == "suspicious"


def _vouched(letter: Correspondence) -> bool:
    """A spam filter may be wrong about somebody the owner writes to, if it is really them."""
    return letter.authentic is True and letter.why != "brand"


def _to_one(letter: Correspondence, known: Collection[str]) -> bool:
    """From somebody the owner writes to, whose program puts list headers under everything."""
    return letter.sender.lower() in known and not impersonal(letter.sender) and not reading(letter.subject).advertises


def _nobody_knows(letter: Correspondence) -> bool:
    """Handed in by a machine without a verified name, for a domain that nobody vouches for: how spam arrives."""
    return bool(letter.received_ip) and not letter.received_from and letter.authentic is not True


def _rescued(letter: Correspondence, why: str, rank: int) -> Rescued:
    return Rescued(
        place=letter.place,
        message_id=letter.message_id,
        sender=letter.sender,
        name=letter.name,
        subject=letter.subject,
        when=letter.moment,
        kind=letter.kind,
        why=why,
        rank=rank,
    )
