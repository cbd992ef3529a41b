"""Whether questions may leave this machine, and to whom: by default none do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from modori.evidence.dns import Resolver

_SILENCES = 3  # unanswered questions in a row, after which nobody is asked any more


@dataclass(frozen=True, slots=True)
class Online:
    """What the user allowed when starting the server: --online, --resolver."""

    allowed: bool = False
    resolver: str = ""

    def options(self) -> list[str]:
        """The same for a worker's command line."""
        return [self.resolver or "-"] if self.allowed else []


def lookup(resolver: Resolver) -> Callable[[str, str], tuple[str, ...]]:
    """The resolver's own, for somebody who waits: it gives up where nobody answers."""
    silences = 0

    def ask(name: str, kind: str) -> tuple[str, ...]:
        nonlocal silences
        if silences >= _SILENCES:
            resolver.failed.add((name, kind))
            return ()
        found = resolver.lookup(name, kind)
        silences = silences + 1 if not found and (name.rstrip(".").lower(), kind) in resolver.failed else 0
        return found

    return ask
