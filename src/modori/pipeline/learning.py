"""One letter or paper into the ledger: the streaming half of the path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from modori import evidence, rescue
from modori.attribute.letters import correspondence, poses_as_report
from modori.attribute.witness import witness
from modori.ledger import Ledger
from modori.pipeline.reading import parse_letter
from modori.types import Letter, Paper, Place, Problem


def learn(
    items: Iterable[Letter | Paper],
    ledger: Ledger,
    *,
    since: float | None = None,
    until: float | None = None,
    step: Callable[[], None] | None = None,
) -> Ledger:
    """Fold everything that was read into the ledger. `since` and `until` bound the letters by their arrival."""
    for item in items:
        if isinstance(item, Letter):
            _letter(item, ledger, since, until)
        else:
            _paper(item, ledger)
        if step is not None:
            step()
    return ledger


def _letter(letter: Letter, ledger: Ledger, since: float | None, until: float | None) -> None:
    reading = parse_letter(letter)
    if reading is not None and not poses_as_report(letter, reading.bounce):
        seen = witness(letter, reading.bounce, reading.original)
        if _within(seen.moment, since, until):
            ledger.learn(seen)
        return
    _ordinary(letter, ledger, since, until)


def _ordinary(letter: Letter, ledger: Ledger, since: float | None, until: float | None) -> None:
    record, seen = correspondence(letter)
    if not record.sent and not _within(record.moment, since, until):
        return
    kind, why = rescue.classify(
        letter.head, record.sender, record.subject, name=record.name, authentic=record.authentic
    )
    ledger.learn(replace(record, kind=kind, why=why))
    if not record.sent:
        ledger.people.learn_servers(seen.inbound, seen.internal, seen.zone)
    for fact in evidence.from_letter(letter, bool(seen.inbound), note=ledger.learn):
        ledger.learn(fact)


def _paper(paper: Paper, ledger: Ledger) -> None:
    source = evidence.sniff(paper)
    if source is None:
        ledger.learn(_not_recognised(paper))
        return
    for fact in evidence.facts(paper, source, ledger.learn):
        ledger.learn(fact)


def _not_recognised(paper: Paper) -> Problem:
    """One telling for all of a folder or an archive: the ledger adds up the counts."""
    folder, _, name = paper.place.source.replace("!", "/").rpartition("/")
    return Problem("not-recognised", Place(paper.place.source[: len(folder)] or "."), {"count": 1, "name": name})


def _within(moment: float, since: float | None, until: float | None) -> bool:
    return (since is None or moment >= since) and (until is None or moment < until)
