"""A question that leads nowhere, or a kind of account without a place, is found before a user meets it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from modori.knowledge import check_told, table


def broken(monkeypatch: pytest.MonkeyPatch, name: str) -> Any:
    """A copy of one table, to be spoiled, that the checker reads instead."""
    copy = deepcopy(table(name))
    monkeypatch.setattr(check_told, "table", lambda wanted: copy if wanted == name else table(wanted))
    return copy


def test_a_question_needs_a_sign_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = broken(monkeypatch, "questions")["question"]
    asked["forwards"]["yes"] = "answer-maybe"
    asked["weather"] = {"yes": "", "no": ""}
    faults = list(check_told.questions())
    assert "questions.forwards: no sign 'answer-maybe'" in faults
    assert "questions.weather: no answer says anything" in faults
    assert "words/ja: questions.ask.weather is missing" in faults


def test_a_kind_of_account_needs_its_place_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    data = broken(monkeypatch, "accounts")
    data["kind"]["game"] = {"hosts": [], "schemes": [], "words": []}
    data["order"].append("school")
    faults = "\n".join(check_told.accounts())
    assert "'game'" in faults
    assert "'school'" in faults
    assert "words/en: password.kind.school is missing" in faults


def test_an_export_names_the_columns_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    exports = broken(monkeypatch, "exports")["export"]
    exports["chrome"]["password"] = "secret"
    del exports["safari"]["name"]
    faults = "\n".join(check_told.accounts())
    assert "exports.chrome" in faults
    assert "exports.safari" in faults
