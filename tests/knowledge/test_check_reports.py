"""A phrase of the reports' words that is doubled, cannot be found, is never needed or unproven is found."""

from __future__ import annotations

import pytest

from modori.knowledge import check_reports

SOUND = {"delayed": ["not yet been delivered"], "failed": ["not been delivered"]}


def faults(monkeypatch: pytest.MonkeyPatch, kind: str, *added: str) -> list[str]:
    known = SOUND | {kind: [*SOUND[kind], *added]}
    monkeypatch.setattr(check_reports, "phrases", lambda wanted: iter(known[wanted]))
    return list(check_reports.report_words())


def test_sound_words_have_no_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, "failed", "nicht * zugestellt", "まだ*届いて") == []


@pytest.mark.parametrize(
    ("kind", "added", "fault"),
    [
        ("failed", "not been delivered", "stands 2 times"),
        ("failed", "not yet been delivered", "stands 2 times"),  # of the other kind
        ("failed", "Returned  Mail", "must be written 'returned mail'"),
        ("failed", "n\u2019a pas été remis", 'must be written "n\'a pas été remis"'),
        ("failed", "nicht * zugestellt * werden", "one gap"),
        ("failed", "nicht *", "one gap"),
        ("failed", "has not been delivered", "holds 'not been delivered'"),
        ("failed", "not been delivered * today", "holds 'not been delivered'"),
        ("failed", "it has not yet been delivered", "holds 'not yet been delivered'"),  # so the text is late
    ],
)
def test_faults_are_found(kind: str, added: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault in "\n".join(faults(monkeypatch, kind, added))


def test_late_words_may_hold_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, "delayed", "not been delivered so far") == []


def test_phrases_without_a_sample_of_their_kind_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_reports, "phrases", lambda wanted: iter(SOUND[wanted]))
    said = ("failed", "Your mail has NOT been\ndelivered.")
    assert check_reports.unproven([said]) == ["delayed: not yet been delivered"]
    assert check_reports.unproven([said, ("failed", "It has not yet been delivered")]) != []
    assert check_reports.unproven([said, ("delayed", "It has not yet been delivered")]) == []
