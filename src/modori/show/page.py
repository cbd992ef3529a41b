"""A page of plain text in the making: headings, paragraphs, lists, wrapped to a width, coloured only when asked."""

from __future__ import annotations

from collections.abc import Mapping

from modori.show import width as measure
from modori.show.words import Words
from modori.types import Place

_STYLES = {"bold": "1", "dim": "2", "red": "1;31", "yellow": "1;33", "green": "1;32", "cyan": "1;36"}


class Page:
    """Lines collected from the sections. `words` speaks the page's language."""

    def __init__(self, words: Words, width: int = 80, colour: bool = False, verbose: bool = False) -> None:
        self.words = words
        self.verbose = verbose
        self.width = max(24, min(width, 100))  # longer lines are hard to read
        self._colour = colour
        self._lines: list[str] = []

    def say(self, key: str, params: Mapping[str, object] | None = None) -> str:
        return self.words.say(key, params)

    def heading(self, key: str, params: Mapping[str, object] | None = None) -> None:
        self.gap()
        self.line("■ " + self.say(key, params), style="cyan")

    def line(self, text: str, first: str = "", style: str = "", rest: str | None = None) -> None:
        """One paragraph, begun with `first` (a bullet, an indent), later lines hanging under it (or on `rest`)."""
        for wrapped in measure.wrap(text, self.width, first, rest):
            self._lines.append(self._styled(wrapped, style))

    def source(self, text: str, at: Place) -> None:
        """Where the line above comes from: `at`, in words."""
        self.line(text, "    ", "dim")

    def opens(self, at: Place | None) -> None:
        """The line above speaks of what lies at `at`: only a reader who can click is offered it (`outline`)."""

    def drawn(self, lines: list[str]) -> None:
        """Lines laid out by somebody else (a chart)."""
        self._lines += [line.rstrip() for line in lines]

    def gap(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self) -> str:
        return "\n".join(self._lines).rstrip("\n") + "\n"

    def _styled(self, line: str, style: str) -> str:
        if not (self._colour and style and line.strip()):
            return line
        return f"\x1b[{_STYLES[style]}m{line}\x1b[0m"
