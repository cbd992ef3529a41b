"""Diagnoses written to cost time: beginnings of phrases without end, in as many and as long answers as one report holds."""

from __future__ import annotations

import time

from modori import explain
from modori.knowledge import phrasebook
from modori.types import Bounce, Failure, Place

RECIPIENTS = 3_000


def _bounce(said: str) -> Bounce:
    failures = [Failure(f"u{n}@dest.example.net", diagnosis=f"550 {n} {said}") for n in range(RECIPIENTS)]
    return Bounce(Place("x"), "rfc3464", "mx.example.org", None, tuple(failures))


def test_beginnings_without_end_cost_little() -> None:
    gaps = [p.text.partition(phrasebook.GAP) for p in phrasebook.phrases() if phrasebook.GAP in p.text]
    heads = sorted({head for head, _, _ in gaps}, key=lambda head: -sum(head == other for other, _, _ in gaps))[:6]
    tails = [tail for head, _, tail in gaps if head in heads]
    for said in (" ".join(heads * 100), " ".join([*heads * 60, *tails])):
        begin = time.process_time()
        told = explain.explain(_bounce(said[:4000]))
        assert time.process_time() - begin < 10
        assert all(failure.reason is not None for failure in told.failures)


def test_a_long_answer_to_one_recipient_is_read_whole() -> None:
    said = f"{'word ' * 700}mailbox is full"
    one = Bounce(Place("x"), "rfc3464", "mx.example.org", None, (Failure("u@dest.example.net", diagnosis=said),))
    (told,) = explain.explain(one).failures
    assert told.reason is not None
    assert told.reason.code == "mailbox-full"
