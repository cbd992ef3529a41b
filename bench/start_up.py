"""How long `modori --help` takes: the best of ten, for a program that is asked often must answer at once."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bench import page

LIMIT = 0.3


def main() -> None:
    """Measure, write, and fail when it is too slow."""
    command: list[str | Path] = [Path(sys.executable).with_name("modori"), "--help"]
    bare = min(_once([sys.executable, "-I", "-c", "pass"]) for _ in range(10))
    best = min(_once(command) for _ in range(10))
    page.write("Start-up", f"`modori --help`: {best / bare:.0f} times a bare interpreter (limit: {LIMIT} s).")
    if best > LIMIT:
        raise SystemExit(f"modori --help took {best:.2f} s")


def _once(command: list[str | Path]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
