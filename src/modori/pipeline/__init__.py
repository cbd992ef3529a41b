"""The order of the stages, on one screen.

    read -> recognise -> parse -> explain -> (ledger) -> attribute -> count -> judge -> advise -> Report

`learn` folds letters and papers into a Ledger, one at a time; `conclude` turns a Ledger into a Report. Everything that
examines (the command line, the page, the watcher) comes through these two.
"""

from __future__ import annotations

from modori.pipeline.conclude import Told, conclude
from modori.pipeline.learn import Reading, learn, parse_letter
from modori.pipeline.shards import examine

__all__ = ["Reading", "Told", "conclude", "examine", "learn", "parse_letter"]
