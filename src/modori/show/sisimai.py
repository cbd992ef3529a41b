"""One failed recipient as the record that Sisimai 5 writes, so that its users can change over without rewriting.

Field names, value types and reason names are Sisimai's (https://libsisimai.org/en/data/). Two of its habits are kept
where our own reading differs: an unknown user that was refused after the letter's content had been sent is "filtered",
and a bounce without a status gets a made-up one that ends in 9xx.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from modori.knowledge import table
from modori.octets.addresses import domain_of
from modori.octets.headers import every, unfold
from modori.show.safe import encodable
from modori.types import Bounce, Failure, Original, Reason

_NO_STATUS = frozenset({"feedback", "vacation"})
_ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})


def records(bounce: Bounce, original: Original | None) -> Iterator[dict[str, Any]]:
    """A record for every failure of the bounce, in order."""
    for failure in bounce.failures:
        plain = record(bounce, failure, original or Original())
        yield {name: encodable(value) if isinstance(value, str) else value for name, value in plain.items()}


def record(bounce: Bounce, failure: Failure, original: Original) -> dict[str, Any]:
    """The record of one failure."""
    reason = reason_name(failure, bounce.dialect)
    addresser = bounce.envelope_sender or original.sender or original.return_path
    when = int(bounce.when or 0)
    command = failure.command
    written_by = _dialect_name(bounce.dialect)
    return {
        "action": failure.action if failure.action in _ACTIONS else "",
        "addresser": addresser,
        "alias": failure.alias,
        "catch": None,
        "command": command,
        "decodedby": written_by,
        "deliverystatus": failure.status or _made_up_status(reason, failure),
        "destination": domain_of(failure.recipient),
        "diagnosticcode": failure.diagnosis,
        "diagnostictype": _diagnostic_type(reason),
        "feedbackid": "",
        "feedbacktype": failure.feedback,
        "hardbounce": _is_hard(reason, failure),
        "lhost": bounce.writer,
        "listid": _list_id(original),
        "messageid": original.message_id,
        "origin": bounce.place.source,
        "reason": reason,
        "recipient": failure.recipient,
        "replycode": str(failure.reply or ""),
        "rhost": failure.remote_mta,
        "senderdomain": domain_of(addresser),
        "smtpagent": written_by,
        "smtpcommand": command,
        "subject": original.subject,
        "timestamp": when,
        "timezoneoffset": "+0000",
        "token": token(addresser, failure.recipient, when),
    }


def token(addresser: str, recipient: str, timestamp: int) -> str:
    """Sisimai's name of one event: the same sender, recipient and second give the same token."""
    text = f"\x02{addresser.lower()}\x1e{recipient.lower()}\x1e{timestamp}\x03"
    return sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def reason_name(failure: Failure, dialect: str) -> str:
    """Sisimai's name for the reason; `failure` has been explained."""
    reason, habits = failure.reason or Reason("undefined", False), table("sisimai")
    if reason.code == "user-unknown" and _is_filtered(failure, reason, dialect):
        return "filtered"
    for habit in habits["habit"]:
        if (reason.code, failure.command) == (habit["reason"], habit["command"]):
            return str(habit["name"])
    return str(habits["named"].get(reason.because) or table("reasons")[reason.code]["sisimai"])


def _is_filtered(failure: Failure, reason: Reason, dialect: str) -> bool:
    """Sisimai believes "user unknown" only in answer to RCPT, under status x.1.*, or in a program's very own words."""
    habits = table("sisimai")
    if failure.command == "RCPT" or failure.status[1:4] == ".1.":
        return False
    if reason.because in habits["believed"] or reason.because.partition(": ")[0] in table("remotes"):
        return False
    if dialect in habits["at_rcpt"]:
        return False
    return bool(failure.reply) or dialect not in habits["own_words"]


def _is_hard(reason: str, failure: Failure) -> bool:
    if reason == "notaccept":
        return bool(failure.reason and failure.reason.permanent)
    return reason in table("sisimai")["hard"]


def _made_up_status(reason: str, failure: Failure) -> str:
    if reason in _NO_STATUS:
        return ""
    temporary = failure.reply // 100 == 4 or failure.action == "delayed"
    return f"{4 if temporary else 5}.0.{table('sisimai')['status'][reason]}"


def _diagnostic_type(reason: str) -> str:
    return "" if reason in _NO_STATUS else "X-UNIX" if reason == "mailererror" else "SMTP"


def _list_id(original: Original) -> str:
    value = next(iter(every(original.head, b"list-id")), b"")
    text = unfold(value[:500]).decode("utf-8", "replace")
    return text.partition("<")[2].partition(">")[0] or text


def _dialect_name(dialect: str) -> str:
    names = table("sisimai")["decoder"]
    return str(names.get(dialect) or table("dialects").get(dialect, {}).get("name", dialect))
