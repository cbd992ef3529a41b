"""SMTP TLS reports (RFC 8460): recognised, so that nobody calls them unknown; they say nothing about who sent mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from modori.types import Fact, Paper, Problem

_MARKS = re.compile(rb'"organization-name"|"policies"|"report-id"|"date-range"')


def recognises(peek: bytes) -> bool:
    """A JSON object with the report's own keys."""
    return peek.lstrip()[:1] == b"{" and len(set(_MARKS.findall(peek))) >= 3


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """None: a TLS report counts sessions, not messages."""
    return iter(())
