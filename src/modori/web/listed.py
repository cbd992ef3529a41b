"""One examination as a row of the list, and what a search finds it by: verdict and day in every language, addresses."""

from __future__ import annotations

import time

from modori.show import safe
from modori.show.words import Words
from modori.web.index import Row
from modori.web.job import Asked, Job, Outcome
from modori.web.page import LANGUAGES

_LONG = 120  # characters of one address or path


def row(job: Job) -> Row:
    """What job.json and outcome.json say."""
    asked, outcome = job.asked() or Asked(0.0, ""), job.outcome()
    about = ", ".join(safe.line(one, _LONG) for one in (outcome.addresses if outcome else asked.me))
    if outcome is None:
        return Row(job.id, asked.made, about=about, text=_text(asked, None, about))
    return Row(
        job.id,
        asked.made,
        outcome.cause,
        outcome.severity,
        outcome.letters,
        outcome.bounces,
        about,
        outcome.incident,
        _text(asked, outcome, about),
    )


def local(when: float) -> float:
    """A moment on this machine's clock, for `Words` that knows no zone."""
    return when + (time.localtime(when).tm_gmtoff or 0)


def _text(asked: Asked, outcome: Outcome | None, about: str) -> str:
    made = local(asked.made)
    told = [about, asked.path, outcome.incident if outcome else "", time.strftime("%Y-%m-%d", time.gmtime(made))]
    for lang in LANGUAGES:
        words = Words(lang)
        told += [words.day(made), words.say(f"verdict.{outcome.cause}.name") if outcome else ""]
    return "\n".join(told).lower()
