"""Letters that speak of bounces and are none (ordinary/*.eml): nobody's delivery failed, whatever words they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from modori.parse import parse
from modori.recognise import recognise
from tests.parse.letters import letter

LETTERS = sorted(Path(__file__).with_name("ordinary").glob("*.eml"))


@pytest.mark.parametrize("path", LETTERS, ids=lambda p: p.stem)
def test_reports_no_failure(path: Path) -> None:
    one = letter(path.read_bytes())
    bounce = parse(one, recognise(one))
    assert bounce is None or not {"failed", "delayed"} & {failure.action for failure in bounce.failures}
