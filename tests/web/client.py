"""A real `modori serve` in a process of its own, and somebody who talks HTTP to it byte by byte."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

EXAMPLES = Path(__file__).parents[2] / "examples"
_PATIENCE = 60.0


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """One running server; `address` is what it printed."""

    process: subprocess.Popen[str]
    address: str
    folder: Path  # of its store and examinations
    cookie: str = ""
    check: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        found = re.search(r":(\d+)/", self.address)
        assert found
        return int(found[1])

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request with exactly these headers (underscores for hyphens)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        got = connection.getresponse()
        found = Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        connection.close()
        return found

    def enter(self) -> Server:
        """Exchange the token as a browser would, and learn the page's check value."""
        self.cookie = self.ask("GET", f"/?token={self.token}").headers["set-cookie"].partition(";")[0]
        found = re.search(r'data-check="([0-9a-f]+)"', self.ask("GET", "/", cookie=self.cookie).text)
        assert found
        self.check = found[1]
        return self

    def get(self, path: str, lang: str = "en") -> Answer:
        return self.ask("GET", path, cookie=self.cookie, accept_language=lang)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """A request that changes something, as our own page makes it."""
        if isinstance(body, str):
            headers.setdefault("content_type", "application/x-www-form-urlencoded")
        return self.ask(
            method, path, body, cookie=self.cookie, origin=self.origin, x_modori_check=self.check, **headers
        )

    def hand(self, job: str, name: str, content: bytes, offset: int = 0) -> Answer:
        return self.send("PUT", f"/jobs/{job}/files?name={quote(name)}", content, upload_offset=str(offset))

    def examine(self, **files: Path) -> str:
        """Hand over files and wait for the end; the job's name."""
        job = str(self.send("POST", "/jobs", "me=").json()["id"])
        for name, file in files.items():
            assert self.hand(job, f"{name}.mbox", file.read_bytes()).status == 200
        assert self.send("POST", f"/jobs/{job}/begin").status == 303
        assert self.finished(job) == "done"
        return job

    def finished(self, job: str) -> str:
        """The state of a job when it is no longer worked on."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if (state := str(self.get(f"/jobs/{job}/progress").json()["state"])) != "working":
                return state
            time.sleep(0.1)
        raise AssertionError(f"{job} is still being read after {_PATIENCE} s")

    def worked(self) -> float:
        """The processor time that the server itself has taken, in seconds (Linux)."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """The most that the server itself has held, in bytes (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024


@contextmanager
def serving(folder: Path, *options: str, **more: str) -> Iterator[Server]:
    """A server whose store and examinations lie in `folder`; ended at the end, if it still runs.

    `options` are of its command line, `more` of its environment.
    """
    environment = {**os.environ, "MODORI_STORE": str(folder / "store.sqlite3"), "TMPDIR": str(folder), **more}
    command = [str(Path(sys.executable).with_name("modori")), "serve", "--no-open", "--lang", "en", *options]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(3)]
    try:
        yield Server(process, lines[1], folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        process.stdout.close()
