"""The line of the letter that each sign of the verdict rests on, so that the reader can check it."""

from __future__ import annotations

from collections.abc import Sequence

from modori.attribute.campaigns import Examined
from modori.attribute.case import Seen
from modori.types import Background, Campaign, Place

_LONG = 400
_ABOUT_TLS = ("(using TLS", "(using SSL", "key-exchange", "(No client certificate", "(Client did not", "(version=TLS")


def quotes(examined: Sequence[Examined], campaigns: Sequence[Campaign], background: Background) -> dict[Place, str]:
    """Place -> the deciding line, on one line and cut, as the letter has it; `show` makes it safe."""
    wanted = {place for campaign in campaigns for sign in campaign.signs for place in sign.places}
    found = {
        seen.witness.bounce.place: _line(seen)
        for one in examined
        for seen in one.seen
        if seen.witness.bounce.place in wanted
    }
    for letter in background.poses:
        if letter.place in wanted:
            found[letter.place] = f"From: {letter.name} <{letter.sender}>; Subject: {letter.subject}"[:_LONG]
    return {place: line for place, line in sorted(found.items()) if line}


def _line(seen: Seen) -> str:
    entry = seen.passage.entry or seen.passage.connecting
    if entry is not None and entry.text:
        return f"Received: {_telling(entry.text)}"[:_LONG]
    return next((f.diagnosis for f in seen.witness.bounce.failures if f.diagnosis), "")[:_LONG]


def _telling(field: bytes) -> str:
    """The field on one line without what it says about encryption, which would push out who logged in."""
    lines = [line.strip() for line in field.decode("utf-8", "replace").splitlines()]
    kept = ["…" if line.startswith(_ABOUT_TLS) else line for line in lines if line]
    return " ".join(line for n, line in enumerate(kept) if line != "…" or kept[n - 1 : n] != ["…"])
