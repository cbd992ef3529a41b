"""What one provider's servers mean by their words and codes (knowledge/remotes/*.toml), where it differs or is finer.

A rule holds for hosts of its provider alone. Its `text` must stand in the diagnosis, its codes and command must be
those of the failure; what a rule leaves out does not matter to it. The first rule of the file that fits decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from modori.knowledge import table


class Rule(NamedTuple):
    """One rule; "" and 0 = does not matter."""

    reason: str
    text: str
    status: str
    reply: int
    command: str

    @property
    def because(self) -> str:
        return self.text or self.status or f"{self.reply} {self.command}".strip()

    def fits(self, said: tuple[str, str, int, str]) -> bool:
        """Whether the rule speaks about this (folded text, status, reply, command)."""
        text, status, reply, command = said
        return (
            self.text in text
            and self.status in ("", status)
            and self.reply in (0, reply)
            and self.command in ("", command)
        )


def of_host(host: str, text: str) -> tuple[Rule, ...]:
    """The rules of the provider that `host` belongs to; where no host is named, of the one that `text` betrays."""
    if not host:
        return next((rules for mark, rules in _by_mark() if mark in text), ())
    labels = host.lower().strip("[]. ").split(".")[-4:]
    suffixes = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_by_host()[suffix] for suffix in suffixes if suffix in _by_host()), ())


@lru_cache(maxsize=1)
def _by_host() -> dict[str, tuple[Rule, ...]]:
    return {host: _rules(remote) for remote in table("remotes").values() for host in remote["hosts"]}


@lru_cache(maxsize=1)
def _by_mark() -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    return tuple((mark, _rules(remote)) for remote in table("remotes").values() for mark in remote.get("marks", ()))


def _rules(remote: dict[str, Any]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            rule["reason"], rule.get("text", ""), rule.get("status", ""), rule.get("reply", 0), rule.get("command", "")
        )
        for rule in remote["rule"]
    )
