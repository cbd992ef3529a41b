"""Faults of the patterns in the data: they run on hostile text, so none may repeat without bound inside a repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modori.knowledge import table
from modori.knowledge.dialect import dialects

_CLASS = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]")  # one character, whatever it is: cannot nest
_UNBOUNDED = re.compile(r"[*+](?!\+)|\{\d*,\}(?!\+)")  # a possessive repeat gives nothing back


def patterns() -> Iterator[str]:
    """Dialects compile, and their patterns are bounded."""
    for name in dialects():
        for form in table("dialects")[name].get("form", ()):
            for key in ("begin", "end", "recipient", "diagnosis"):
                if explosive(form.get(key, "")):
                    yield f"dialects/{name}: {key} nests unbounded repeats"


def explosive(pattern: str) -> bool:
    """Whether a group that repeats without bound holds another such repeat: (a+)+ and its like."""
    text = _CLASS.sub("x", pattern)
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            begin = opened.pop()
            if _UNBOUNDED.match(text, at + 1) and _UNBOUNDED.search(text, begin, at):
                return True
    return False
