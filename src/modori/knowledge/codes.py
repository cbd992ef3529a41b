"""What the codes alone say (knowledge/codes.toml): enhanced status codes (RFC 3463) and reply codes (RFC 5321)."""

from __future__ import annotations

from functools import lru_cache

from modori.knowledge import table


def by_status(status: str, *, vague: bool) -> str:
    """The reason that an enhanced status code names, "" for none; only the vague ones, or only the others."""
    if (status[2:] in _vague()) is not vague:
        return ""
    return _statuses().get(status) or _statuses().get(status[2:]) or _statuses().get(status[:1], "")


def by_reply(reply: int, command: str) -> str:
    """The reason that a reply code names together with the command that it answered, "" for none."""
    return _replies().get(f"{reply} {command}", "") if command else ""


def by_reply_alone(reply: int) -> str:
    """The reason that a reply code names whatever it answered, "" for none."""
    return _replies().get(str(reply), "")


def about_sender(status: str, command: str) -> bool:
    """Whether the refusal speaks of the sender's address or host, whatever its words name."""
    about = table("codes")["sender"]
    return status[2:] in about["status"] or (command in about["command"] and status[2:] != "1.1")


@lru_cache(maxsize=1)
def _statuses() -> dict[str, str]:
    return _inverted("status")


@lru_cache(maxsize=1)
def _replies() -> dict[str, str]:
    return _inverted("reply")


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    return frozenset(table("codes")["vague"]["status"])


def _inverted(part: str) -> dict[str, str]:
    return {code: reason for reason, codes in table("codes")[part].items() for code in codes}
