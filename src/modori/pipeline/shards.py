"""Sources to a report, in one process or several: shards are folded into ledgers, and ledgers merge exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import BinaryIO

from modori import read
from modori.attribute.case import Lookup
from modori.ledger import Ledger
from modori.pipeline.conclusion import Told, conclude
from modori.pipeline.learning import learn
from modori.types import Report

Progress = Callable[[int, int], None]


def examine(
    sources: Sequence[str],
    told: Told,
    now: float,
    *,
    jobs: int = 1,
    since: float | None = None,
    until: float | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    lookup: Lookup | None = None,
) -> Report:
    """Read everything, and conclude. The report does not depend on `jobs`."""
    ledger = fold(sources, jobs=jobs, since=since, until=until, stdin=stdin, progress=progress)
    return conclude(ledger, told, now, lookup)


def fold(
    sources: Sequence[str],
    *,
    jobs: int = 1,
    since: float | None = None,
    until: float | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Ledger:
    """Read everything into a ledger, for whoever has more to learn before concluding."""
    if jobs > 1 and stdin is None:
        return _in_processes(sources, jobs, since, until, progress)
    ledger = Ledger()
    return learn(read.read(sources, ledger.learn, stdin=stdin, progress=progress), ledger, since=since, until=until)


def _in_processes(
    sources: Sequence[str], jobs: int, since: float | None, until: float | None, progress: Progress | None
) -> Ledger:
    shards = read.plan(sources, jobs)
    whole = Ledger()
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        waiting = [pool.submit(_fold, shard, since, until) for shard in shards]
        for number, done in enumerate(waiting, 1):
            whole.merge(done.result())
            if progress is not None:
                progress(number, len(shards))
    return whole


def _fold(shard: read.Shard, since: float | None, until: float | None) -> Ledger:
    ledger = Ledger()
    return learn(read.read_shard(shard, ledger.learn), ledger, since=since, until=until)
