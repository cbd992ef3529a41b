"""Puts a measured table into a page of the manual, between the two comments that carry its name."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "surge-and-volume.md"


def put(name: str, content: str, page: Path = PAGE) -> None:
    """Replace what stands between <!-- name --> and <!-- /name -->."""
    text = page.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /{re.escape(name)} -->)", re.DOTALL)
    changed, found = pattern.subn(lambda m: f"{m[1]}\n{content}\n\n{m[2]}", text)
    if found != 1:
        raise SystemExit(f"{page}: no place for {name}")
    page.write_text(changed, encoding="utf-8")
