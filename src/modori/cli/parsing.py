"""modori parse: one record per failed recipient, written while the next letters are read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import msgspec

from modori import read
from modori.cli import console
from modori.cli.guard import NOTHING, guarded
from modori.errors import UsageError
from modori.pipeline import Reading, parse_letters
from modori.show import record, sisimai
from modori.types import Letter, Problem

_LEFT_OUT = frozenset({"delivered", "relayed", "expanded", "answered"})
_FLUSH = 1 << 16


def run(sources: list[str], form: str, everything: bool, out: str, lang: str, quiet: bool) -> int:
    """0 when a record was written, 3 when none was."""
    return guarded(lambda: _run(sources, form, everything, out, lang, quiet))


def _run(sources: list[str], form: str, everything: bool, out: str, lang: str, quiet: bool) -> int:
    writer = _writer(form)
    tongue = console.language(lang)

    def note(problem: Problem) -> None:
        if not quiet:
            print(console.say(problem, tongue), file=sys.stderr)

    stdin = sys.stdin.buffer if "-" in sources else None
    written, waiting, size = 0, [], 0
    with console.output(out) as target:
        if form == "csv":
            target.write(record.csv_head())
        items = read.read(sources, note, stdin=stdin, progress=console.bar(quiet, tongue))
        for reading in parse_letters(item for item in items if isinstance(item, Letter)):
            for line in writer(_kept(reading, everything)):
                waiting.append(line)
                size += len(line)
                written += 1
            if size > _FLUSH:
                target.write(b"".join(waiting))
                waiting, size = [], 0
        target.write(b"".join(waiting))
    return 0 if written else NOTHING


def _kept(reading: Reading, everything: bool) -> Reading:
    if everything:
        return reading
    failures = tuple(f for f in reading.bounce.failures if f.action not in _LEFT_OUT)
    if len(failures) == len(reading.bounce.failures):
        return reading
    return replace(reading, bounce=replace(reading.bounce, failures=failures))


def _writer(form: str) -> Callable[[Reading], Iterator[bytes]]:
    encode = msgspec.json.Encoder().encode

    def lines(records: Callable[..., Iterator[dict[str, Any]]]) -> Callable[[Reading], Iterator[bytes]]:
        return lambda reading: (encode(r) + b"\n" for r in records(reading.bounce, reading.original))

    if form in {"jsonl", "json"}:
        return lines(record.records)
    if form == "sisimai":
        return lines(sisimai.records)
    if form == "csv":
        return lambda reading: record.csv_rows(reading.bounce, reading.original)
    raise UsageError(f"--format {form}: use jsonl, sisimai or csv")
