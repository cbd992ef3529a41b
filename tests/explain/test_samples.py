"""Every line that a server writes gets its reason, and every phrase and rule has a line that it decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import pytest

from modori.explain import reason
from modori.knowledge import phrasebook, remote_rules, table
from modori.knowledge.check_phrases import unproven
from modori.octets.fold import fold
from tests.explain.lines import Sample, answers, lines

BY_REASON: dict[str, list[Sample]] = defaultdict(list)
for sample in (*lines(), *answers()):
    BY_REASON[sample.reason].append(sample)


@pytest.mark.parametrize("code", sorted(BY_REASON))
def test_lines_of_a_reason_are_explained_so(code: str) -> None:
    read = {s.failure.diagnosis: (reason(s.failure).code, reason(s.failure).because) for s in BY_REASON[code]}
    assert {text: found for text, found in read.items() if found[0] != code} == {}


def test_no_phrase_and_no_rule_without_a_sample() -> None:
    assert unproven({reason(s.failure).because for s in (*lines(), *answers())}) == []


def test_every_refusal_has_samples() -> None:
    no_words = {"complaint", "authentication-report"}  # told by the kind of report, not by words
    assert table("reasons").keys() - BY_REASON.keys() - no_words == set()


def test_a_sample_of_a_provider_is_decided_by_its_own_rules() -> None:
    strays = []
    for s in answers():
        said = (fold(s.failure.diagnosis), s.failure.status, s.failure.reply, s.failure.command)
        rules = remote_rules.of_host(s.failure.remote_mta, said[0])
        if not any(rule.fits(said) for rule in rules):
            strays.append(s.failure.diagnosis)
    assert strays == []


CHANGES: dict[str, Callable[[str], str]] = {
    "upper case": lambda text: text.replace("ß", "ẞ").upper(),
    "folded lines": lambda text: text.replace(" ", "\r\n\t"),
    "margins": lambda text: f"  {text} \n",
}


@pytest.mark.parametrize("change", CHANGES)
def test_case_and_white_space_do_not_matter(change: str) -> None:
    for s in lines():
        altered = replace(s.failure, diagnosis=CHANGES[change](s.failure.diagnosis))
        assert reason(altered).code == s.reason, altered.diagnosis


def test_the_surest_tier_wins_over_length() -> None:
    found = phrasebook.best("recipient address rejected: this mailbox unavailable because mailbox full")
    assert found is not None
    assert (found.reason, found.text) == ("mailbox-full", "mailbox full")


def test_a_gap_reaches_eighty_letters_and_no_further() -> None:
    near, far = (f"domain of sender address {'x' * n} does not exist" for n in (70, 200))
    assert {p.text for p in phrasebook.found(near)} >= {"domain of sender address * does not exist"}
    assert {p.text for p in phrasebook.found(far)}.isdisjoint({"domain of sender address * does not exist"})


def test_a_beginning_that_does_not_go_on_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where "mail address" is not followed by "does not exist", "address blocked" may begin inside it."""
    book = [
        phrasebook.Phrase("mail address * does not exist", "user-unknown", 1),
        phrasebook.Phrase("address blocked", "blocked", 1),
    ]
    monkeypatch.setattr(phrasebook, "phrases", lambda: iter(book))
    phrasebook._book.cache_clear()
    try:
        assert [p.reason for p in phrasebook.found("your mail address blocked here")] == ["blocked"]
        assert [p.reason for p in phrasebook.found("mail address x does not exist")] == ["user-unknown"]
    finally:
        phrasebook._book.cache_clear()
