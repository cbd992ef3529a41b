"""Microseconds per stage of reading one letter: head, recognise, parse, original.

    python -m bench.parse [PATH [ROUNDS]]

PATH is a folder of letters, one per file (default: the samples). Each stage is timed alone over all letters, best of
ROUNDS; samples are of fifty dialects, so rare paths weigh more here than in anybody's mailbox.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from modori.octets.headers import head_end, head_map
from modori.parse import original, parse
from modori.recognise import recognise
from modori.types import Letter, Place

SAMPLES = Path(__file__).parents[1] / "tests" / "parse" / "samples"


def letter(raw: bytes, name: str) -> Letter:
    """A letter as the readers build it."""
    end, body_at = head_end(raw)
    return Letter(Place(name, 0, len(raw)), raw, head_map(raw[:end]), body_at)


def best(work: Callable[[], object], rounds: int, letters: int) -> float:
    """The best of `rounds` timings of `work`, in microseconds per letter."""
    took = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return min(took) / max(letters, 1) * 1e6


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".toml")
    raws = [(path.read_bytes(), path.name) for path in files]
    letters = [letter(raw, name) for raw, name in raws]
    named = [(one, recognise(one)) for one in letters]
    bounces = [(one, names, found) for one, names in named if (found := parse(one, names)) is not None]
    ordinary = [one for one, names in named if not names]
    print(f"{len(letters)} letters, {len(bounces)} reports, {len(ordinary)} ordinary; microseconds each:")
    stages: tuple[tuple[str, Callable[[], object], int], ...] = (
        ("head", lambda: [letter(raw, name) for raw, name in raws], len(raws)),
        ("recognise reports", lambda: [recognise(one) for one, _, _ in bounces], len(bounces)),
        ("recognise ordinary", lambda: [recognise(one) for one in ordinary], len(ordinary)),
        ("parse", lambda: [parse(one, names) for one, names, _ in bounces], len(bounces)),
        ("original", lambda: [original(one, found) for one, _, found in bounces], len(bounces)),
    )
    for name, work, count in stages:
        print(f"  {name:20} {best(work, rounds, count):8.1f}")


if __name__ == "__main__":
    main()
