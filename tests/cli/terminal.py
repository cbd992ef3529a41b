"""The real command on a real pseudo-terminal: what it asks, what is typed, and everything that could be seen."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

MODORI = str(Path(sys.executable).with_name("modori"))
ROOT = Path(__file__).parents[2]


def environment(more: Mapping[str, str] = {}) -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "80", "TZ": "Asia/Tokyo", **more}


def run(*arguments: str, stdin: bytes = b"", env: Mapping[str, str] = {}) -> subprocess.CompletedProcess[bytes]:
    """Without a terminal."""
    command = [MODORI, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(env), input=stdin, capture_output=True, check=False)


def talk(arguments: Sequence[str], lines: Sequence[tuple[str, str]], env: Mapping[str, str] = {}) -> tuple[int, str]:
    """On a terminal: after each prompt, type its answer. (status, all that the terminal showed)."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [MODORI, *arguments], cwd=ROOT, env=environment(env), stdin=slave, stdout=slave, stderr=slave,
        start_new_session=True, preexec_fn=_own_terminal,
    )  # fmt: skip
    os.close(slave)
    seen = b""
    for prompt, answer in lines:
        seen = _until(master, seen, prompt.encode())
        os.write(master, answer.encode() + b"\n")
    seen = _until(master, seen, None)
    os.close(master)
    return process.wait(30), seen.decode("utf-8", "replace").replace("\r\n", "\n")


def _own_terminal() -> None:
    """getpass opens /dev/tty: the pseudo-terminal must be the child's controlling one (TIOCSCTTY)."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(master: int, seen: bytes, prompt: bytes | None) -> bytes:
    """Read until a prompt that was not answered yet appears, or until the end."""
    start, deadline = len(seen), time.monotonic() + 60
    while prompt is None or prompt not in seen[max(0, start - len(prompt)) :]:
        if not select.select([master], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise AssertionError(f"no {prompt!r} in {seen!r}")
        try:
            piece = os.read(master, 65536)
        except OSError:  # EIO: the other end is closed
            piece = b""
        if not piece:
            if prompt is None:
                return seen
            raise AssertionError(f"no {prompt!r} in {seen!r}")
        seen += piece
    return seen
