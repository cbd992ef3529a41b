"""What one provider's servers mean by their words and codes (knowledge/remotes/*.toml), where it differs or is finer.

A rule holds for hosts of its provider alone. Its `text` must stand in the diagnosis, its codes and command must be
those of the failure; what a rule leaves out does not matter to it. The first rule of the file that fits decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from modori.knowledge import table


class Rule(NamedTuple):
    """One rule; "" and 0 = does not matter."""

    remote: str
    reason: str
    text: str
    status: str
    reply: int
    command: str

    @property
    def because(self) -> str:
        """What decided, with the file of the rule: "microsoft: bad helo"."""
        return f"{self.remote}: {self.text or self.status or f'{self.reply} {self.command}'.strip()}"

    def fits(self, said: tuple[str, str, int, str]) -> bool:
        """Whether the rule speaks about this (folded text, status, reply, command)."""
        text, status, reply, command = said
        return (
            self.text in text
            and self.status in ("", status)
            and self.reply in (0, reply)
            and self.command in ("", command)
        )


def of_host(host: str, text: str, writer: str = "") -> tuple[Rule, ...]:
    """The rules of the provider that the refusing `host` belongs to; of the one that `text` betrays, or of the writer
    of the bounce, where no host is named."""
    if host:
        return _owned(host)
    return next((rules for mark, rules in _by_mark() if mark in text), ()) or _owned(writer)


def _owned(host: str) -> tuple[Rule, ...]:
    labels = host.lower().strip("[]. ").split(".")[-4:]
    suffixes = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_by_host()[suffix] for suffix in suffixes if suffix in _by_host()), ())


def rules() -> Iterator[Rule]:
    """Every rule, in the order of the files."""
    for remote in table("remotes"):
        yield from _rules(remote)


@lru_cache(maxsize=1)
def _by_host() -> dict[str, tuple[Rule, ...]]:
    return {host: _rules(name) for name, remote in table("remotes").items() for host in remote["hosts"]}


@lru_cache(maxsize=1)
def _by_mark() -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    return tuple((mark, _rules(name)) for name, remote in table("remotes").items() for mark in remote.get("marks", ()))


@lru_cache(maxsize=256)
def _rules(remote: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            remote,
            rule["reason"],
            rule.get("text", ""),
            rule.get("status", ""),
            rule.get("reply", 0),
            rule.get("command", ""),
        )
        for rule in table("remotes")[remote]["rule"]
    )
