"""check --ask on a real terminal: brief questions, and an answer that changes the plan."""

from __future__ import annotations

import pytest

from tests.cli.terminal import run, talk

FORGED = "examples/forged"
TALKS = {
    "en": [("no longer work?", "perhaps"), ("Please type y or n", "Y"), ("you did not make?", "")],
    "ja": [("できなくなっていますか", "はて"), ("y か n を入力する", "はい"), ("支払いや注文", "")],
}


@pytest.mark.parametrize(
    ("lang", "step"), [("en", "Get your account back"), ("ja", "アカウントを取り戻す手続きをしてください")]
)
def test_an_answer_changes_the_plan(lang: str, step: str) -> None:
    status, seen = talk(["check", "--ask", "--quiet", "--lang", lang, FORGED], TALKS[lang])
    assert status == 10
    assert step in seen
    assert step not in run("check", "--quiet", "--lang", lang, FORGED).stdout.decode()


def test_a_reader_who_leaves_the_questions_still_gets_the_report() -> None:
    status, seen = talk(["check", "--ask", "--quiet", FORGED], [("no longer work?", "\x04"), ("not make?", "\x04")])
    assert status == 10
    assert "There is no trace of a break-in" in seen


@pytest.mark.parametrize("source", [FORGED, "-"])
def test_where_nobody_can_be_asked_it_says_so_before_reading(source: str) -> None:
    done = run("check", "--ask", source, stdin=b"y\n")
    assert done.returncode == 2
    assert b"terminal" in done.stderr
    assert done.stdout == b""
