"""What an SMTP server's answer says in numbers: reply code (RFC 5321), enhanced status (RFC 3463), refused command."""

from __future__ import annotations

import re
from functools import lru_cache

from modori.knowledge import table
from modori.octets.trie import compile_phrases

_STATUS = re.compile(r"(?<![\d.\w])#?([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_PLAIN = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_REPLY = re.compile(r"(?:^|[\s<>:;,('\"\[=#])([245][0-5]\d)(?=[\s\-,;:)'\"\]]|$)")
_SAID = re.compile(
    r"(?:[Ss]aid:|[Rr]esponded(?: with)?:?|was:|<<<|[Ee]rror:|[Ss]mtp;|[Rr]eturned:?|[Aa]nswered:?)"
    r"\s{0,10}[\"'(<]{0,3}([245][0-5]\d)(?=[\s\-:])"
)
_ADDRESS = re.compile(r"[^\s@<:;,]{0,64}+@[^\s@>:;,)]{0,255}+")
_IN_REPLY = re.compile(r"(?i)\(in reply to (?:end of )?([A-Z]{4,8})")


def figures(field: str, text: str) -> tuple[str, int, str]:
    """(status, reply code, command) of a Status field and a diagnosis."""
    return _figures(field, _ADDRESS.sub("@", text) if "@" in text else text)


@lru_cache(maxsize=2048)
def _figures(field: str, text: str) -> tuple[str, int, str]:
    """Kept, because a flood repeats its answers: but for the address, which tells nothing here."""
    code = reply(text)
    return status(field, text, code), code, command(text)


def statuses(text: str) -> list[str]:
    """Every enhanced status code in `text`, in order, "5.1.1"."""
    return [f"{a}.{b}.{c}" for a, b, c in _STATUS.findall(text[:8000])]


def reply(text: str) -> int:
    """The SMTP reply code that `text` reports, 0 when there is none; what a server "said" counts first."""
    if text[:3].isdecimal() and text[0] in "245" and text[3:4] in (" ", "-"):
        return int(text[:3])
    text = text[:8000]
    found = _SAID.search(text)
    if found:
        return int(found[1])
    codes = [int(code) for code in _REPLY.findall(text)]
    return next((c for c in codes if c >= 400), codes[0] if codes else 0)


def command(text: str) -> str:
    """The SMTP command that was refused, when `text` names it."""
    found = _IN_REPLY.search(text, max(0, len(text) - 60))
    if found:  # Postfix, at the end of what the server said
        return found[1].upper()[:8]
    words = " ".join(text[:8000].lower().split())
    hit = _marks()[0].search(words)
    return _marks()[1][hit[0]] if hit else ""


def status(field: str, text: str, code: int = 0) -> str:
    """The genuine status: the Status field, or the one in the server's words when the field says less than they do.

    What the refusing server said is closer to the truth than what the reporting one made of it, unless it says less; a
    status of another class than the reply code is a slip.
    """
    own = field if _PLAIN.fullmatch(field) else next(iter(statuses(field)), "")
    if own and own in text and not vagueness(own):
        return own
    said = statuses(text)
    if code:
        said = [s for s in said if s[0] == str(code)[0]] or said
    told = min(said, key=vagueness) if said else ""
    if not own or not told or own == told:
        return own or told
    if own[0] != told[0]:
        return told if code and told[0] == str(code)[0] else own
    return told if vagueness(told) <= vagueness(own) else own


@lru_cache(maxsize=1)
def _marks() -> tuple[re.Pattern[str], dict[str, str]]:
    """(one pattern for everything that names a command, what each such phrase names)."""
    named = {phrase: name for name, phrases in table("commands")["commands"].items() for phrase in phrases}
    return compile_phrases(named), named


def vagueness(value: str) -> int:
    """How little a status says: 0 exact, 1 a subject only or "given up after days", 2 nothing but the class."""
    return 2 if value.endswith(".0.0") else 1 if value.endswith(".0") or value == "4.4.7" else 0
