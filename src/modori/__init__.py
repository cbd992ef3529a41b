"""Modori (戻り): reads the mail that bounced back and settles, with evidence, who sent it and what to do now.

    modori.bounce(raw)       one letter's bytes -> Bounce with reasons, or None when it is no report
    modori.examine(sources)  mailboxes, logs, reports, sites -> Report

Everything else is reached through its stage's package; the nouns are in modori.types.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from modori.version import __version__

if TYPE_CHECKING:
    from modori.types import Bounce, Report


def bounce(raw: bytes) -> Bounce | None:
    """The report in one letter's bytes with the reason of every failure; None for any other letter. Never raises."""
    from modori import read
    from modori.pipeline import parse_letter
    from modori.types import Place

    reading = parse_letter(read.one(raw, Place("bytes", 0, len(raw))))
    return reading.bounce if reading else None


def examine(
    sources: str | Sequence[str], me: Sequence[str] = (), own_hosts: Sequence[str] = (), jobs: int = 1
) -> Report:
    """Read everything in `sources` (one path as on the command line, or several) and conclude, all on this machine."""
    from modori import pipeline

    paths = [sources] if isinstance(sources, str) else sources
    return pipeline.examine(paths, pipeline.Told(me, own_hosts), time.time(), jobs=jobs)


def __getattr__(name: str) -> object:
    """The nouns, when somebody asks for them: making fifty dataclasses takes longer than printing the help."""
    if name in {"Bounce", "Report"}:
        from modori import types

        return getattr(types, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Bounce", "Report", "__version__", "bounce", "examine"]
