"""Many phrases looked for at once: one walk over the text by an Aho-Corasick automaton, written in C (pyahocorasick).

As one regular expression, a trie of 1,800 phrases takes four times as long for each text, and 150 ms to compile at
every start (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ahocorasick import Automaton

_IN_WORDS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Phrases:
    """A set of phrases: literal text in the case and spacing that the searched text will have.

    Texts in ASCII, most of all, are looked through for the phrases in ASCII alone: a node's edges are searched one by
    one, and the root of all languages together has hundreds. Each automaton is built when a text first needs it.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(phrases)

    @cached_property
    def _of_ascii(self) -> Automaton | None:
        return _automaton(phrase for phrase in self._phrases if phrase.isascii())

    @cached_property
    def _of_all(self) -> Automaton | None:
        return _automaton(self._phrases)

    def everywhere(self, text: str) -> list[tuple[int, str]]:
        """(where it begins, phrase) of every one that stands where a word begins, also inside and across others.

        Only Latin letters and digits begin words: 信誉 stands in "ip信誉" too.
        """
        automaton = self._of_ascii if text.isascii() else self._of_all
        if automaton is None:
            return []
        found = []
        for last, phrase in automaton.iter(text):
            begin = last + 1 - len(phrase)
            if begin == 0 or text[begin - 1] not in _IN_WORDS or phrase[0] > "\x7f":
                found.append((begin, phrase))
        return found

    def findall(self, text: str) -> list[tuple[int, str]]:
        """(where it begins, phrase) from left to right, the longest of those that begin first, none across another."""
        hits = self.everywhere(text)
        if len(hits) < 2:
            return hits
        hits.sort(key=lambda hit: (hit[0], -len(hit[1])))
        found, end = [], 0
        for begin, phrase in hits:
            if begin >= end:
                found.append((begin, phrase))
                end = begin + len(phrase)
        return found

    def anywhere(self, text: str) -> set[str]:
        """Those that stand in the text at all, also in the middle of a word."""
        automaton = self._of_ascii if text.isascii() else self._of_all
        return set() if automaton is None else {phrase for _, phrase in automaton.iter(text)}

    def first(self, text: str) -> str:
        """The phrase that begins first, the longest of those that begin there; "" when there is none."""
        found = self.findall(text)
        return found[0][1] if found else ""


def _automaton(phrases: Iterable[str]) -> Automaton | None:
    """None when there are none: an empty automaton must not be asked."""
    automaton = Automaton()
    for phrase in phrases:
        automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    return automaton if len(automaton) else None
