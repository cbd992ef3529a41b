"""The letters that matter, most important first, and what became (or would become) of the bounces between them.

JSON (schema `modori.rescue/1`): {"schema", "generated", "version", "letters": as in the report, "filing": null or what
is moved where}.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from modori.show import safe
from modori.show.json import iso, place, plain
from modori.show.page import Page
from modori.show.words import Words
from modori.types import Filing, Report, Rescued

SCHEMA = "modori.rescue/1"
_LATER = frozenset({"newsletter", "list"})
_LISTED = 20  # letters to be moved that are named without --verbose


def json(report: Report, filing: Filing | None, version: str, lang: str = "en") -> bytes:
    """The list as one JSON document, ending in a line end."""
    found = {
        "schema": SCHEMA,
        "generated": iso(report.generated),
        "version": version,
        "letters": plain(report, version, lang)["rescue"],
        "filing": None if filing is None else _filing(filing),
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def text(
    report: Report, filing: Filing | None, lang: str, width: int = 80, colour: bool = False, verbose: bool = False
) -> str:
    """The same for a terminal."""
    page = Page(Words(lang, report.zone_minutes), width, colour, verbose)
    first = [letter for letter in report.rescue if letter.why not in _LATER]
    last = [letter for letter in report.rescue if letter.why in _LATER]
    if not report.rescue:
        page.line(page.say("rescue.list.none"))
    for heading, letters in (("rescue.list.important", first), ("rescue.list.newsletters", last)):
        if letters:
            page.heading(heading, {"count": len(letters)})
            for letter in letters:
                _letter(page, letter)
    if filing is not None:
        _moving(page, filing)
    return page.text()


def _letter(page: Page, letter: Rescued) -> None:
    who = safe.line(letter.name or letter.sender, 60)
    page.line(safe.line(letter.subject, 120) or "—", f"  {page.words.when(letter.when)}  ", "bold")
    reason = page.words.first([f"ui.rescue.{letter.why}", f"ui.rescue.{letter.kind}"])
    page.line(" — ".join(part for part in (who, reason) if part), "    ", "dim")
    where = "ui.line.at_uid" if letter.place.uid else "ui.line.at" if letter.place.offset else "ui.line.at_file"
    told = {"source": letter.place.source, "uid": letter.place.uid, "offset": letter.place.offset}
    page.line(page.say(where, told), "    ", "dim")


def _moving(page: Page, filing: Filing) -> None:
    """What is moved where, what stays, what cannot be moved, and how to go on."""
    page.heading("rescue.move.head")
    count = len(filing.letters)
    if not count:
        if not filing.refused:
            page.line(page.say("rescue.move.nothing"), "  ")
    elif filing.applied:
        page.line(page.say("rescue.move.done", {"count": filing.moved, "folder": filing.folder}), "  ")
        if filing.moved < count:
            page.line(page.say("rescue.move.gone", {"count": count - filing.moved}), "  ")
    else:
        page.line(page.say("rescue.move.would", {"count": count, "folder": filing.folder}), "  ")
    routes = Counter((f.place.source if f.place.uid else _box(f.place.source), f.cause) for f in filing.letters)
    for (source, cause), number in sorted(routes.items()):
        told = {"source": source, "cause": page.say(f"rescue.cause.{cause}"), "count": number}
        page.line(page.say("rescue.move.route", told), "  ・")
    if page.verbose:
        for letter in filing.letters:
            page.line(safe.line(f"{letter.place.source} {letter.place.uid or ''}", 200), "    ", "dim")
    for cause, number in sorted(filing.kept.items()):
        page.line(page.say("rescue.move.kept", {"count": number, "cause": page.say(f"rescue.cause.{cause}")}), "  ")
    for source, number in sorted(filing.refused.items())[:_LISTED]:
        page.line(page.say("rescue.move.refused", {"count": number, "source": source}), "  ", "yellow")
    if filing.applied and filing.journal:
        page.line(page.say("rescue.move.undo", {"journal": filing.journal}), "  ")
    elif count and not filing.applied:
        page.line(page.say("rescue.move.apply"), "  ")


def _box(source: str) -> str:
    """The folder of a Maildir's letter."""
    return source.rpartition("/")[0].rpartition("/")[0] or source


def _filing(filing: Filing) -> dict[str, Any]:
    return {
        "folder": safe.encodable(filing.folder),
        "applied": filing.applied,
        "planned": len(filing.letters),
        "moved": filing.moved,
        "causes": dict(sorted(Counter(letter.cause for letter in filing.letters).items())),
        "kept": dict(sorted(filing.kept.items())),
        "refused": {safe.encodable(source): number for source, number in sorted(filing.refused.items())},
        "journal": safe.encodable(filing.journal),
        "letters": [
            {"place": place(letter.place), "cause": letter.cause, "campaign": letter.campaign}
            for letter in filing.letters
        ],
    }
