"""What an SMTP server's answer says in numbers: reply code (RFC 5321), enhanced status (RFC 3463), refused command."""

from __future__ import annotations

import re

_STATUS = re.compile(r"(?<![\d.\w])#?([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_PLAIN = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_REPLY = re.compile(r"(?:^|[\s<>:;,('\"\[=#])([245][0-5]\d)(?=[\s\-,;:)'\"\]]|$)")
_SAID = re.compile(
    r"(?:[Ss]aid:|[Rr]esponded(?: with)?:?|was:|<<<|[Ee]rror:|[Ss]mtp;|[Rr]eturned:?|[Aa]nswered:?)\s{0,10}[\"'(<]{0,3}([245][0-5]\d)(?=[\s\-:])"
)
_IN_REPLY = re.compile(r"(?i)\(in reply to (?:end of )?([A-Z]{4,8})")
# What servers write (in upper case) around the command that was refused; the earliest in the text counts.
_TRIGGERS = (
    "REPLY TO", "AFTER ", ">>>", "FOLLOWING", "SMTP:", "RCPT", "MAIL FROM", "CONNECTION", "NOT LIKE", "TLS", "DATA", "GREETING",
    "REFUSED TO", "INITIAL", "ESTABLISH",
)  # fmt: skip
_COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("STARTTLS", ("STARTTLS COMMAND", "REPLY TO STARTTLS", "AFTER STARTTLS", ">>> STARTTLS", "TLS HANDSHAKE", "TLS NEGOTIATION")),
    ("AUTH", ("REPLY TO AUTH", ">>> AUTH", "AFTER AUTH ")),
    ("EHLO", ("REPLY TO EHLO", "AFTER EHLO", ">>> EHLO", "SENDING EHLO", "REPLY TO LHLO", "AFTER LHLO", ">>> LHLO")),
    ("HELO", ("REPLY TO HELO", "AFTER HELO", ">>> HELO")),
    ("RCPT", ("REPLY TO RCPT", "AFTER RCPT", "AFTER PIPELINED RCPT", ">>> RCPT", "FOLLOWING RCPT", "RCPT TO:", "RCPT TO <", "RCPT COMMAND",
              "SMTP:RCPT", "DOES NOT LIKE RECIPIENT", "DID NOT LIKE OUR RCPT")),
    ("MAIL", ("REPLY TO MAIL", "AFTER MAIL", "AFTER PIPELINED MAIL", ">>> MAIL", "FOLLOWING MAIL", "MAIL FROM:", "MAIL FROM <", "SMTP:MAIL",
              "DOES NOT LIKE YOUR SENDER", "DOES NOT LIKE SENDER", "DID NOT LIKE OUR MAIL")),
    ("DATA", ("REPLY TO END OF DATA", "REPLY TO DATA", "AFTER DATA", "AFTER END OF DATA", "AFTER SENDING DATA", "AFTER PIPELINED DATA",
              "AFTER SENDING MAIL BODY", "SENDING DATA BLOCK", "AFTER DOT", "END OF DATA", ">>> DATA", "SMTP:DATA", "SMTP:EOM", "FOLLOWING DATA",
              "FAILED AFTER I SENT THE MESSAGE", "FAILED ON DATA", "DID NOT LIKE OUR FINAL DATA", ">>> .")),
    ("QUIT", ("REPLY TO QUIT", ">>> QUIT")),
    ("CONN", ("INITIAL SERVER GREETING", "INITIAL CONNECTION", "INITIAL RESPONSE", "SMTP:CONN", "BUT GREETING FAILED", "BUT CONNECTION DIED",
              "REFUSED TO TALK TO ME", "ESTABLISH AN SMTP CONNECTION", "CONNECTION REFUSED", "CONNECTION TIMED OUT", "CONNECTION RESET")),
)  # fmt: skip


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
    upper = text[:8000].upper()
    if not any(trigger in upper for trigger in _TRIGGERS):
        return ""
    named = [(at, name) for name, marks in _COMMANDS for mark in marks if (at := upper.find(mark)) >= 0]
    return min(named)[1] if named else ""


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


def vagueness(value: str) -> int:
    """How little a status says: 0 exact, 1 a subject only or "given up after days", 2 nothing but the class."""
    return 2 if value.endswith(".0.0") else 1 if value.endswith(".0") or value == "4.4.7" else 0
