"""The stories under examples/ as Modori tells them: same place, same clock, same width, so that a report is a file."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from pathlib import Path

from modori import pipeline
from modori.ledger import Ledger
from modori.pipeline import Told
from modori.show.text import text
from modori.types import Report
from scripts.examples.stories import STORIES

ROOT = Path(__file__).parents[2]
REPORTS = Path(__file__).parent / "reports"
LANGUAGES = ("ja", "en")
NOW = 1794571200.0  # Friday 13 November 2026, 12:00 UTC: some days after the last of the stories


@lru_cache
def report(name: str) -> Report:
    """What is concluded from everything in the story's folder."""
    return conclude(read(name))


def read(name: str) -> Ledger:
    """Everything in the story's folder, by its path from the root: paths are printed."""
    with contextlib.chdir(ROOT):
        return pipeline.fold([f"examples/{name}"])


def conclude(ledger: Ledger, told: Told | None = None) -> Report:
    with contextlib.chdir(ROOT):
        return pipeline.conclude(ledger, told or Told(), NOW)


def written(name: str, language: str) -> str:
    """The report on a terminal."""
    return text(report(name), language, width=80)


def kept(name: str, language: str) -> Path:
    """Where the report lies that was read and found good."""
    return REPORTS / f"{name}.{language}.txt"


__all__ = ["LANGUAGES", "NOW", "REPORTS", "ROOT", "STORIES", "conclude", "kept", "read", "report", "written"]
