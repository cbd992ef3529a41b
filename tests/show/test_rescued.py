"""What is said of the bounces that are, or would be, moved: numbers only where there is something to count."""

from __future__ import annotations

import pytest

from modori.show.rescued import text
from modori.types import Filed, Filing, Place
from tests.show import builders

MOVED = tuple(Filed(Place("/mail/cur/1", uid=0), "ab", "forged", "1") for _ in range(3))


def said(filing: Filing, lang: str = "en") -> str:
    shown = text(builders.forged(), filing, lang, 400)
    return shown.partition({"en": "The delivery errors", "ja": "エラーメールの片づけ"}[lang])[2]


def test_a_dry_run_says_what_would_be_moved_and_how() -> None:
    shown = said(Filing("Bounces", MOVED, {"own": 1}))
    assert "3 delivery errors would be moved to the folder Bounces" in shown
    assert "3 from /mail: your address was forged" in shown
    assert "1 stays where it is" in shown
    assert "--apply" in shown


def test_a_run_says_what_was_moved_and_how_to_undo_it() -> None:
    shown = said(Filing("Bounces", MOVED, applied=True, moved=2, journal="/j.jsonl"))
    assert "2 delivery errors are in the folder Bounces now" in shown
    assert "1 was no longer there" in shown
    assert "--undo /j.jsonl" in shown
    assert "--apply" not in shown


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("applied", [True, False])
def test_where_nothing_is_to_be_moved_no_number_is_told(lang: str, applied: bool) -> None:
    shown = said(Filing("Bounces", (), {"own": 1}, applied=applied), lang)
    assert "0" not in shown
    assert {"en": "no delivery error here", "ja": "移すエラーメールはありません"}[lang] in shown


def test_where_nothing_can_be_moved_only_why_is_told() -> None:
    shown = said(Filing("Bounces", (), {}, {"old.mbox": 7}))
    assert "7 in old.mbox cannot be moved" in shown
    assert "no delivery error" not in shown
