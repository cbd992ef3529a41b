"""Every sample is read as its expectation says, with every kind of line end and under every variant."""

from __future__ import annotations

from typing import Any

import pytest

from modori.parse import original, parse
from modori.recognise import recognise
from modori.types import Bounce, Failure
from tests.parse.letters import Sample, letter, samples, variants

ALL = samples()
LINE_ENDS = {"lf": b"\n", "crlf": b"\r\n", "cr": b"\r"}
FIELDS = ("recipient", "status", "reply", "command", "diagnosis", "remote_mta", "alias", "feedback")


def read(raw: bytes) -> Bounce:
    one = letter(raw)
    found = parse(one, recognise(one))
    assert found is not None
    return found


def as_expected(failure: Failure) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(failure, name) for name in FIELDS if getattr(failure, name)}
    return said if failure.action == "failed" else said | {"action": failure.action}


@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize("sample", ALL, ids=lambda s: s.name)
def test_sample(sample: Sample, end: str) -> None:
    raw = sample.raw.replace(b"\n", LINE_ENDS[end])
    bounce = read(raw)
    assert bounce.dialect == sample.expected["dialect"]
    assert bounce.writer == sample.expected.get("writer", "")
    assert bounce.queue_id == sample.expected.get("queue_id", "")
    assert [as_expected(f) for f in bounce.failures] == sample.expected["failure"]
    returned = original(letter(raw), bounce)
    wanted = sample.expected.get("original")
    assert (returned is None) == (wanted is None)
    if returned is not None:
        assert {name: getattr(returned, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("sample", "raw"),
    [pytest.param(s, raw, id=f"{s.name}-{name}") for s in ALL for name, raw in variants(s)],
)
def test_variant_names_the_same_recipients(sample: Sample, raw: bytes) -> None:
    bounce = read(raw)
    assert [f.recipient for f in bounce.failures] == [f["recipient"] for f in sample.expected["failure"]]
    assert (original(letter(raw), bounce) is None) == ("original" not in sample.expected)
    assert sample.expected["dialect"] in recognise(letter(raw))


@pytest.mark.parametrize("sample", ALL, ids=lambda s: s.name)
def test_original_lies_where_the_bounce_says(sample: Sample) -> None:
    bounce = read(sample.raw)
    if bounce.original_at is not None:
        begin, end = bounce.original_at
        returned = original(letter(sample.raw), bounce)
        assert returned is not None
        assert sample.raw[begin:end].startswith(returned.head[:40])
