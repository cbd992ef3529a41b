"""Which source a paper is, told by its content; the name decides only where there is no content.

Every module named here has `recognises(peek)`, asked in this order, and `facts(paper, note)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

from modori.types import Fact, Paper, Problem

SOURCES = (
    "dmarc",
    "tls_report",
    "access_log",
    "site",
    "site_listing",
    "exim_log",
    "hmailserver_log",
    "qmail_log",
    "maillog",
    "sendgraph",
)

_NAMES = (
    (re.compile(r"(?i)access[._-]?log"), "access_log"),
    (re.compile(r"(?i)exim|mainlog"), "exim_log"),
    (re.compile(r"(?i)mail[._-]?(?:log|info|err)|maillog|^syslog|^messages"), "maillog"),
)


def sniff(paper: Paper) -> str | None:
    """The id of the source that can read this paper, None when none can."""
    if paper.folder:
        return "site"
    for source in SOURCES:
        if import_module(f"modori.evidence.{source}").recognises(paper.peek):
            return source
    if not paper.peek.strip():
        return next((source for name, source in _NAMES if name.search(paper.name)), None)
    return None


def facts(paper: Paper, source: str, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """The facts of a paper that `sniff` called `source`; what cannot be read goes to `note`."""
    found: Iterator[Fact] = import_module(f"modori.evidence.{source}").facts(paper, note)
    yield from found
