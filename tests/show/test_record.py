"""The record that `modori parse` promises, as JSON lines and as CSV."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest

from modori.show import record
from modori.types import Original
from tests.show.bounces import BOUNCE, RETURNED, failing

PROMISED = {
    "place": {"source": "box.mbox", "offset": 120, "length": 900},
    "dialect": "postfix",
    "writer": "out3.rental.example",
    "when": "2026-05-03T05:02:00Z",
    "recipient": "taro@example.jp",
    "action": "failed",
    "status": "5.1.1",
    "reply": 550,
    "command": "RCPT",
    "diagnosis": "550 5.1.1 <taro@example.jp>: Recipient address rejected: User unknown",
    "remote": "mx.example.jp",
    "reason": "user-unknown",
    "permanent": True,
    "original": {
        "from": "info@hanaya.example",
        "to": ["taro@example.jp", "hanako@example.com"],
        "subject": "お花のご案内",
        "message_id": "a1@hanaya.example",
        "date": "Sun, 3 May 2026 14:02:00 +0900",
        "complete": True,
    },
}


def test_a_record_holds_what_was_promised() -> None:
    (found,) = record.records(BOUNCE, RETURNED)
    assert {key: found[key] for key in PROMISED} == PROMISED
    assert found["because"] == "user unknown"


def test_what_is_not_known_is_null_or_empty() -> None:
    (found,) = record.records(failing(reply=0, status="", reason=None), None)
    assert (found["reply"], found["status"], found["original"]) == (None, "", None)
    assert (found["reason"], found["permanent"]) == ("undefined", False)


def test_text_that_utf8_cannot_hold_is_still_written() -> None:
    for found in record.records(failing(diagnosis="\udcff", recipient="a\udc80@b"), Original(subject="\ud800")):
        assert msgspec.json.decode(msgspec.json.encode(found))["diagnosis"] == "?"


def rows(bounce: object, original: Original | None) -> list[dict[str, str]]:
    text = record.csv_head() + b"".join(record.csv_rows(bounce, original))  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")))


def test_a_row_holds_the_same() -> None:
    (row,) = rows(BOUNCE, RETURNED)
    assert row["recipient"] == "taro@example.jp"
    assert (row["source"], row["offset"], row["permanent"], row["reply"]) == ("box.mbox", "120", "true", "550")
    assert row["original_to"] == "taro@example.jp hanako@example.com"
    assert row["original_subject"] == "お花のご案内"


@pytest.mark.parametrize("nasty", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(nasty: str) -> None:
    (row,) = rows(failing(diagnosis=nasty), None)
    assert row["diagnosis"] == f"'{nasty}"


def test_line_ends_and_quotes_stay_inside_their_cell() -> None:
    (row,) = rows(failing(diagnosis='a "b",\r\nc'), None)
    assert row["diagnosis"] == 'a "b",\r\nc'
