"""modori site: a site's folder and its access logs, read as text and never run."""

from __future__ import annotations

import os
import sys
import time

import msgspec

from modori import read
from modori.cli import console
from modori.cli.guard import guarded
from modori.errors import UsageError
from modori.ledger import Ledger
from modori.ledger.views import background
from modori.pipeline import learn
from modori.show import site as shown


def run(directory: str, logs: list[str], lang: str, form: str, out: str, quiet: bool) -> int:
    """0 nothing found, 10 something to look at, 12 act now: the statuses of `check`."""
    return guarded(lambda: _run(directory, logs, lang, form, out, quiet))


def _run(directory: str, logs: list[str], lang: str, form: str, out: str, quiet: bool) -> int:
    tongue = console.language(lang)
    if form not in {"text", "json"}:
        raise UsageError(f"--format {form}: use text or json")
    if not os.path.exists(directory):
        raise UsageError(f"{directory}: no such folder")
    ledger = Ledger()
    learn(read.read([directory, *logs], ledger.learn, progress=console.bar(quiet, tongue)), ledger)
    if not quiet:
        for problem in [p for p in ledger.problems.values() if p.id != "not-recognised"][:20]:
            print(console.say(problem, tongue), file=sys.stderr)
    seen = background(ledger)
    with console.output(out) as target:
        if form == "json":
            target.write(msgspec.json.encode(shown.plain(seen.site_files, seen.visits)) + b"\n")
        else:
            zone = int(time.localtime().tm_gmtoff or 0) // 60
            colour = not out and sys.stdout.isatty()
            page = shown.text(seen.site_files, seen.visits, tongue, zone, console.width(), colour)
            target.write(page.encode("utf-8", "replace"))
    return {"hostile": 12, "doubtful": 10, "calm": 0}[shown.level(seen.site_files)]
