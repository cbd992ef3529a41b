"""The list's index: ten thousand examinations are searched without opening any; what changes is seen, what is lost is
made again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from modori.web.index import Index, Row, Sought
from modori.web.job import Asked, Job, Outcome
from modori.web.shelf import Shelf

CAUSES = ("hijacked", "forged", "own", "")
MANY = 10_000


class Folder:
    """Examinations that count how often they are opened."""

    def __init__(self, count: int) -> None:
        self.rows = {row.id: row for row in map(made, range(count))}
        self.opened = 0

    def read(self, name: str) -> Row | None:
        self.opened += 1
        return self.rows.get(name)

    def list(self, index: Index) -> None:
        index.catch_up(self.rows, lambda name: bool(self.rows[name].cause))


def made(number: int) -> Row:
    about = f"user{number}@shop{number % 100}.example.jp"
    name = f"2026{number:010d}-{number:08x}"
    return Row(name, float(number), CAUSES[number % 4], about=about, incident=f"i{number}", text=f"{about} 100%_\\")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Index]:
    folder = Folder(MANY)
    index = Index(tmp_path_factory.mktemp("many"), folder.read)
    folder.list(index)
    return folder, index


def test_ten_thousand_are_opened_once(many: tuple[Folder, Index]) -> None:
    folder, index = many
    assert folder.opened == MANY
    for _ in range(3):
        folder.list(index)
        assert len(index.rows(Sought("shop7.example"), 0, 50)) == 50
    assert folder.opened == MANY


@pytest.mark.parametrize(
    ("sought", "count"),
    [
        (Sought(), MANY),
        (Sought("USER9999@"), 1),
        (Sought("user777 shop77.example"), 2),  # 777 and 7777
        (Sought("shop13.example", "forged"), 100),
        (Sought(cause="hijacked"), MANY // 4),
        (Sought(finished=False), MANY // 4),
        (Sought(incidents=["i1", "i2", "nobody"]), 2),
        (Sought(incidents=[]), 0),
        (Sought("100%"), MANY),
        (Sought("%"), MANY),
        (Sought("_\\"), MANY),
        (Sought("0%0"), 0),
        (Sought("'; DROP TABLE job; --"), 0),
    ],
)
def test_a_search_finds_what_it_names(many: tuple[Folder, Index], sought: Sought, count: int) -> None:
    assert many[1].count(sought) == count
    found = many[1].rows(sought, 0, MANY)
    assert len(found) == count
    assert found == sorted(found, key=lambda row: row.id, reverse=True)


def test_pages_follow_each_other(many: tuple[Folder, Index]) -> None:
    pages = [many[1].rows(Sought(), first, 50) for first in range(0, MANY, 50)]
    assert [row.id for page in pages for row in page] == sorted(many[0].rows, reverse=True)
    assert many[1].causes() == {"forged": 2500, "hijacked": 2500, "own": 2500}


def test_what_comes_ends_and_goes_is_seen(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.index().rows(Sought(), 0, 9) == []
    job = shelf.make(Asked(1_777_784_520.0, "ja", ("taro@example.jp",)))
    assert [(row.about, row.cause) for row in shelf.index().rows(Sought(), 0, 9)] == [("taro@example.jp", "")]
    job.finish(None, Outcome("hijacked", "critical", 9, 7, ("info@example.jp",), "ab12"))
    for found in ("乗っ取り", "break-in", "info@example", "2026-05-03", "ab12"):
        assert [row.bounces for row in shelf.index().rows(Sought(found), 0, 9)] == [7], found
    shelf.remove(job)
    assert shelf.index().count(Sought()) == 0


def test_an_answer_that_changes_the_verdict_changes_the_row(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    job = shelf.make(Asked(1.0, "en", path="/there/is/none"))
    job.finish(None, Outcome("undecided", "warning", 9, 7, question="password-failed"))
    assert shelf.index().count(Sought(cause="undecided")) == 1
    job.answered("password-failed", "yes")
    shelf.start(job)
    assert shelf.index().count(Sought(cause="undecided")) == 0
    shelf.close()
    job.finish(None, Outcome("hijacked", "critical", 9, 7))
    assert shelf.index().count(Sought(cause="hijacked")) == 1


def test_a_damaged_or_foreign_index_is_made_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.make(Asked(1.0, "en"))
    assert shelf.index().count(Sought()) == 1
    file = tmp_path / "index.sqlite3"
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA user_version = 7")
    assert shelf.index().count(Sought()) == 1
    file.write_bytes(b"no database at all " * 100)
    assert shelf.index().count(Sought()) == 1


def test_a_folder_that_is_no_job_is_no_row(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (tmp_path / "20260101000000-00000000").mkdir()
    Job(tmp_path / "20260101000000-00000001").folder.mkdir()
    assert shelf.index().count(Sought()) == 0
