"""Log lines per second of each source on one core, from the file to joined facts, in processor time.

    python -m bench.logs [LINES]

The logs are generated: a server with some hundred accounts, each line as the software writes it (`log_lines`).
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from io import BytesIO

from bench import page
from bench.log_lines import LOGS, written
from modori.evidence import facts, sniff
from modori.types import Paper, Place

LINES = 60_000
ROUNDS = 9
ASKED = {"Postfix": 150_000, "Postfix, ISO stamps": 150_000}
ASKED_OF_OTHERS = 100_000


def speed(content: bytes) -> float:
    """Lines per second, from the file to the facts."""
    paper = Paper(Place("log"), "log", content[:8192], lambda: BytesIO(content), "", time.time())
    source = sniff(paper)
    if source is None:
        raise SystemExit("a generated log is not recognised")
    return content.count(b"\n") / best(lambda: deque(facts(paper, source, lambda problem: None), 0))


def yardstick(content: bytes) -> float:
    """Lines per second of the least that any reader does: every line split at its spaces. It tells the machine."""
    return content.count(b"\n") / best(lambda: deque((line.split(b" ") for line in content.split(b"\n")), 0))


def best(work: Callable[[], object]) -> float:
    """The fewest seconds of ROUNDS: what else the machine does makes a round slower, never faster."""
    took = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        took.append(time.process_time() - begin)
    return min(took)


def main() -> None:
    """Measure each source, and write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    measured = {name: speed(written(log, count)) for name, log in LOGS.items()}
    rows = [
        (name, f"{rate:,.0f}", f"{ASKED.get(name, ASKED_OF_OTHERS):,}", f"{rate / measured['Postfix']:.2f}")
        for name, rate in measured.items()
    ]
    least = yardstick(written(LOGS["Postfix"], count))
    rows.append(("only split at spaces", f"{least:,.0f}", "", f"{least / measured['Postfix']:.2f}"))
    text = page.table(("log", "lines a second", "asked", "Postfix = 1"), rows)
    page.write("Logs", f"{count:,} generated lines each, one process, processor time, joined into facts.\n\n{text}")


if __name__ == "__main__":
    main()
