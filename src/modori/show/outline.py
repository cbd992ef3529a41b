"""The same sections for a reader with a browser: what they say, kept apart instead of wrapped to a width.

The sections write to a `Page`; this one remembers headings, lines and what hangs under them, so that the page and the
HTML report say what the terminal says, in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from modori.show.page import Page
from modori.show.words import Words
from modori.types import Place, Report

_BULLETS = frozenset({"・", "-", "●"})
_QUOTED = "|"
_ARROWS = frozenset({"→", "←"})
_HANGING = 4  # columns: what is indented so far, and begins with no bullet, belongs to the line above


@dataclass(slots=True)
class Item:
    """One line. `label` is what stands before it (a time, an arrow); `bullet` says that it is one of a list."""

    text: str
    label: str = ""
    style: str = ""
    bullet: bool = False
    place: Place | None = None
    below: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A heading with its lines; the first section of a page has no title."""

    title: str = ""
    items: list[Item] = field(default_factory=list)


class Outline(Page):
    """A page that is not laid out. Everything is told, as under --verbose: a browser can fold what is long."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, verbose=True)
        self.sections = [Section()]

    def heading(self, key: str, params: Mapping[str, object] | None = None) -> None:
        self.sections.append(Section(self.say(key, params)))

    def line(self, text: str, first: str = "", style: str = "", rest: str | None = None) -> None:
        label = first.strip()
        bullet = label in _BULLETS
        if label in _ARROWS:
            found = Item(f"{label} {text}", "", style)
        elif label == _QUOTED:
            found = Item(text, "", "quoted")
        else:
            found = Item(text, "" if bullet else label, style, bullet)
        items = self.sections[-1].items
        hangs = not label and len(first) >= _HANGING
        (items[-1].below if hangs and items else items).append(found)

    def source(self, text: str, at: Place) -> None:
        self.line(text, "    ", "dim")
        self.opens(at)

    def opens(self, at: Place | None) -> None:
        last = self.sections[-1].items[-1]
        (last.below[-1] if last.below else last).place = at

    def drawn(self, lines: list[str]) -> None:
        """A chart of letters is for terminals."""

    def gap(self) -> None:
        """Space is the stylesheet's business."""


def outlined(report: Report, words: Words, *sections: Callable[[Page, Report], None]) -> list[Section]:
    """What these sections say of the report; sections with nothing to say are left out."""

    def tell(page: Page) -> None:
        for section in sections:
            section(page, report)

    return told(words, tell)


def told(words: Words, tell: Callable[[Page], None]) -> list[Section]:
    """What `tell` writes to a page; sections with nothing to say are left out."""
    outline = Outline(words)
    tell(outline)
    return [section for section in outline.sections if section.items]
