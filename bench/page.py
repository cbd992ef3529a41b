"""docs/bench.md: each benchmark writes its own part, and leaves the others' alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "bench.md"
_HEAD = """\
# Benchmarks

<!-- Written by `make bench`; do not edit. -->

Ratios of one run on one machine: absolute speeds differ between machines by far more than the programs do.
"""


def write(title: str, text: str) -> None:
    """Put `text` under `title`, in the place of what an earlier run wrote there."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else _HEAD
    parts = re.split(r"(?m)^(?=## )", page)
    kept = [part.rstrip() + "\n" for part in parts if not part.startswith(f"## {title}\n")]
    PAGE.write_text("\n".join([*kept, f"## {title}\n\n{text.strip()}\n"]), encoding="utf-8")
    print(text.strip())


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
