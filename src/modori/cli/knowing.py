"""modori knowledge: the data's own tests, and what is known."""

from __future__ import annotations

import sys

from modori.cli import console
from modori.cli.guard import guarded


def check() -> int:
    """1 when the data has a fault, each on a line of its own; else 0."""
    from modori.knowledge import check as checker

    faults = checker.check()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("ok")
    return 1 if faults else 0


def listing(kind: str, lang: str) -> int:
    """Print what is known of one kind, or the kinds."""
    from modori.knowledge import listing as lists

    def work() -> int:
        for line in lists.lines(kind, console.language(lang)):
            print(line)
        return 0

    return guarded(work)
