"""What nobody can read is told once per folder or archive, however many files there are."""

from __future__ import annotations

from io import BytesIO

from modori.ledger import Ledger
from modori.pipeline.learning import learn
from modori.types import Paper, Place


def _picture(source: str) -> Paper:
    content = b"\x89PNG\r\n\x1a\n\x00\x00"
    return Paper(Place(source), source.rpartition("/")[2], content, lambda: BytesIO(content))


def _told(ledger: Ledger) -> dict[str, dict[str, object]]:
    return {problem.place.source: dict(problem.params) for problem in ledger.problems.values()}


def test_files_of_one_folder_are_counted_together() -> None:
    ledger = learn([_picture(f"box/{name}.png") for name in "cab"], Ledger())
    assert _told(ledger) == {"box": {"count": 3, "name": "a.png"}}


def test_an_archive_and_its_folders_are_folders_too() -> None:
    ledger = learn(map(_picture, ("box.zip!a.png", "box.zip!b.png", "box.zip!sub/c.png", "d.png")), Ledger())
    assert _told(ledger) == {
        "box.zip": {"count": 2, "name": "a.png"},
        "box.zip!sub": {"count": 1, "name": "c.png"},
        ".": {"count": 1, "name": "d.png"},
    }


def test_shards_give_the_same() -> None:
    one, other = learn([_picture("box/a.png")], Ledger()), learn([_picture("box/b.png")], Ledger())
    one.merge(other)
    assert _told(one) == {"box": {"count": 2, "name": "a.png"}}
