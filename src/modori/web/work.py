"""The process that reads one job: `python -m modori.web.work FOLDER`. It tells how far it is through a file."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from modori import read
from modori.errors import StoreError
from modori.ledger import Ledger
from modori.pipeline import Told, conclude, learn
from modori.store import Store
from modori.types import Report
from modori.web.job import Asked, Job, Outcome, Progress

_EVERY = 0.25  # seconds between two words about the progress


class Teller:
    """Writes the progress of a ledger that is being filled, now and then."""

    def __init__(self, job: Job, ledger: Ledger) -> None:
        self._job, self._ledger = job, ledger
        self._began = time.time()
        self._told = 0.0
        self._bytes = (0, 0)

    def read(self, done: int, total: int) -> None:
        self._bytes = (done, total)
        self.step()

    def step(self) -> None:
        if time.time() - self._told >= _EVERY:
            self.tell("reading")

    def tell(self, stage: str) -> None:
        self._told = time.time()
        counts = self._ledger.counts
        self._job.tell(
            Progress(stage, *self._bytes, counts["letters"], counts["bounces"], self._began, self._told)
        )


def work(job: Job) -> None:
    """Read everything, conclude, keep. The report is there before its outcome says so."""
    asked = job.asked() or Asked(time.time(), "en")
    ledger = Ledger()
    teller = Teller(job, ledger)
    teller.tell("reading")
    try:
        learn(read.read(job.sources(), ledger.learn, progress=teller.read), ledger, step=teller.step)
        teller.tell("concluding")
        report = conclude(ledger, Told(me=asked.me), time.time())
        job.finish(report, _outcome(report, _kept(report, job)))
    except Exception:
        teller.tell("failed")
        raise


def _kept(report: Report, job: Job) -> str:
    """The incident that remembers the ticked steps; "" when there is nothing to do, or no store to be had."""
    if not report.plan.steps:
        return ""
    try:
        with Store.open() as store:
            return store.keep(report, job.sources(), time.time()).id
    except StoreError as wrong:
        print(f"modori: {wrong}", file=sys.stderr)
        return ""


def _outcome(report: Report, incident: str) -> Outcome:
    verdict, tallies = report.verdict, report.tallies
    return Outcome(
        verdict.cause, verdict.severity, tallies.letters, tallies.bounces, report.owner.addresses[:3], incident
    )


if __name__ == "__main__":
    work(Job(Path(sys.argv[1])))
