"""Only what would change the verdict or the plan is asked, and an answer does change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from modori.knowledge import table
from modori.ledger import Ledger
from modori.pipeline import Told, answer, conclude, fold, pending
from modori.types import Report

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = 1_778_000_000.0


def all_asked(ledger: Ledger) -> list[str]:
    """The questions put to somebody who knows no answer."""
    report = conclude(ledger, Told(), NOW)
    asked: list[str] = []
    while (question := pending(ledger, Told(), NOW, report, asked)) is not None:
        asked.append(question)
    return asked


@pytest.fixture(scope="module", params=["broken-into", "forged"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return fold([str(EXAMPLES / request.param)])


def steps(report: Report) -> set[str]:
    return {step.id for step in report.plan.steps}


def test_every_question_leads_somewhere_or_is_left_out(ledger: Ledger) -> None:
    asked = all_asked(ledger)
    assert asked
    assert len(asked) < len(table("questions")["question"])


def test_nothing_is_asked_twice(ledger: Ledger) -> None:
    asked = all_asked(ledger)
    assert len(set(asked)) == len(asked)


def test_asking_leaves_the_ledger_as_it_was(ledger: Ledger) -> None:
    before = conclude(ledger, Told(), NOW)
    all_asked(ledger)
    assert conclude(ledger, Told(), NOW) == before


@pytest.mark.parametrize(("question", "step"), [("cannot-login", "recover-account"), ("unknown-payment", "stop-payments")])
def test_a_symptom_brings_its_step_whatever_the_verdict(question: str, step: str) -> None:
    for example in ("broken-into", "forged"):
        fresh = fold([str(EXAMPLES / example)])
        assert step not in steps(conclude(fresh, Told(), NOW))
        answer(fresh, question, "yes")
        assert step in steps(conclude(fresh, Told(), NOW))


def test_an_empty_mailbox_raises_no_question() -> None:
    assert all_asked(Ledger()) == []
