"""modori rescue: the letters that matter, and the bounces out of their way."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from modori import filing, read
from modori.cli import console, filtering
from modori.cli.guard import FAILED, NOTHING, guarded
from modori.errors import ModoriError, NothingReadable, UsageError
from modori.imap import ImapError
from modori.pipeline import Sorter, Told, conclude, fold
from modori.show import rescued
from modori.show.words import Words
from modori.types import ACT_NOW, NOISE, Filed, Filing, Letter, Problem, Report
from modori.version import __version__

FORMATS = ("text", "json")
# Own bounces name customers whose address is wrong, and false bounces are no bounces: neither goes unless asked for.
USUAL = tuple(sorted((ACT_NOW | NOISE) - {"own", "fake"}))
CHOICES = (*USUAL, "own")


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were given."""

    sources: list[str]
    told: Told
    lang: str
    format: str
    out: str
    jobs: int
    quiet: bool
    verbose: bool
    folder: str
    causes: list[str]
    apply: bool
    journal: str
    sieve: bool
    gmail: bool
    install_sieve: str


def run(asked: Asked) -> int:
    """0 when it was done, 1 when moving failed, 3 when there was nothing to read."""
    return guarded(lambda: _failing(lambda: _run(asked), asked.lang))


def undo(journal: str, lang: str, quiet: bool) -> int:
    """Bring back what a journal says was moved; 1 when some letters are not where they were put."""
    return guarded(lambda: _failing(lambda: _undo(journal, lang, quiet), lang))


def remove_sieve(server: str, lang: str) -> int:
    """Take the filter away from the server again."""

    def work() -> int:
        print(filtering.remove(server, console.language(lang)))
        return 0

    return guarded(lambda: _failing(work, lang))


def _failing(work: Callable[[], int], lang: str) -> int:
    """What stops the moving, in a sentence."""
    words = Words(console.language(lang))
    try:
        return work()
    except ImapError as wrong:
        raise ModoriError(words.say(f"problems.{wrong.id}", wrong.params)) from wrong
    except filing.FilingError as wrong:
        raise ModoriError(words.say(f"rescue.filing.{wrong.id}", wrong.params)) from wrong


def _run(asked: Asked) -> int:
    lang = console.language(asked.lang)
    _check(asked)
    ledger = fold(
        asked.sources,
        jobs=asked.jobs,
        stdin=sys.stdin.buffer if "-" in asked.sources else None,
        progress=console.bar(asked.quiet, lang),
    )
    report = conclude(ledger, asked.told, time.time())
    if not asked.quiet:
        for problem in report.problems if asked.verbose else report.problems[:20]:
            print(console.say(problem, lang), file=sys.stderr)
    if not report.tallies.letters:
        if asked.format == "text":
            raise NothingReadable(Words(lang).say("ui.line.nothing-readable"))
        return NOTHING
    if asked.sieve or asked.gmail or asked.install_sieve:
        return _filters(asked, report, lang)
    done = _filed(asked, Sorter(ledger, asked.told), lang) if asked.folder else None
    with console.output(asked.out) as target:
        target.write(_shown(asked, report, done, lang))
    return FAILED if done is not None and done.applied and (done.refused or done.moved < len(done.letters)) else 0


def _filters(asked: Asked, report: Report, lang: str) -> int:
    """A filter instead of the list: printed, or, under --apply, installed."""
    wanted = filtering.Wanted(report, asked.causes or USUAL, asked.folder or "Bounces", lang)
    if asked.install_sieve:
        print(filtering.install(wanted, asked.install_sieve, asked.apply))
        return 0
    with console.output(asked.out) as target:
        target.write(filtering.written(wanted, asked.gmail).encode("utf-8", "replace"))
    return 0


def _check(asked: Asked) -> None:
    if not asked.sources:
        raise UsageError("rescue: name a SOURCE, or give --undo JOURNAL")
    if asked.format not in FORMATS:
        raise UsageError(f"--format {asked.format}: use {' or '.join(FORMATS)}")
    if asked.apply and not (asked.folder or asked.install_sieve):
        raise UsageError("--apply needs --move-to FOLDER or --install-sieve USER@HOST")
    if asked.folder and "-" in asked.sources:
        raise UsageError("--move-to: nothing can be moved on standard input")
    for cause in asked.causes:
        if cause not in CHOICES:
            raise UsageError(f"--cause {cause}: use {', '.join(CHOICES)}")


def _filed(asked: Asked, sorter: Sorter, lang: str) -> Filing:
    """What is to be moved; moved, under --apply."""
    plan = _planned(asked, sorter, lang)
    if not asked.apply:
        return plan
    path = Path(asked.journal) if asked.journal else _journal(asked)
    if not plan.letters and not path.exists():
        return replace(plan, applied=True)
    with filing.Journal(path) as journal:
        moved = filing.move(plan.letters, plan.folder, journal, _steps(asked.quiet, lang, len(plan.letters)))
    return replace(plan, applied=True, moved=moved, journal=str(path))


def _planned(asked: Asked, sorter: Sorter, lang: str) -> Filing:
    """Read the sources once more, and sort every bounce."""
    chosen = frozenset(asked.causes or USUAL)
    letters: list[Filed] = []
    kept: dict[str, int] = {}
    refused: dict[str, int] = {}
    for item in read.read(asked.sources, _said_already, progress=console.bar(asked.quiet, lang)):
        campaign = sorter.campaign(item) if isinstance(item, Letter) else None
        if campaign is None or not isinstance(item, Letter):
            continue
        can = filing.movable(item.place, asked.folder)
        if campaign.cause not in chosen:
            kept[campaign.cause] = kept.get(campaign.cause, 0) + 1
        elif can == "no":
            named = next((s for s in asked.sources if item.place.source.startswith(s.rstrip("/"))), item.place.source)
            refused[named] = refused.get(named, 0) + 1
        elif can == "yes":
            letters.append(Filed(item.place, filing.fingerprint(item.raw), campaign.cause, campaign.id))
    return Filing(asked.folder, tuple(letters), kept, refused)


def _said_already(problem: Problem) -> None:
    """The first reading noted what is wrong with the sources."""


def _journal(asked: Asked) -> Path:
    """The same file for the same sources and folder, so that a run that was killed is found again."""
    from platformdirs import user_data_path

    named = "\0".join([*map(_absolute, sorted(asked.sources)), asked.folder])
    return user_data_path("modori", appauthor=False) / "moved" / f"{sha256(named.encode()).hexdigest()[:16]}.jsonl"


def _absolute(source: str) -> str:
    return source if "://" in source else str(Path(source).absolute())


def _steps(quiet: bool, lang: str, total: int) -> Callable[[int], None]:
    bar = console.bar(quiet, lang)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        if bar is not None:
            bar(done, total)

    return step


def _shown(asked: Asked, report: Report, done: Filing | None, lang: str) -> bytes:
    if asked.format == "json":
        return rescued.json(report, done, __version__, lang)
    colour = not asked.out and sys.stdout.isatty()
    return rescued.text(report, done, lang, console.width(), colour, asked.verbose).encode("utf-8", "replace")


def _undo(path: str, lang: str, quiet: bool) -> int:
    tongue = console.language(lang)
    if not Path(path).is_file():
        raise UsageError(f"--undo {path}: no such file")
    with filing.Journal(Path(path)) as journal:
        count = len(journal.away())
        brought, missing = filing.back(journal, _steps(quiet, tongue, count))
    words = Words(tongue)
    print(words.say("rescue.undo.brought", {"count": brought}))
    if missing:
        print(words.say("rescue.undo.missing", {"count": missing}))
    return FAILED if missing else 0
