"""Many phrases looked for at once: one walk over the text by an Aho-Corasick automaton, written in C (pyahocorasick).

As one regular expression, a trie of 1,800 phrases takes four times as long for each text, and 150 ms to compile at
every start (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick import Automaton

_IN_WORDS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Phrases:
    """A set of phrases: literal text in the case and spacing that the searched text will have."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._automaton = Automaton()
        for phrase in phrases:
            self._automaton.add_word(phrase, phrase)
        self._any = len(self._automaton) > 0
        self._automaton.make_automaton()

    def everywhere(self, text: str) -> list[tuple[int, str]]:
        """(where it begins, phrase) of every one that stands where a word begins, also inside and across others.

        Only Latin letters and digits begin words: 信誉 stands in "ip信誉" too.
        """
        if not self._any:
            return []
        found = []
        for last, phrase in self._automaton.iter(text):
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

    def within(self, text: str) -> bool:
        """Does any of them stand there, where a word begins?"""
        if not self._any:
            return False
        for last, phrase in self._automaton.iter(text):
            begin = last + 1 - len(phrase)
            if begin == 0 or text[begin - 1] not in _IN_WORDS or phrase[0] > "\x7f":
                return True
        return False

    def first(self, text: str) -> str:
        """The phrase that begins first, the longest of those that begin there; "" when there is none."""
        found = self.findall(text)
        return found[0][1] if found else ""
