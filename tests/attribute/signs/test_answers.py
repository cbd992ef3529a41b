"""What the user said counts, each answer as its own sign, and never against a way that is clear."""

from __future__ import annotations

import pytest

from modori.knowledge import table
from modori.types import Answer, Place
from tests.attribute.build import forged, hijacked, many

ANSWERS = {
    ("cannot-login", "yes"): "answer-cannot-login",
    ("unknown-payment", "yes"): "answer-unknown-payment",
    ("sent-newsletter", "yes"): "answer-sent-newsletter",
    ("sent-newsletter", "no"): "answer-no-mailing",
    ("unknown-sent", "yes"): "answer-unknown-sent",
    ("login-notice", "yes"): "answer-login-notice",
    ("forwards", "yes"): "answer-forwards",
    ("forwards", "no"): "answer-no-forward",
    ("own-newsletter", "yes"): "answer-own-newsletter",
    ("reused-password", "yes"): "answer-reused-password",
}
POSSIBLE = [(identity, value) for identity in table("questions")["question"] for value in ("yes", "no")]


def said(identity: str, value: str) -> Answer:
    return Answer(Place("--ask"), identity, value)


@pytest.mark.parametrize(("identity", "value"), POSSIBLE)
def test_each_answer_is_its_own_sign_or_none(identity: str, value: str) -> None:
    found = {i for i in many(hijacked()).know(said(identity, value)).signs() if i.startswith("answer-")}
    assert found == {ANSWERS[identity, value]} if (identity, value) in ANSWERS else not found


def test_no_answer_no_sign() -> None:
    assert not any(i.startswith("answer-") for i in many(hijacked()).signs())


def test_an_answer_to_a_question_that_nobody_asks_says_nothing() -> None:
    answers = (said("favourite-colour", "yes"), said("forwards", "perhaps"))
    assert not any(i.startswith("answer-") for i in many(forged()).know(*answers).signs())


def test_a_lost_password_alone_makes_no_hijack_of_backscatter() -> None:
    (campaign,) = many(forged()).know(said("cannot-login", "yes")).campaigns()
    assert campaign.cause == "forged"
