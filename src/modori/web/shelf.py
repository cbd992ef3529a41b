"""All examinations of this user, newest first, and the workers that are reading for them."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from modori.store import place
from modori.web.index import Index, Row
from modori.web.job import Asked, Job
from modori.web.listed import row
from modori.web.online import Online

State: TypeAlias = Literal["new", "working", "done", "stopped", "failed"]

_ID = re.compile(r"[0-9]{14}-[0-9a-f]{8}\Z")
_FOLDER = "examinations"
_PATIENCE = 5.0  # seconds that a worker gets to end by itself


class Shelf:
    """The folder of jobs beside the store, and the processes that this server started."""

    def __init__(self, root: Path | None = None, online: Online | None = None) -> None:
        self._options = (online or Online()).options()
        self.root = root or place.path().parent / _FOLDER
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._working: dict[str, subprocess.Popen[bytes]] = {}
        self._index = Index(self.root, self._row)

    def make(self, asked: Asked) -> Job:
        """A new, empty job; its name begins with its time, so that names sort by age."""
        stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(asked.made))
        job = Job(self.root / f"{stamp}-{secrets.token_hex(4)}")
        job.files.mkdir(mode=0o700, parents=True)
        job.ask(asked)
        return job

    def find(self, identifier: str) -> Job | None:
        """The job of this name; None also for names that are none, such as `..`."""
        if not _ID.match(identifier) or not (self.root / identifier / "job.json").is_file():
            return None
        return Job(self.root / identifier)

    def index(self) -> Index:
        """All jobs in one table, as they are now."""
        names = [name for name in os.listdir(self.root) if _ID.match(name)]
        self._index.catch_up(names, lambda name: Job(self.root / name).finished())
        return self._index

    def _row(self, identifier: str) -> Row | None:
        job = self.find(identifier)
        return row(job) if job is not None else None

    def state(self, job: Job) -> State:
        worker = self._working.get(job.id)
        alive = worker is not None and worker.poll() is None  # first: a worker that has ended has left its outcome
        if job.outcome() is not None:
            return "done"
        if alive:
            return "working"
        progress = job.progress()
        if progress is None:
            return "stopped" if job.lies_elsewhere() else "new"
        return "failed" if progress.stage == "failed" else "stopped"

    def start(self, job: Job, password: str = "") -> None:
        """Read in a process of its own: a letter that kills it does not kill the page.

        A mail server's password goes there through a pipe, where no other process can see it.
        """
        if self.state(job) not in ("working", "done"):
            command = [sys.executable, "-m", "modori.web.work", str(job.folder), *self._options]
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
            self._working[job.id] = worker
            if worker.stdin is not None:
                with suppress(BrokenPipeError), worker.stdin as pipe:
                    pipe.write(password.encode("utf-8", "surrogatepass"))
            self._index.forget(job.id)

    def stop(self, job: Job) -> None:
        worker = self._working.pop(job.id, None)
        if worker is not None and worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()

    def remove(self, job: Job) -> None:
        """The job and its copies; the user's own folder, when one was named, is not touched."""
        self.stop(job)
        shutil.rmtree(job.folder, ignore_errors=True)

    def close(self) -> None:
        for identifier in list(self._working):
            self.stop(Job(self.root / identifier))
