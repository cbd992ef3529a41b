"""What a worker tells of how far it is, often enough for somebody who watches."""

from __future__ import annotations

import time

import msgspec

from modori.imap import ImapError
from modori.ledger import Ledger
from modori.show import safe
from modori.web.job import Job, Progress

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

    def tell(self, stage: str, wrong: ImapError | None = None) -> None:
        self._told = time.time()
        counts = self._ledger.counts
        done = Progress(stage, *self._bytes, counts["letters"], counts["bounces"], self._began, self._told)
        if wrong is not None:
            params = {name: safe.line(value) for name, value in wrong.params.items()}
            done = msgspec.structs.replace(done, wrong=wrong.id, params=params)
        self._job.tell(done)
