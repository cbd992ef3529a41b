"""The report for programs: the contract's names and order, valid against the published schema, never unwritable."""

from __future__ import annotations

import json as standard
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from modori.show.json import json
from modori.show.schema import schema
from modori.types import Place
from tests.show import builders

PUBLISHED = Path(__file__).parents[2] / "docs" / "report.schema.json"


def loaded(report: Any, lang: str = "en") -> Any:
    return standard.loads(json(report, "9.9", lang))


def test_the_published_schema_is_the_one_in_use() -> None:
    assert standard.loads(PUBLISHED.read_text(encoding="utf-8")) == schema()


@pytest.mark.parametrize("name", sorted(builders.ALL))
def test_every_report_is_valid_and_every_field_is_described(name: str) -> None:
    strict = _closed(schema())
    Draft202012Validator.check_schema(strict)
    Draft202012Validator(strict).validate(loaded(builders.ALL[name]()))


def _closed(part: Any) -> Any:
    """The schema with unknown fields forbidden, so that a field nobody described fails."""
    if isinstance(part, list):
        return [_closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    closed = {key: _closed(value) for key, value in part.items()}
    return {**closed, "additionalProperties": False} if isinstance(part.get("properties"), dict) else closed


def test_a_schema_that_demands_more_fails() -> None:
    found = loaded(builders.hijacked())
    del found["verdict"]["cause"]
    assert not Draft202012Validator(schema()).is_valid(found)


def test_names_and_order_are_the_contracts() -> None:
    found = loaded(builders.hijacked())
    assert list(found)[:14] == [
        "schema", "generated", "version", "owner", "verdict", "campaigns", "surges", "volume", "limits", "tallies",
        "rescue", "notices", "plan", "drafts",
    ]  # fmt: skip
    assert found["schema"] == "modori.report/1"
    assert found["version"] == "9.9"
    assert found["generated"] == "2026-05-05T05:02:00Z"
    assert found["volume"] == {
        "messages": {"low": 410, "median": 620, "high": 1180},
        "basis": "truncated-beta-binomial",
    }
    assert found["campaigns"][0]["origin"]["account"] == "info@hanaya.example"
    assert found["surges"][0]["end"] is None
    assert found["rescue"][0]["from"] == "person1@partner.example"
    assert found["rescue"][0]["date"] == "2026-05-03T06:02:00Z"
    assert found["notices"][0] | {"where": "Brazil", "genuine": None} == found["notices"][0]
    assert found["plan"][0]["id"] == "preserve"
    assert found["plan"][0]["urgency"] == "now"
    assert found["problems"][0]["place"]["source"] == "古い.zip"


def test_why_is_in_the_language_asked_for() -> None:
    assert loaded(builders.undecided())["verdict"]["missing"][0]["why"].startswith("your provider's mail-software")
    assert loaded(builders.undecided(), "ja")["verdict"]["missing"][0]["why"].startswith("サーバー会社")
    assert loaded(builders.forged(), "ja")["rescue"][0]["why"] == "あなたのメールへの返信です"


def test_the_same_report_gives_the_same_bytes() -> None:
    assert json(builders.hijacked(), "1") == json(builders.hijacked(), "1")


def test_text_that_utf8_cannot_hold_and_odd_values_do_not_break_it() -> None:
    report = builders.hijacked()
    odd = replace(report.notices[0], service="\ud800", params={"x": b"\xff", "y": {3, 1}, "z": object, "\ud800": None})
    found = loaded(replace(report, notices=(odd,), quotes={Place("\udcff", 1): "\ud83d"}))
    assert found["notices"][0]["service"] == "?"
    assert found["notices"][0]["params"]["y"] == [1, 3]
    assert found["quotes"][0]["text"] == "?"


def test_lines_and_uids_are_named_where_they_matter() -> None:
    report = builders.hijacked()
    at = Place("maillog", 10, 20, line=7, uid=42)
    found = loaded(replace(report, notices=(replace(report.notices[0], place=at),)))
    assert found["notices"][0]["place"] == {"source": "maillog", "offset": 10, "length": 20, "line": 7, "uid": 42}
