"""What the codes alone say (knowledge/codes.toml): enhanced status codes (RFC 3463) and reply codes (RFC 5321)."""

from __future__ import annotations

from functools import lru_cache

from modori.knowledge import table


def by_status(status: str, *, vague: bool) -> str:
    """The reason that an enhanced status code names, "" for none; only the vague ones, or only the others."""
    if (status[2:] in _vague()) is not vague:
        return ""
    names = _inverted("status")
    return names.get(status) or names.get(status[2:]) or names.get(status[:1], "")


def by_stage(reply: int, command: str) -> str:
    """The reason when the dialogue ended before a recipient was named, "" when it went further."""
    return _inverted("stage").get(f"{reply} {command}", "") if command else ""


def by_reply(reply: int, command: str) -> str:
    """The reason that a reply code names together with the command that it answered, "" for none."""
    return _inverted("reply").get(f"{reply} {command}", "") if command else ""


def by_reply_alone(reply: int) -> str:
    """The reason that a reply code names whatever it answered, "" for none."""
    return _inverted("reply").get(str(reply), "")


def by_feedback(kind: str) -> str:
    """The reason that a Feedback-Type stands for: a complaint unless it is another kind of report."""
    return _inverted("feedback").get(kind.lower(), "complaint")


def by_dialect(dialect: str) -> str:
    """The reason that a dialect implies by itself, "" for none."""
    return str(table("codes")["dialect"].get(dialect, ""))


def turned(reason: str, status: str, command: str, dialect: str) -> str:
    """The reason as the status and the command turn it: what was refused may be the sender, not the recipient."""
    for rule in table("codes")["turned"]:
        told = status[2:] in rule["status"] or (command and command == rule.get("command"))
        if told and reason in rule["reasons"] and rule.get("dialect", dialect) == dialect:
            return str(rule["into"])
    return reason


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    return frozenset(table("codes")["vague"]["status"])


@lru_cache(maxsize=8)
def _inverted(part: str) -> dict[str, str]:
    return {code: reason for reason, codes in table("codes")[part].items() for code in codes}
