"""No sample, no rule: every sign of the data is shown by a test, spoken by the code, and said in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from modori.attribute.case import definitions
from modori.knowledge import table

HERE = Path(__file__).parent
TESTS = "".join(p.read_text(encoding="utf-8") for p in HERE.rglob("test_*.py") if p != Path(__file__))


ANSWERS = {  # test_answers.py goes through all of them by the data
    str(said) for question in table("questions")["question"].values() for said in question.values()
}


@pytest.mark.parametrize("identity", sorted(definitions()))
def test_a_test_shows_it(identity: str) -> None:
    assert f'"{identity}"' in TESTS or identity in ANSWERS


@pytest.mark.parametrize("identity", sorted(definitions()))
def test_it_can_be_said_and_has_a_reason(identity: str) -> None:
    assert definitions()[identity]["reason"]
    assert definitions()[identity]["forgery"]
    for language in ("ja", "en"):
        assert identity in table(f"words/{language}")["signs"]
