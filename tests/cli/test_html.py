"""`modori check --format html`: the same exit status, one file, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import EXAMPLES, modori


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_file_is_written_and_the_status_is_the_verdict(tmp_path: Path, lang: str) -> None:
    file = tmp_path / "report.html"
    done = modori("check", "--format", "html", "--lang", lang, "--out", file, EXAMPLES / "broken-into")
    assert (done.returncode, done.stdout) == (12, b"")
    page = file.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert f'<html lang="{lang}">' in page
    assert len(page.encode()) < 500_000
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_an_unknown_format_is_wrong_usage() -> None:
    done = modori("check", "--format", "pdf", EXAMPLES / "forged")
    assert done.returncode == 2
    assert b"html" in done.stderr
