"""What every module owes its reader, and what no file of the project may hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
FOLDERS = ("src", "tests", "scripts", "bench", "docs")
TEXTS = sorted(
    file
    for folder in FOLDERS
    for file in (ROOT / folder).rglob("*")
    if file.suffix in {".py", ".toml", ".md"} and "__pycache__" not in file.parts and file != Path(__file__)
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
SILENCED = re.compile(r"#\s*(?:type:\s*ignore(?:\[[\w, -]*\])?|noqa(?::\s*\w+)?)[ \t]*$", re.MULTILINE)


@pytest.mark.parametrize("module", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_says_which_question_it_answers(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [file for file in MODULES if file.stem in {"utils", "util", "helpers", "misc", "common"}] == []


def test_no_work_is_left_unfinished() -> None:
    assert [str(file.relative_to(ROOT)) for file in TEXTS if UNFINISHED.search(file.read_text("utf-8"))] == []


def test_a_silenced_checker_has_its_reason_beside_it() -> None:
    assert [str(file.relative_to(ROOT)) for file in MODULES if SILENCED.search(file.read_text("utf-8"))] == []
