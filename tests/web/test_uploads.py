"""Where handed-over files may lie, and how they grow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.web import uploads


async def pieces(*given: bytes) -> AsyncIterator[bytes]:
    for piece in given:
        yield piece


@given(st.text(max_size=300))
def test_a_name_never_leaves_the_folder(name: str) -> None:
    folder = Path("/somewhere/files")
    found = uploads.target(folder, name)
    assert found.is_relative_to(folder)
    assert found != folder
    assert ".." not in found.parts
    assert all(len(part.encode("utf-8", "surrogatepass")) <= 255 for part in found.parts)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x", "C:\\Windows\\x", "a/./../b", "", ".."])
def test_a_hostile_name_is_only_a_name(name: str) -> None:
    assert uploads.target(Path("/f"), name).is_relative_to("/f")


def test_folders_around_a_file_are_kept() -> None:
    assert uploads.target(Path("/f"), "Mail/送信済み/cur/1:2,S") != uploads.target(Path("/f"), "Mail/送信済み/cur/1_2,S")
    assert uploads.target(Path("/f"), "Mail/Sent.mbox") == Path("/f/Mail/Sent.mbox")


def test_a_file_grows_piece_by_piece(tmp_path: Path) -> None:
    file = tmp_path / "a" / "box"
    assert asyncio.run(uploads.append(file, 0, pieces(b"one", b"two"))) == 6
    assert asyncio.run(uploads.append(file, 6, pieces(b"three"))) == 11
    assert file.read_bytes() == b"onetwothree"


def test_a_piece_in_the_wrong_place_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "box"
    asyncio.run(uploads.append(file, 0, pieces(b"one")))
    with pytest.raises(uploads.Misplaced) as wrong:
        asyncio.run(uploads.append(file, 2, pieces(b"two")))
    assert wrong.value.size == 3
    assert file.read_bytes() == b"one"
