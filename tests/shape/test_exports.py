"""The public face: everything that `modori` names exists, is documented, and stays small."""

from __future__ import annotations

import inspect
from pathlib import Path

import modori

PACKAGE = Path(modori.__file__).parent


def test_what_is_exported_exists_and_is_documented() -> None:
    assert "examine" in modori.__all__
    things = {name: getattr(modori, name) for name in modori.__all__}
    bare = [name for name, thing in things.items() if callable(thing) and not inspect.getdoc(thing)]
    assert bare == []


def test_the_face_fits_on_one_screen() -> None:
    assert len((PACKAGE / "__init__.py").read_text("utf-8").splitlines()) < 60


def test_types_are_shipped() -> None:
    assert (PACKAGE / "py.typed").exists()
