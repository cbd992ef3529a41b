"""No sample, no rule: every mark, layout and separator of knowledge/dialects is hit by a sample of its own dialect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from modori.errors import KnowledgeError
from modori.knowledge import dialect as knowledge
from modori.knowledge.dialect import TIERS, Dialect, dialects, report_marks
from modori.octets.addresses import address
from modori.octets.charsets import words
from modori.parse import dsn, table
from modori.parse.anatomy import Anatomy
from modori.parse.readers import GRAMMARS
from modori.recognise import recognise
from modori.types import Letter
from tests.parse.letters import Sample, letter, samples, variants

ALL = samples()
GENERAL = {"plain", "rfc3464", "autoreply"}
LETTERS = {
    name: [letter(raw) for s in ALL if s.folder == name for raw in (s.raw, *(v for _, v in variants(s)))]
    for name in {s.folder for s in ALL}
}


def marks(dialect: Dialect) -> Iterator[tuple[str, str, str]]:
    for tier in TIERS:
        for kind, values in dialect.marks.get(tier, {}).items():
            if kind == "value":
                yield from ((tier, name, text) for name, texts in values.items() for text in texts)
            else:
                yield from ((tier, kind, text) for text in values)


def fits(one: Letter, kind: str, wanted: str) -> bool:
    """Does the mark fit? Written anew, not by the index under test."""
    head = {name.decode(): words(value).lower() for name, value in one.head.items()}
    if kind == "header":
        return wanted in head
    if kind == "subject":
        return head.get("subject", "").lstrip("*[\"' ").startswith(wanted)
    if kind == "from":
        local, _, domain = wanted.partition("@")
        mine, _, host = address(one.head.get(b"from", b"")).lower().rpartition("@")
        return mine == local and (not domain or host == domain or host.endswith(f".{domain}"))
    if kind == "type":
        media, _, rest = wanted.partition(" ")
        return media in head.get("content-type", "") and rest in head.get("content-type", "")
    if kind == "report":
        return wanted.encode() in dsn.read(Anatomy(one))[0]
    return wanted in head.get(kind, "")


@pytest.mark.parametrize("name", sorted(dialects()))
def test_every_mark_is_hit(name: str) -> None:
    unseen = [
        (kind, wanted)
        for _, kind, wanted in marks(dialects()[name])
        if not any(fits(one, kind, wanted) for one in LETTERS.get(name, []))
    ]
    assert unseen == []


@pytest.mark.parametrize("name", sorted(dialects()))
def test_every_form_reads_a_sample(name: str) -> None:
    dialect = dialects()[name]
    for number, layout in enumerate(dialect.layouts):
        alone = replace(dialect, layouts=(layout,))
        assert any(table.read(Anatomy(one), alone) for one in LETTERS[name]), f"form {number}"


@pytest.mark.parametrize("name", sorted(dialects()))
def test_every_separator_divides_a_sample(name: str) -> None:
    bodies = b"\n".join(one.raw[one.body_at :] for one in LETTERS[name])
    assert [line for line in dialects()[name].originals if line.strip().encode() not in bodies] == []


@pytest.mark.parametrize("sample", ALL, ids=lambda s: s.name)
def test_best_claim_is_one_dialects_alone(sample: Sample) -> None:
    one = letter(sample.raw)
    ranks = {
        name: next(i for i, tier in enumerate(TIERS) if tier == hit[0])
        for name, dialect in dialects().items()
        if name not in GENERAL and (hit := next((m for m in marks(dialect) if fits(one, m[1], m[2])), None))
    }
    best = [name for name, rank in ranks.items() if rank == min(ranks.values())]
    assert len(best) <= 1 or sample.folder in GENERAL


def test_recognise_puts_the_surest_dialect_first() -> None:
    one = letter(next(s.raw for s in ALL if s.folder == "mfilter"))
    assert recognise(one)[0] == "mfilter"  # its X-Mailer is certain, qmail's "failure notice" only likely


def test_report_fields_belong_to_known_dialects() -> None:
    assert set(report_marks().values()) <= set(dialects())


def test_every_grammar_exists() -> None:
    assert {d.grammar for d in dialects().values()} <= set(GRAMMARS)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"name": "X", "source": "s", "date": "d", "colour": 1}, "unknown colour"),
        ({"name": "X", "source": "s"}, "'date' is missing"),
        ({"name": "X", "source": "s", "date": "d", "marks": {"sure": {}}}, "unknown sure"),
        ({"name": "X", "source": "s", "date": "d", "form": [{"begin": "(", "recipient": "x"}]}, "missing \\)"),
    ],
)
def test_wrong_data_is_named(wrong: dict[str, object], complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=complaint):
        _ = knowledge.compile_dialect("sample", wrong).forms
