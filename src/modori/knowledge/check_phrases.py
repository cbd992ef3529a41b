"""Faults of the phrases: doubled, impossible to find, hidden by another without saying so, or without a sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from modori.knowledge import phrasebook, remote_rules, table
from modori.knowledge.phrasebook import Phrase


def phrases() -> Iterator[str]:
    """No phrase twice, none that cannot be found, none hidden by another without saying so."""
    book = list(phrasebook.phrases())
    counted = Counter(phrase.text for phrase in book)
    yield from (f"phrases: {text!r} stands {count} times" for text, count in counted.items() if count > 1)
    for phrase in book:
        if phrase.reason not in table("reasons"):
            yield f"phrases/{phrase.reason}: no such reason"
        if phrase.text != " ".join(phrase.text.lower().split()) or len(phrase.text) < 2:
            yield f"phrases/{phrase.reason}: {phrase.text!r} is not lower case with single spaces"
    yield from _unsettled(book)


def _unsettled(book: list[Phrase]) -> Iterator[str]:
    """Phrases that hold a phrase of another reason, as sure or surer, without naming it under [over]."""
    by_text = {phrase.text: phrase for phrase in book}
    for phrase in book:
        said = table("phrases")[phrase.reason].get("over", {}).get(phrase.text, ())
        for held in (by_text[inner] for inner in _inside(phrase.text, by_text)):
            if held.reason != phrase.reason and held.tier >= phrase.tier and held.text not in said:
                yield f"phrases/{phrase.reason}: {phrase.text!r} holds {held.text!r} ({held.reason}): name it in [over]"


def _inside(text: str, known: Collection[str]) -> Iterator[str]:
    """The known phrases that begin at a word of `text` and lie within it."""
    begins = [at for at in range(len(text)) if at == 0 or not (text[at - 1].isascii() and text[at - 1].isalnum())]
    for begin in begins:
        pieces = (text[begin:end] for end in range(begin + 2, len(text) + 1))
        yield from (piece for piece in pieces if piece in known and piece != text)


def unproven(because: Collection[str]) -> list[str]:
    """Phrases and rules that decided no sample. `because` holds the witness that decided each sample."""
    decided = set(because)
    known = [f"phrases/{phrase.reason}: {phrase.text}" for phrase in phrasebook.phrases()]
    missing = [entry for entry in known if entry.partition(": ")[2] not in decided]
    return missing + [f"remotes/{rule.because}" for rule in remote_rules.rules() if rule.because not in decided]
