"""The real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

# Any look-up, connection or datagram ends the process at once: what is left of the network must be nothing.
_NO_NETWORK = """
import sys, os
def _watch(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}:
        os.write(2, f"NETWORK {event} {args}\\n".encode()); os._exit(99)
sys.addaudithook(_watch)
"""


def modori(
    *arguments: str | Path, stdin: bytes = b"", lang: str = "C.UTF-8", **settings: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `modori` with the arguments; its output and exit status."""
    environment = {**os.environ, "LANG": lang, "LC_ALL": lang, "COLUMNS": "80", **settings}
    command = [sys.executable, "-c", "from modori.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=120, check=False)


def watched(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """The same in a process that dies as soon as it touches the network."""
    (folder / "sitecustomize.py").write_text(_NO_NETWORK, encoding="utf-8")
    return modori(*arguments, PYTHONPATH=str(folder))
