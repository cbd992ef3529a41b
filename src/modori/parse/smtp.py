"""What an SMTP server's answer says in numbers: reply code (RFC 5321), enhanced status (RFC 3463), refused command."""

from __future__ import annotations

import re

_STATUS = re.compile(r"(?<![\d.\w])#?([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?:^|[\s<>:;,('\"\[=#])([245][0-5]\d)(?=[\s\-,;:)'\"\]]|$)")
_SAID = re.compile(r"(?i)(?:said:|responded(?: with)?:?|response(?: from [^:]{1,100})? (?:was|is)?:?|<<<|error:|smtp;|returned:?|answered:?)\s{0,10}(?:\S{1,20}\s{1,5}error[:\s]{1,5})?[\"'(<]{0,3}([245][0-5]\d)(?=[\s\-:])")
_COMMANDS = (
    ("STARTTLS", re.compile(r"(?i)STARTTLS command|reply to STARTTLS|\bafter STARTTLS|>>> STARTTLS|TLS (?:negotiation|handshake)")),
    ("AUTH", re.compile(r"(?i)reply to AUTH|>>> AUTH|after AUTH\b")),
    ("EHLO", re.compile(r"(?i)reply to (?:EHLO|LHLO)|after (?:EHLO|LHLO)|>>> (?:EHLO|LHLO)|sending (?:EHLO|LHLO)")),
    ("HELO", re.compile(r"(?i)reply to HELO|after HELO|>>> HELO")),
    ("RCPT", re.compile(r"(?i)reply to (?:end of )?RCPT|after (?:pipelined )?RCPT|>>> RCPT|following RCPT|RCPT TO[ :<]|\brcpt\b.{0,20}(?:command|error|failed)|in RCPT|SMTP:RCPT|does not like recipient|did not like our RCPT")),
    ("MAIL", re.compile(r"(?i)reply to (?:end of )?MAIL|after (?:pipelined )?MAIL|>>> MAIL|following MAIL|MAIL FROM[ :<]|in MAIL|SMTP:MAIL|does not like (?:your )?sender|sender (?:address )?rejected")),
    ("DATA", re.compile(r"(?i)reply to (?:end of )?DATA|did not like our final DATA|after (?:(?:pipelined|sending|end of) )?(?:DATA|mail body|data block)|end of data|>>> DATA|in DATA|SMTP:(?:DATA|EOM)|following DATA|failed (?:after|on) DATA|>>> \.$")),
    ("QUIT", re.compile(r"(?i)reply to QUIT|>>> QUIT")),
    ("CONN", re.compile(r"(?i)initial (?:server )?(?:greeting|connection|response)|after initial connection|SMTP:CONN|connected to .{1,200} but (?:greeting|connection) (?:failed|died)|refused to talk to me|couldn't establish an smtp connection|connection (?:refused|timed out|reset)")),
)  # fmt: skip


def statuses(text: str) -> list[str]:
    """Every enhanced status code in `text`, in order, "5.1.1"."""
    return [f"{a}.{b}.{c}" for a, b, c in _STATUS.findall(text[:8000])]


def reply(text: str) -> int:
    """The SMTP reply code that `text` reports, 0 when there is none; what a server "said" counts first."""
    text = text[:8000]
    found = _SAID.search(text)
    if found:
        return int(found[1])
    codes = [int(code) for code in _REPLY.findall(text)]
    return next((c for c in codes if c >= 400), codes[0] if codes else 0)


def command(text: str) -> str:
    """The SMTP command that was refused, when `text` names it."""
    text = text[:8000]
    named = [(found.start(), name) for name, pattern in _COMMANDS if (found := pattern.search(text))]
    return min(named)[1] if named else ""


def status(field: str, text: str, code: int = 0) -> str:
    """The genuine status: the Status field, or the one in the server's words when the field says less than they do.

    What the refusing server said is closer to the truth than what the reporting one made of it, unless it says less; a
    status of another class than the reply code is a slip.
    """
    own = next(iter(statuses(field)), "")
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
