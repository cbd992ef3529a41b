"""modori explain: one bounce in plain words."""

from __future__ import annotations

import sys

from modori import read
from modori.cli import console
from modori.cli.guard import guarded
from modori.errors import NothingReadable
from modori.pipeline import parse_letter, wording
from modori.show import letter as shown
from modori.types import Letter, Problem


def run(file: str, lang: str, out: str) -> int:
    """0 when something could be said of the letter, 3 when there was none."""
    return guarded(lambda: _run(file, lang, out))


def _run(file: str, lang: str, out: str) -> int:
    tongue = console.language(lang)
    problems: list[Problem] = []
    stdin = sys.stdin.buffer if file == "-" else None
    letter = next((i for i in read.read([file], problems.append, stdin=stdin) if isinstance(i, Letter)), None)
    for problem in problems:
        print(console.say(problem, tongue), file=sys.stderr)
    if letter is None:
        raise NothingReadable("")
    reading = parse_letter(letter)
    bounce, original = (reading.bounce, reading.original) if reading else (None, None)
    text = shown.letter(letter, bounce, original, tongue, wording=wording(letter))
    with console.output(out) as target:
        target.write(text.encode("utf-8", "replace"))
    return 0
