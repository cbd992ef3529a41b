"""`modori check` on a gigabyte of mbox: the peak of memory, and whether two processes give the same report.

`python -m bench.memory [MEGABYTES]`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import mails, page

MEGABYTES = 1000
LIMIT = 200  # megabytes of memory that one process may take
ACCEPTED = (0, 10, 11, 12)


def run(box: Path, jobs: int, out: Path) -> tuple[float, float]:
    """Seconds, and the peak of resident memory of the largest process in megabytes."""
    program = str(Path(sys.executable).with_name("modori"))
    command = [program, "check", "--quiet", "--format", "json", "--jobs", str(jobs)]
    begin = time.perf_counter()
    process = subprocess.Popen([*command, "--out", str(out), str(box)])
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in ACCEPTED:
        raise SystemExit(f"modori check --jobs {jobs} failed")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def report(out: Path) -> dict[str, Any]:
    """The report without its time stamp."""
    content: dict[str, Any] = json.loads(out.read_bytes())
    content.pop("generated")
    return content


def main() -> None:
    """Measure, write the table, and fail when a promise is broken."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES
    with tempfile.TemporaryDirectory() as scratch:
        box = Path(scratch) / "large.mbox"
        count = mails.write_mbox(box, mails.bounces() + mails.everyday(), size=megabytes * 1_000_000)
        measured = {jobs: run(box, jobs, Path(scratch) / f"{jobs}.json") for jobs in (1, 2)}
        same = report(Path(scratch) / "1.json") == report(Path(scratch) / "2.json")
    base = measured[1][0]
    rows = [(jobs, f"{seconds / base:.2f}", f"{peak:.0f} MB") for jobs, (seconds, peak) in measured.items()]
    text = page.table(("`--jobs`", "time, one process = 1", "peak memory of the largest process"), rows)
    verdict = "Both reports are the same." if same else "THE REPORTS DIFFER."
    page.write("Memory", f"`modori check` on {megabytes:,} MB of mbox, {count:,} letters.\n\n{text}\n\n{verdict}")
    if not same or measured[1][1] > LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
