"""Progress in words: what the page shows while the worker reads."""

from __future__ import annotations

from collections.abc import Mapping

from modori.show.words import Words
from modori.web.job import Progress

_UNITS = (("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10))
_MINUTE = 90.0  # seconds from which one speaks of minutes


def told(words: Words, progress: Progress | None, site: bool = False) -> dict[str, object]:
    """The sentences and the share in hundredths; of a site, no letters are counted."""
    found = progress or Progress()
    share = 100 * found.done // found.total if found.total else 0
    return {
        "share": min(100, share),
        "title": words.say("site.page.reading" if site else "web.work.title"),
        "reading": "" if site else words.say("web.work.reading", {"letters": found.letters, "bounces": found.bounces}),
        "bytes": _amounts(words, found),
        "left": _left(words, found),
        "wrong": complaint(words, found.wrong, found.params) if found.wrong else "",
    }


def complaint(words: Words, problem: str, params: Mapping[str, object]) -> str:
    """What is wrong with a mail server, in the words of the page where it has some of its own."""
    return words.first([f"login.wrong.{problem}", f"problems.{problem}"], params)


def _amounts(words: Words, progress: Progress) -> str:
    if not progress.total:
        return ""
    return words.say("web.work.share", {"done": amount(progress.done), "total": amount(progress.total)})


def amount(count: int) -> str:
    """Bytes as people say them."""
    for unit, size in _UNITS:
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count:,} B"


def _left(words: Words, progress: Progress) -> str:
    if progress.stage == "concluding":
        return words.say("web.work.concluding")
    seconds = progress.left()
    if seconds is None:
        return ""
    if seconds < 2:
        return words.say("web.work.soon")
    unit, count = ("minutes", seconds / 60) if seconds >= _MINUTE else ("seconds", seconds)
    return words.say("web.work.left", {"left": words.say(f"web.work.{unit}", {"count": round(count)})})
