"""Every source says whether it was opened, and one that was not is found when it pretends to have been."""

from __future__ import annotations

from typing import Any

import pytest

from modori.knowledge import sources
from modori.knowledge.sources import GENERAL


def test_the_shipped_sources_are_sound() -> None:
    assert list(sources.faults()) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"source": "its help", "date": "2026-11-22"}, "must say whether"),
        ({"source": f"{GENERAL} of its help", "date": "2026-11-22", "checked": True}, "checked = true"),
        ({"source": "its help", "date": "2026-11-22", "checked": False}, "checked = false"),
        ({"source": "its help", "checked": True}, "no date"),
    ],
)
def test_a_source_that_pretends_is_found(entry: dict[str, Any], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "TABLES", ("panels",))
    monkeypatch.setattr(sources, "table", lambda name: {"list": [{"deep": entry}]})
    (found,) = sources.faults()
    assert found.startswith("panels/list-1/deep: ")
    assert fault in found


def test_known_and_unverified_entries_are_told_apart() -> None:
    checked = {source.where: source.checked for source in sources.sources()}
    assert checked["dialects/postfix"] is True  # its own bounces are made and read in tests/servers
    assert checked["remotes/orange"] is False
    assert checked["panels/sakura"] is False
