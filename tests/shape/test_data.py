"""The data files load, and both languages say the same things with the same placeholders."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from modori.knowledge import words

DATA = sorted(Path(str(files("modori.knowledge"))).rglob("*.toml"))


@pytest.mark.parametrize("file", DATA, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_data_file_loads_and_is_not_empty(file: Path) -> None:
    assert tomllib.loads(file.read_text("utf-8"))


def placeholders(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences() -> None:
    assert words("ja").keys() == words("en").keys()


def test_both_languages_use_the_same_placeholders() -> None:
    english = words("en")
    differing = {
        key: (placeholders(sentence), placeholders(english[key]))
        for key, sentence in words("ja").items()
        if key in english and placeholders(sentence) != placeholders(english[key])
    }
    assert differing == {}
