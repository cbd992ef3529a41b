"""modori check: sources to a report, a report to text, JSON or HTML."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from modori.cli import asking, console
from modori.cli.guard import NOTHING, guarded
from modori.errors import NothingReadable, UsageError
from modori.pipeline import Told, conclude, fold
from modori.show.words import Words
from modori.types import ACT_NOW, NOISE, Report
from modori.version import __version__

FORMATS = ("text", "json", "html")


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were given."""

    sources: list[str]
    me: list[str]
    provider: str
    since: str
    until: str
    lang: str
    format: str
    out: str
    jobs: int
    online: bool
    resolver: str
    own_hosts: list[str]
    quiet: bool
    verbose: bool
    ask: bool = False
    keep: bool = False
    countries: str = ""


def run(asked: Asked) -> int:
    """Exit status of the contract: 0, 10, 11, 12; 1 failed, 2 wrong usage, 3 nothing readable."""
    return guarded(lambda: _run(asked))


def _run(asked: Asked) -> int:
    lang = console.language(asked.lang)
    if asked.format not in FORMATS:
        raise UsageError(f"--format {asked.format}: use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    report = _report(asked, lang, now := time.time())
    if not asked.quiet:
        for problem in report.problems if asked.verbose else report.problems[:20]:
            print(console.say(problem, lang), file=sys.stderr)
    found = status(report)
    if found == NOTHING and asked.format == "text":
        raise NothingReadable(Words(lang).say("ui.line.nothing-readable"))
    with console.output(asked.out) as target:
        target.write(_shown(report, asked, lang))
    if asked.keep and found != NOTHING:
        from modori.cli import keeping

        keeping.keep(report, asked.sources, now, lang)
    return found


def _report(asked: Asked, lang: str, now: float) -> Report:
    if asked.ask:
        asking.demand_terminal(lang, asked.sources)
    told = Told(tuple(asked.me), tuple(asked.own_hosts), asked.provider, country=_country(asked.countries))
    lookup = _lookup(asked)
    ledger = fold(
        asked.sources,
        jobs=asked.jobs,
        since=console.moment(asked.since, "--since"),
        until=console.moment(asked.until, "--until"),
        stdin=sys.stdin.buffer if "-" in asked.sources else None,
        progress=console.bar(asked.quiet, lang),
    )
    return asking.ask(ledger, told, now, lang, lookup) if asked.ask else conclude(ledger, told, now, lookup)


def _country(given: str) -> Callable[[str], str] | None:
    """The table that was named, else the one that the system has."""
    from modori.evidence import countries

    path = given or countries.usual()
    return countries.table(path) if path else None


def _lookup(asked: Asked) -> Callable[[str, str], tuple[str, ...]] | None:
    if not asked.online:
        if asked.resolver:
            raise UsageError("--resolver needs --online")
        return None
    from modori.evidence.dns import Resolver

    return lru_cache(maxsize=4096)(Resolver.at(asked.resolver).lookup)  # --ask concludes several times


def _shown(report: Report, asked: Asked, lang: str) -> bytes:
    if asked.format == "json":
        from modori.show.json import json

        return json(report, __version__, lang)
    if asked.format == "html":
        from modori.show.html import html

        return html(report, lang)
    from modori.show.text import text

    colour = not asked.out and sys.stdout.isatty()
    return text(report, lang, console.width(), colour, asked.verbose).encode("utf-8", "replace")


def status(report: Report) -> int:
    """The exit status that scripts rely on."""
    if not report.tallies.letters and not report.campaigns and not report.examined:
        return NOTHING
    cause = report.verdict.cause
    return 12 if cause in ACT_NOW else 11 if cause == "undecided" else 10 if cause in NOISE else 0
