"""Standard input: anything that a file may hold may come that way."""

import gzip
import io
import os
import threading
from pathlib import Path

import pytest

from modori import read
from modori.types import Letter
from tests.read.conftest import letter
from tests.read.heap import Heap
from tests.read.test_archives import FILES, MBOX, SUBJECTS, tarred, zipped

LOG = b"Jul 28 04:41:06 mx postfix/smtp[1]: x\n" * 100_000


@pytest.mark.parametrize(
    ("data", "subjects"),
    [
        (MBOX, SUBJECTS[1:]),
        (letter("one"), ["one"]),
        (gzip.compress(MBOX), SUBJECTS[1:]),
        (zipped(FILES), SUBJECTS),
        (gzip.compress(tarred(FILES)), SUBJECTS),
    ],
    ids=["mbox", "letter", "gz", "zip", "tar.gz"],
)
def test_mail(data: bytes, subjects: list[str], heap) -> None:
    found = heap("-", stdin=io.BytesIO(data))
    assert found.problems == []
    assert sorted(found.subjects) == subjects


@pytest.mark.parametrize("data", [LOG, LOG[:1000], gzip.compress(LOG)], ids=["log", "small", "gz"])
def test_a_log_can_be_read_again(data: bytes, heap) -> None:
    (paper,) = heap("-", stdin=io.BytesIO(data)).papers
    text = gzip.decompress(data) if data[:1] == b"\x1f" else data
    assert paper.peek == text[:8192]
    assert [paper.open().read() == text for _ in range(2)] == [True, True]
    with paper.open() as one, paper.open() as other:
        assert one.readline() == other.readline() == text[:38]


def test_nothing(heap) -> None:
    assert heap("-", stdin=io.BytesIO(b"")).ids == ["source-empty"]


def test_an_mbox_is_read_while_it_comes() -> None:
    """The first letters are there before the writer has finished."""
    reading, writing = os.pipe()
    seen = threading.Event()

    def write() -> None:
        with open(writing, "wb") as pipe:
            pipe.write((MBOX + b"\n") * 30_000)
            pipe.flush()
            assert seen.wait(20)
            pipe.write(MBOX)

    writer = threading.Thread(target=write)
    writer.start()
    with open(reading, "rb") as stream:
        items = read.read(["-"], print, stdin=stream)
        assert isinstance(next(items), Letter)
        seen.set()
        assert sum(1 for _ in items) == 90_002
    writer.join()


def test_beside_files(tmp_path: Path, write) -> None:
    found = Heap(write(tmp_path / "a.eml", "file"), "-", "-", stdin=io.BytesIO(letter("piped")))
    assert found.subjects == ["file", "piped"]
    assert found.letters[1].place.source == "-"
