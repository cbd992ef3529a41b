"""The generated pages say what the data says now."""

from __future__ import annotations

import pytest

from scripts.docs import READMES, REFERENCE, ROOT, pages, readme


@pytest.mark.parametrize("name", ["commands.md", "dialects.md", "reasons.md", "signs.md", "providers.md", "senders.md", "sources.md"])
def test_a_reference_page_is_fresh(name: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == pages()[name], "stale: run `make docs`"


def test_no_page_is_left_over() -> None:
    assert {page.name for page in REFERENCE.glob("*.md")} == pages().keys()


@pytest.mark.parametrize("page", READMES)
def test_a_readme_shows_the_verdict_that_is_printed_today(page: str) -> None:
    assert (ROOT / page).read_text("utf-8") == readme(page), "stale: run `make docs`"
