"""The order of the stages, on one screen.

    read -> recognise -> parse -> explain -> (ledger) -> attribute -> count -> judge -> advise -> Report

`learn` folds letters and papers into a Ledger, one at a time; `conclude` turns a Ledger into a Report; between them,
what only the user knows may be asked (`pending`, `answer`). Everything that examines (the command line, the page, the
watcher) comes through these.
"""

from __future__ import annotations

from modori.pipeline.conclude import Told, conclude
from modori.pipeline.learn import Reading, learn, parse_letter
from modori.pipeline.questions import answer, pending
from modori.pipeline.shards import examine, fold
from modori.pipeline.sort import Sorter
from modori.pipeline.wording import wording

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
    "pending",
    "wording",
]
