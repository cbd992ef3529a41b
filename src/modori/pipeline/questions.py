"""What only the user knows, asked only where it matters: a question is worth asking when an answer to it would change
the verdict or the plan, and the surest way to know is to conclude once with each answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import replace

from modori.attribute.case import Lookup
from modori.knowledge import table
from modori.ledger import Ledger
from modori.ledger.sketch import either
from modori.pipeline.conclusion import Told, conclude
from modori.types import Answer, Place, Report

VALUES = ("yes", "no")
_PLACE = Place("--ask")


def pending(
    ledger: Ledger, told: Told, now: float, report: Report, asked: Collection[str] = (), lookup: Lookup | None = None
) -> str | None:
    """The next question worth asking, by its id in knowledge/questions.toml; None when nothing more would help.

    `report` is what the ledger concludes so far, `asked` the questions that were put already, answered or not.
    """
    stands = _outcome(report)
    for identity in table("questions")["question"]:
        if identity not in asked and any(_outcome(r) != stands for r in _trials(ledger, told, now, identity, lookup)):
            return str(identity)
    return None


def answer(ledger: Ledger, identity: str, value: str) -> None:
    """Learn an answer, "yes" or "no"."""
    ledger.learn(Answer(_PLACE, identity, value))


def _trials(ledger: Ledger, told: Told, now: float, identity: str, lookup: Lookup | None) -> Iterator[Report]:
    """What would be concluded from each answer that says something."""
    question = table("questions")["question"][identity]
    for value in VALUES:
        if question[value]:
            trial = replace(ledger, answers=deepcopy(ledger.answers))  # all the rest is shared, for nobody changes it
            trial.answers.add((identity, value), Answer(_PLACE, identity, value), either)
            yield conclude(trial, told, now, lookup)


def _outcome(report: Report) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What the user would see change: the answer, and what to do."""
    return report.verdict.cause, report.verdict.likely, tuple((s.id, s.urgency) for s in report.plan.steps)
