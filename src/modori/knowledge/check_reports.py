"""Faults of the words by which reports tell what they are: doubled, impossible to find, never needed, unproven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from modori.knowledge.report_words import GAP, KINDS, Words, folded, phrases

_SOMETHING = "x"  # stands in the gap of a phrase that is looked at as a text


def report_words() -> Iterator[str]:
    """No phrase twice, none that cannot be found, none that another one finds wherever it stands."""
    counted = Counter(phrase for kind in KINDS for phrase in phrases(kind))
    yield from (f"report_words: {phrase!r} stands {count} times" for phrase, count in counted.items() if count > 1)
    for phrase in counted:
        if phrase != folded(phrase):
            yield f"report_words: {phrase!r} must be written {folded(phrase)!r}, lower case with single spaces"
        halves = phrase.split(GAP)
        if len(halves) > 2 or any(len(half.strip()) < 2 for half in halves):
            yield f"report_words: {phrase!r} must have words on both sides of one gap"
    for kind in KINDS:
        yield from (f"report_words.{kind}: {phrase!r} holds {held!r}, which suffices" for phrase, held in _idle(kind))


def _idle(kind: str) -> Iterator[tuple[str, str]]:
    """Phrases with another that stands in each of them. Where a text says both kinds, it is late: so do phrases."""
    searched = Words({*phrases(kind), *phrases("delayed")})
    for phrase in phrases(kind):
        others = {*searched.found(phrase.replace(GAP, _SOMETHING))} - {phrase}
        yield from ((phrase, held) for held in sorted(others))


def unproven(samples: Collection[tuple[str, str]]) -> list[str]:
    """Phrases that stand in no sample of their kind. `samples` are (kind, text)."""
    found = {(kind, hit) for kind in KINDS for hit in _hits(kind, samples)}
    return [f"{kind}: {phrase}" for kind in KINDS for phrase in phrases(kind) if (kind, phrase) not in found]


def _hits(kind: str, samples: Collection[tuple[str, str]]) -> set[str]:
    searched = Words(phrases(kind))
    return {hit for label, text in samples if label == kind for hit in searched.found(folded(text))}
