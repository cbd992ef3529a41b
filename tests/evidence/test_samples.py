"""Every grammar against what it should yield: samples/NAME.log beside samples/NAME.toml."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from modori.evidence import facts, sniff
from modori.types import Fact, Problem
from tests.evidence.papers import paper

SAMPLES = sorted(Path(__file__).with_name("samples").glob("*.log"))


def expected(sample: Path) -> dict[str, Any]:
    return tomllib.loads(sample.with_suffix(".toml").read_text("utf-8"))


def shown(fact: Fact, wanted: dict[str, Any]) -> dict[str, Any]:
    """The fact, as far as the expectation speaks of it."""
    return {name: type(fact).__name__ if name == "type" else plain(getattr(fact, name)) for name in wanted}


def plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.timestamp()
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_is_recognised_by_its_content(sample: Path) -> None:
    assert sniff(paper(sample.read_bytes())) == expected(sample)["source"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_yields_exactly_its_facts(sample: Path) -> None:
    problems: list[Problem] = []
    found = list(facts(paper(sample.read_bytes()), expected(sample)["source"], problems.append))
    wanted = [{name: plain(value) for name, value in fact.items()} for fact in expected(sample).get("fact", [])]
    assert [type(fact).__name__ for fact in found] == [fact["type"] for fact in wanted]
    assert [shown(fact, want) for fact, want in zip(found, wanted, strict=True)] == wanted
    assert [problem.id for problem in problems] == expected(sample).get("problems", [])
