"""Log lines per second of each source on one core, from the file to joined facts, in processor time.

    python -m bench.logs [LINES]

The logs are generated: a server with some hundred accounts, each line as the software writes it (`log_lines`).
"""

from __future__ import annotations

import sys
import time
from io import BytesIO

from bench import page
from bench.log_lines import LOGS, written
from modori.evidence import facts, sniff
from modori.types import Paper, Place

LINES = 200_000
ROUNDS = 5
ASKED = {"Postfix": 150_000, "Postfix, ISO stamps": 150_000}
ASKED_OF_OTHERS = 100_000


def speed(content: bytes) -> float:
    """The best lines per second of ROUNDS readings: what else the machine does makes a reading slower, never faster."""
    paper = Paper(Place("log"), "log", content[:8192], lambda: BytesIO(content), "", time.time())
    source = sniff(paper)
    if source is None:
        raise SystemExit("a generated log is not recognised")
    took = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for _fact in facts(paper, source, lambda problem: None):
            pass
        took.append(time.process_time() - begin)
    return content.count(b"\n") / min(took)


def main() -> None:
    """Measure each source, and write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    measured = {name: speed(written(log, count)) for name, log in LOGS.items()}
    rows = [
        (name, f"{rate:,.0f}", f"{ASKED.get(name, ASKED_OF_OTHERS):,}", f"{rate / measured['Postfix']:.2f}")
        for name, rate in measured.items()
    ]
    text = page.table(("log", "lines a second", "asked", "Postfix = 1"), rows)
    page.write("Logs", f"{count:,} generated lines each, one process, processor time, joined into facts.\n\n{text}")


if __name__ == "__main__":
    main()
