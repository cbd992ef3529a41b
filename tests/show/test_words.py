"""Templates: filled safely, readable with params missing, the same in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from modori.knowledge import table, words
from modori.show.width import columns
from modori.show.words import Words, placeholders
from modori.types import Cause

CAUSES = [*get_args(Cause)]
MINE = ("verdict", "signs", "steps", "missing", "drafts", "ui", "notices", "timeline")


def mine(lang: str) -> dict[str, str]:
    return {key: text for key, text in words(lang).items() if key.partition(".")[0] in MINE}


def test_both_languages_say_the_same_things_with_the_same_params() -> None:
    ja, en = mine("ja"), mine("en")
    assert ja.keys() == en.keys()
    assert [key for key in ja if placeholders(ja[key]) != placeholders(en[key])] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sign_reads_well_without_any_params(lang: str) -> None:
    spoken = Words(lang)
    for key in mine(lang):
        if key.startswith(("signs.", "missing.", "notices.", "timeline.")):
            sentence = spoken.say(key)
            assert sentence, key
            assert not set(sentence) & set("{}[]<>|…"), key
            assert "  " not in sentence, key
            assert not sentence.startswith((":", "、", ",", "（")), key


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sign_that_is_weighed_has_words(lang: str) -> None:
    assert [sign for sign in table("signs")["sign"] if f"signs.{sign}" not in words(lang)] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_cause_has_its_three_lines_and_they_fit_a_terminal(lang: str) -> None:
    for cause in CAUSES:
        for part in ("what", "danger", "now"):
            line = words(lang)[f"verdict.{cause}.{part}"]
            assert columns(line) <= 78, line
            assert line.endswith(("。", ".")), line


def test_a_clause_goes_when_its_param_is_missing() -> None:
    say = Words("en").fill
    assert say("By your server[[ ({host})]].", {}) == "By your server."
    assert say("By your server[[ ({host})]].", {"host": "mx.example"}) == "By your server (mx.example)."
    assert say("A[[ {x} and {y}]].", {"x": "1"}) == "A."


def test_english_numbers_choose_their_form() -> None:
    say = Words("en").fill
    assert say("{count} <error|errors> <was|were> found", {"count": 1}) == "1 error was found"
    assert say("{count} <error|errors> <was|were> found", {"count": 2300}) == "2,300 errors were found"


def test_times_are_in_the_users_zone_and_language() -> None:
    stamp = 1_777_784_520.0
    assert Words("ja", 540).when(stamp) == "2026年5月3日 14:02"
    assert Words("en", 540).when(stamp) == "3 May 2026, 14:02"
    assert Words("en", 0).fill("until {until}", {"from": stamp, "until": stamp + 3600}) == "until 06:02"
    assert Words("ja", 540).span(stamp, stamp + 86_400) == "2026年5月3日 14:02〜2026年5月4日 14:02"
    assert Words("en", -210).zone_name() == "UTC-3:30"


def test_a_params_text_is_never_read_as_a_template() -> None:
    say = Words("en").fill
    assert say("From {host}", {"host": "{account} [[x]] <a|b>", "account": "secret"}) == "From {account} [[x]] <a|b>"
    assert say("From {host}", {"host": "\x1b[31m"}) == "From ␛[31m"


def test_lists_are_cut_and_an_unknown_key_is_readable() -> None:
    assert Words("en").fill("{ips}", {"ips": ("a", "b", "c", "d", "e")}) == "a, b, c, d…"
    assert Words("ja").say("signs.some-new-sign") == "some new sign"


def test_impossible_times_do_not_break_the_report() -> None:
    assert Words("en").when(-1e18) == "1 January 1970, 00:00"
    assert Words("ja").when(1e30).startswith("9987年")
