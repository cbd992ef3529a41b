"""The generated pages say what the data says now."""

from __future__ import annotations

import pytest

from scripts.docs import REFERENCE, pages


@pytest.mark.parametrize("name", ["commands.md", "dialects.md", "reasons.md", "signs.md", "providers.md"])
def test_a_reference_page_is_fresh(name: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == pages()[name], "stale: run `make docs`"


def test_no_page_is_left_over() -> None:
    assert {page.name for page in REFERENCE.glob("*.md")} == pages().keys()
