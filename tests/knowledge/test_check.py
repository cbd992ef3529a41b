"""The shipped data is sound, and the checker finds what it promises to find."""

from __future__ import annotations

import pytest

from modori import knowledge
from modori.errors import UsageError
from modori.knowledge import check_phrases, listing
from modori.knowledge.check import check
from modori.knowledge.check_patterns import explosive
from modori.knowledge.phrasebook import Phrase


def test_the_shipped_data_is_sound() -> None:
    assert check() == []


@pytest.mark.parametrize("pattern", [r"(a+)+", r"(?:a*b)*x", r"(?:[a-z]+\s*){2,}", r"((ab)+c)*", r"(x(?:y*)z)+"])
def test_nested_unbounded_repeats_are_found(pattern: str) -> None:
    assert explosive(pattern)


@pytest.mark.parametrize("pattern", [r"(?:a{0,9}b)+", r"[+*]+(?:x)?", r"\(a+\)+", r"(?:a++b)*+", r"(ab)+c+", r""])
def test_bounded_repeats_are_let_through(pattern: str) -> None:
    assert not explosive(pattern)


def test_a_phrase_that_hides_another_reason_must_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    book = [Phrase("user unknown", "user-unknown", 1), Phrase("sender: user unknown", "rejected", 1)]
    monkeypatch.setattr(check_phrases.phrasebook, "phrases", lambda: iter(book))
    assert [fault for fault in check_phrases.phrases() if "name it in [over]" in fault]
    weaker = [Phrase("user unknown", "user-unknown", 0), book[1]]
    monkeypatch.setattr(check_phrases.phrasebook, "phrases", lambda: iter(weaker))
    assert list(check_phrases.phrases()) == []


def test_doubled_and_unfindable_phrases_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    book = [Phrase("user unknown", "user-unknown", 1)] * 2 + [Phrase("User  Gone", "user-unknown", 1)]
    monkeypatch.setattr(check_phrases.phrasebook, "phrases", lambda: iter(book))
    faults = "\n".join(check_phrases.phrases())
    assert "stands 2 times" in faults
    assert "is not lower case" in faults


def test_phrases_without_a_sample_are_named() -> None:
    missing = check_phrases.unproven({"mailbox full"})
    assert "phrases/user-unknown: user unknown" in missing
    assert "remotes/kddi: 550 : user unknown" in missing
    assert "phrases/mailbox-full: mailbox full" not in missing


@pytest.mark.parametrize("kind", listing.KINDS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_kind_lists_something(kind: str, lang: str) -> None:
    assert list(listing.lines(kind, lang))


def test_an_unknown_kind_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError):
        list(listing.lines("cats", "en"))


def test_every_reason_says_what_it_means_and_what_to_do() -> None:
    for lang in ("ja", "en"):
        said = knowledge.words(lang)
        for code in knowledge.table("reasons"):
            assert all(said[f"reasons.{code}.{part}"].strip() for part in ("name", "meaning", "do"))
