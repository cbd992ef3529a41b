"""check --keep: the report becomes an incident, or brings the open one of the same mailbox up to date."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence

from modori import read
from modori.cli import shelf
from modori.imap import again, is_url
from modori.show import incident as shown
from modori.show.words import Words
from modori.types import Letter, Paper, Place, Problem, Proof, Report, Sign

_PIECE = 1 << 16


def keep(report: Report, sources: Sequence[str], now: float, lang: str) -> None:
    """Write to the store, and say on standard error what it now holds and what had changed."""
    with shelf.opened(lang) as store:
        kept = store.keep(report, [_absolute(source) for source in sources], now, proofs(report, sources))
        incident = store.incident(kept.id)
    print(Words(lang).say(f"incident.said.{'opened' if kept.opened else 'updated'}", {"id": kept.id}), file=sys.stderr)
    for line in shown.changes(incident, kept.changes, lang):
        print(f"  {'・' if lang == 'ja' else '-'} {line}", file=sys.stderr)


def _absolute(source: str) -> str:
    return source if source == "-" or is_url(source) else os.path.abspath(source)


def proofs(report: Report, sources: Sequence[str]) -> Iterator[Proof]:
    """The digests of the letters and files that the signs name, taken now: the mailbox may be emptied tomorrow.

    Read again rather than kept while reading: which letters matter is known only at the end. What came on standard
    input is gone by then, and has no digest.
    """
    wanted = {place for sign in _signs(report) for place in sign.places}
    for place, raw in again(place for place in wanted if is_url(place.source)):
        yield Proof(place, hashlib.sha256(raw).hexdigest())
    yield from _in_files({place for place in wanted if not is_url(place.source)}, sources)


def _in_files(wanted: set[Place], sources: Sequence[str]) -> Iterator[Proof]:
    files = [source for source in sources if source != "-" and not is_url(source)]
    if not wanted or not files:
        return
    for item in read.read(files, _ignore):
        if isinstance(item, Letter) and item.place in wanted:
            wanted.discard(item.place)
            yield Proof(item.place, hashlib.sha256(item.raw).hexdigest())
        elif isinstance(item, Paper) and not item.folder and any(at.source == item.place.source for at in wanted):
            wanted = {at for at in wanted if at.source != item.place.source}
            yield Proof(Place(item.place.source), _digest(item))
        if not wanted:
            return


def _signs(report: Report) -> Iterator[Sign]:
    yield from report.verdict.signs
    for campaign in report.campaigns:
        yield from campaign.signs


def _digest(paper: Paper) -> str:
    taken = hashlib.sha256()
    with paper.open() as file:
        while piece := file.read(_PIECE):
            taken.update(piece)
    return taken.hexdigest()


def _ignore(problem: Problem) -> None:
    """What cannot be read was reported when it was read first."""
