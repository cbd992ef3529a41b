"""The journal believes what is whole, forgets what a kill cut short, and belongs to one process."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.filing import FilingError, Journal, fingerprint
from modori.filing.journal import Batch


def batch(*letters: int, back: bool = False) -> Batch:
    here, there = ("b", "a") if back else ("a", "b")
    return Batch(0, "imap", here, there, [(n, f"print{n}") for n in letters], back, (1, 2), 9)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        first = batch(1, 2)
        journal.begin(first)
        journal.step(first, "copied")
        journal.finish(first, [(1, 11, "print1")])
        journal.begin(batch(3))
    with Journal(tmp_path / "journal") as journal:
        assert journal.batches[1] == first
        assert journal.unfinished == [journal.batches[2]]
        assert [(one.id, one.origin, one.home, one.place) for one in journal.away()] == [(11, 1, "a", "b")]


def test_what_came_back_is_not_away(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        out, home = batch(1, 2), batch(11, back=True)
        journal.begin(out)
        journal.finish(out, [(1, 11, "print1"), (2, 12, "print2")])
        journal.begin(home)
        journal.finish(home, [(11, 3, "print1")])
        assert [one.id for one in journal.away()] == [12]


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_line_that_was_cut_short_is_as_if_never_written(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "journal"
    with Journal(path) as journal:
        journal.begin(batch(1))
        whole = path.read_bytes()
        journal.begin(batch(2))
    path.write_bytes(path.read_bytes()[: len(whole) + cut])
    with Journal(path) as journal:
        assert list(journal.batches) == [1]
        journal.begin(batch(3))
    with Journal(path) as journal:
        assert [one.letters for one in journal.batches.values()] == [[(1, "print1")], [(3, "print3")]]


def test_a_second_process_must_wait(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal"), pytest.raises(FilingError) as raised:
        Journal(tmp_path / "journal")
    assert raised.value.id == "busy"


@pytest.mark.parametrize("text", [b"hello\n", b"[]\n", b'{"batch": 1}\n', b'{"batch": 1, "moved": [[1]]}\n', b"\xff\n", b"no line end", b'{"a": 1}'])
def test_another_file_is_no_journal_and_stays_as_it_is(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(text)
    with pytest.raises(FilingError) as raised:
        Journal(path)
    assert raised.value.id == "not-a-journal"
    assert path.read_bytes() == text


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_letter_is_known_by_its_header_whatever_the_line_ends(head: bytes, body: bytes) -> None:
    head = head.replace(b"\r", b"").replace(b"\n\n", b"\n").strip()
    letter = b"X: 1" + head + b"\n\n" + body
    assert fingerprint(letter) == fingerprint((b"X: 1" + head).replace(b"\n", b"\r\n") + b"\r\n\r\n")
