"""The order of the stages, on one screen.

    read -> recognise -> parse -> explain -> (ledger) -> attribute -> count -> judge -> advise -> Report

`learn` folds letters and papers into a Ledger, one at a time; `conclude` turns a Ledger into a Report; between them,
what only the user knows may be asked (`pending`, `answer`). Everything that examines (the command line, the page, the
watcher) comes through these.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modori.pipeline.conclusion import Told, conclude
    from modori.pipeline.learning import learn
    from modori.pipeline.questions import answer, pending
    from modori.pipeline.reading import Reading, parse_letter, parse_letters
    from modori.pipeline.said import wording
    from modori.pipeline.shards import examine, fold
    from modori.pipeline.sort import Sorter

__all__ = [
    "Reading",
    "Sorter",
    "Told",
    "answer",
    "conclude",
    "examine",
    "fold",
    "learn",
    "parse_letter",
    "parse_letters",
    "pending",
    "wording",
]

# Imported when asked for: whoever only parses needs neither logs nor surges nor plans, half of the start-up.
_HOMES = {
    "Reading": "reading",
    "Sorter": "sort",
    "Told": "conclusion",
    "answer": "questions",
    "conclude": "conclusion",
    "examine": "shards",
    "fold": "shards",
    "learn": "learning",
    "parse_letter": "reading",
    "parse_letters": "reading",
    "pending": "questions",
    "wording": "said",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
