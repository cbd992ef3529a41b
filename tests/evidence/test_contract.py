"""What every source owes its caller: no exception, nothing hangs on line ends or compression, bounded memory."""

from __future__ import annotations

import gzip
import re
import tracemalloc
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.evidence import facts, sniff
from modori.evidence.sources import SOURCES
from modori.types import Fact, Problem
from tests.evidence.papers import paper, streamed
from tests.evidence.test_samples import SAMPLES, expected

MEGABYTE = 1024 * 1024
CONTENTS = {sample.stem: sample.read_bytes() for sample in SAMPLES}
READERS = {sample.stem: expected(sample)["source"] for sample in SAMPLES}
# Of documents and records no line stands alone.
LINED = [name for name in READERS if name.partition("-")[0] not in {"dmarc", "tls", "php", "journal"}] + [
    "journal-json"
]


def read(content: bytes, source: str) -> tuple[list[Fact], list[Problem]]:
    problems: list[Problem] = []
    return list(facts(paper(content), source, problems.append)), problems


def essence(found: list[Fact]) -> list[str]:
    """The facts without their places and sizes, which line ends shift."""
    return [re.sub(r"\bsize=\d+", "", repr(fact).partition("), ")[2]) for fact in found]


class Endless(RawIOBase):
    """One line that does not end for a long time."""

    def __init__(self, head: bytes, size: int) -> None:
        self._head = head
        self._left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        head, self._head = self._head, b""
        chunk = head + b"x" * min(size - len(head), self._left)
        self._left -= len(chunk) - len(head)
        return chunk


def test_every_source_has_a_sample() -> None:
    assert set(SOURCES) == set(READERS.values())


@pytest.mark.parametrize("name", CONTENTS)
def test_line_ends_change_nothing(name: str) -> None:
    windows = CONTENTS[name].replace(b"\n", b"\r\n")
    assert sniff(paper(windows)) == READERS[name]
    assert essence(read(windows, READERS[name])[0]) == essence(read(CONTENTS[name], READERS[name])[0])


@pytest.mark.parametrize("name", CONTENTS)
def test_a_compressed_file_reads_the_same(name: str) -> None:
    packed = gzip.compress(CONTENTS[name])

    def opened() -> BinaryIO:
        return cast(BinaryIO, gzip.open(BytesIO(packed)))

    found = list(facts(streamed(opened, CONTENTS[name][:8192], "evidence"), READERS[name], lambda problem: None))
    assert found == read(CONTENTS[name], READERS[name])[0]


@pytest.mark.parametrize("name", CONTENTS)
def test_any_beginning_of_a_file_is_read(name: str) -> None:
    content = CONTENTS[name]
    for end in range(0, len(content), max(1, len(content) // 97)):
        read(content[:end], READERS[name])


@pytest.mark.parametrize("name", LINED)
def test_foreign_lines_between_change_nothing_and_are_counted_once(name: str) -> None:
    lines = CONTENTS[name].split(b"\n")
    mixed = b"\n".join(line for pair in lines for line in (pair, b"=== \xff\x00 not one of ours"))
    found, problems = read(mixed, READERS[name])
    assert essence(found) == essence(read(CONTENTS[name], READERS[name])[0])
    assert len(problems) == 1
    assert problems[0].id == "log-lines-unread"


@pytest.mark.parametrize("source", SOURCES)
@given(content=st.binary(max_size=2000))
def test_no_bytes_raise(source: str, content: bytes) -> None:
    read(content, source)


@pytest.mark.parametrize("name", CONTENTS)
@given(data=st.data())
def test_no_damage_raises(name: str, data: st.DataObject) -> None:
    content = bytearray(CONTENTS[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
        if not content:
            return
    read(bytes(content), READERS[name])
    sniff(paper(bytes(content)))


@pytest.mark.parametrize("name", CONTENTS)
def test_a_line_without_end_stays_small(name: str) -> None:
    head = CONTENTS[name]

    def opened() -> BinaryIO:
        return cast(BinaryIO, Endless(head, 64 * MEGABYTE))

    problems: list[Problem] = []
    tracemalloc.start()
    try:
        list(facts(streamed(opened, head[:8192], "evidence"), READERS[name], problems.append))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 24 * MEGABYTE
    assert name not in LINED or [problem.id for problem in problems] == ["log-lines-unread"]


def test_what_no_source_knows_is_left_alone() -> None:
    assert sniff(paper(b"Dear diary,\nnothing happened today.\n")) is None
    assert sniff(paper(b"\x89PNG\r\n\x1a\n\x00\x00")) is None


def test_an_empty_file_is_what_its_name_says() -> None:
    assert sniff(paper(b"", "maillog-web3")) == "maillog"
    assert sniff(paper(b"", "access_log.1")) == "access_log"
    assert sniff(paper(b"", "notes")) is None


def test_a_name_never_overrules_the_content() -> None:
    assert (
        sniff(paper(Path(__file__).with_name("samples").joinpath("exim.log").read_bytes(), "access_log")) == "exim_log"
    )
