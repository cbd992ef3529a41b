"""The pages a visitor reads first are short, open with the user's question, and exist in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {"README.md": "MAILER-DAEMON", "README.ja.md": "MAILER-DAEMON"}


@pytest.mark.parametrize("page", PAGES)
def test_a_readme_is_short_and_opens_with_the_question(page: str) -> None:
    lines = (ROOT / page).read_text("utf-8").splitlines()
    assert len(lines) < 150
    assert PAGES[page] in "\n".join(lines[:12])


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
