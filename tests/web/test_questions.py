"""Questions that only the user can answer, one at a time on the page: each answer weighs what it weighs in --ask."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest

from modori.pipeline import Told, answer, conclude, fold, pending
from modori.show.words import Words
from modori.types import Report
from tests.web.client import EXAMPLES, Server
from tests.web.window import clean, fits, opened, serious, shot

pytestmark = pytest.mark.browser

INBOX = EXAMPLES / "inbox-only" / "inbox.mbox"  # without what was sent, it does not settle who wrote the letters
BUTTONS = {"yes": "yes", "no": "no", "": "unknown"}


def asked(values: Sequence[str]) -> tuple[list[str], Report]:
    """The questions that `check --ask` puts to somebody who answers like this, and what it then concludes."""
    ledger, now = fold([str(INBOX)]), time.time()
    report = conclude(ledger, Told(), now)
    questions: list[str] = []
    for value in values:
        question = pending(ledger, Told(), now, report, questions)
        if question is None:
            break
        questions.append(question)
        if value:
            answer(ledger, question, value)
            report = conclude(ledger, Told(), now)
    return questions, report


def told(window: Any, words: Words, question: str, value: str) -> None:
    """Answer the question that the page puts, which is the one expected."""
    assert window.locator("#question legend").inner_text() == words.say(f"questions.ask.{question}")
    window.get_by_role("button", name=words.say(f"web.question.{BUTTONS[value]}"), exact=True).click()
    window.wait_for_selector(".answer", timeout=60_000)


@pytest.mark.parametrize(
    ("lang", "script", "values"),
    [
        ("ja", True, ["yes"]),
        ("en", True, ["no", "", "yes"]),
        ("ja", False, ["", "yes"]),
        ("en", False, ["yes", "no"]),
    ],
)
def test_the_page_concludes_what_the_terminal_does(
    chromium: Any, server: Server, lang: str, script: bool, values: list[str]
) -> None:
    words, job = Words(lang), server.examine(inbox=INBOX)
    questions, report = asked(values)
    with opened(chromium, server, java_script_enabled=script) as window:
        window.goto(f"{server.origin}/jobs/{job}?lang={lang}")
        before = window.locator(".steps").all_inner_texts()
        if script:
            assert serious(window) == []
            shot(window, f"question-{lang}")
        for question, value in zip(questions, values, strict=False):
            told(window, words, question, value)
        assert window.inner_text("h1") == words.say(f"verdict.{report.verdict.cause}.what")
        steps = window.eval_on_selector_all(".steps > li", "rows => rows.map((row) => row.id)") if script else []
        assert not script or steps == [f"step-{step.id}" for step in report.plan.steps]
        if "yes" in values:
            assert window.locator(".steps").all_inner_texts() != before, "an answer that says something changes the plan"
        if script:
            clean(window, server)
            window.set_viewport_size({"width": 320, "height": 800})
            assert fits(window)
            window.emulate_media(media="print")
            assert not window.locator("#question").is_visible()


def test_the_question_is_answered_with_the_keyboard(chromium: Any, server: Server) -> None:
    job = server.examine(inbox=INBOX)
    with opened(chromium, server) as window:
        window.goto(f"{server.origin}/jobs/{job}?lang=en")
        first = window.locator("#question legend").inner_text()
        window.locator("#question button").nth(1).focus()
        window.keyboard.press("Enter")
        window.wait_for_selector(".answer", timeout=60_000)
        assert window.locator("#question legend").inner_text() != first
