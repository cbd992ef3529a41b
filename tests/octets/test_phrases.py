"""The automaton finds what a plain search for each phrase would find: the longest phrase at the first place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modori.octets.fold import LIMIT, fold
from modori.octets.phrases import Phrases


def test_longest_phrase_first_and_only_where_a_word_begins() -> None:
    phrases = Phrases(["user", "user unknown", "unknown user", "a.b*c"])
    text = "superuser, user unknown; user; a.b*c axb*c"
    assert phrases.findall(text) == [(11, "user unknown"), (25, "user"), (31, "a.b*c")]
    assert phrases.first(text) == "user unknown"


def test_latin_letters_do_not_hold_back_words_of_other_scripts() -> None:
    assert Phrases(["信誉"]).findall("发件ip信誉度过低") == [(4, "信誉")]


def test_no_phrases_find_nothing() -> None:
    assert Phrases([]).findall("anything") == []
    assert Phrases([]).first("anything") == ""


@given(st.lists(st.text("ab ", min_size=1, max_size=5), min_size=1, max_size=8), st.text("ab ", max_size=30))
def test_the_automaton_agrees_with_a_naive_search(phrases: list[str], text: str) -> None:
    def naive() -> list[tuple[int, str]]:
        found, at = [], 0
        while at < len(text):
            begins = at == 0 or not text[at - 1].isalnum()
            here = [phrase for phrase in phrases if begins and text.startswith(phrase, at)]
            if here:
                found.append((at, max(here, key=len)))
            at += len(found[-1][1]) if here else 1
        return found

    assert Phrases(phrases).findall(text) == naive()


@given(st.text())
def test_folding_is_bounded_lower_case_and_single_spaced(text: str) -> None:
    folded = fold(text)
    assert len(folded) <= 4 * LIMIT
    assert "  " not in folded


def test_folding_joins_a_reply_of_several_lines() -> None:
    assert (
        fold("550-5.1.1 The account you\r\n550-5.1.1 tried to\r\n550 5.1.1 reach")
        == "550-5.1.1 the account you tried to reach"
    )
    assert fold("550 <spam.full@example.jp>: no") == "550 <@>: no"
    assert fold("ＵＳＥＲ　unknown") == "user unknown"
