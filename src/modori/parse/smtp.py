"""What an SMTP server's answer says in numbers: reply code (RFC 5321), enhanced status (RFC 3463), refused command."""

from __future__ import annotations

import re
from functools import lru_cache

from modori.knowledge import table
from modori.octets.phrases import Phrases

# Each begins with a character class, which the engine looks for fastest; what stands before comes after it.
_STATUS = re.compile(r"([245])(?<![\d.\w].)\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_PLAIN = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_REPLY = re.compile(r"[245](?<![^\s<>:;,('\"\[=#].)[0-5]\d(?=[\s\-,;:)'\"\]]|$)")
# What stands before the answer of a server, but for a quotation mark.
_SAID = (
    "said:", "Said:", "responded", "Responded", "responded:", "Responded:", "responded with", "Responded with",
    "responded with:", "Responded with:", "was:", "<<<", "error:", "Error:", "smtp;", "Smtp;", "returned", "Returned",
    "returned:", "Returned:", "answered", "Answered", "answered:", "Answered:",
)  # fmt: skip
_SAID_REACH = 32  # characters before a code in which that may stand
_ADDRESS = re.compile(r"[^\s@<:;,]{0,64}+@[^\s@>:;,)]{0,255}+")
_IN_REPLY = re.compile(r"(?i)\(in reply to (?:end of )?([A-Z]{4,8})")


def figures(field: str, text: str) -> tuple[str, int, str]:
    """(status, reply code, command) of a Status field and a diagnosis."""
    if "@" in text:
        text = " ".join([_ADDRESS.sub("@", word) if "@" in word else word for word in text.split(" ")])
    return _figures(field, text)


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
    if text[:3].isdecimal() and text[0] in "245" and text[3:4] in (" ", "-") and (text[0] != "2" or ">>> " not in text):
        return int(text[:3])
    codes = []
    for hit in _REPLY.finditer(text, 0, 8000):
        before = text[max(0, hit.start() - _SAID_REACH) : hit.start()].rstrip()
        if before.endswith(_SAID) or before.rstrip("\"'(<").rstrip().endswith(_SAID):
            return int(hit[0])
        codes.append(int(hit[0]))
    return next((c for c in codes if c >= 400), codes[0] if codes else 0)


def command(text: str) -> str:
    """The SMTP command that was refused, when `text` names it."""
    found = _IN_REPLY.search(text, max(0, len(text) - 60))
    if found:  # Postfix, at the end of what the server said
        return found[1].upper()[:8]
    phrases, named = _commands()
    refused = _refused(text) if text.count(">>> ") > 1 else text
    return named.get(phrases.first(" ".join(refused[:8000].lower().split())), "")


def _refused(text: str) -> str:
    """Of a whole session, what begins with the command before the first refusal."""
    code = reply(text)
    at = text.find(f" {code} ") if code >= 400 else -1
    return text[max(0, text.rfind(">>> ", 0, at)) :] if at >= 0 else text


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
def _commands() -> tuple[Phrases, dict[str, str]]:
    """(everything that names a command, which command each phrase names)."""
    named = {phrase: name for name, phrases in table("commands")["commands"].items() for phrase in phrases}
    return Phrases(named), named


def vagueness(value: str) -> int:
    """How little a status says: 0 exact, 1 a subject only or "given up after days", 2 nothing but the class."""
    return 2 if value.endswith(".0.0") else 1 if value.endswith(".0") or value == "4.4.7" else 0
