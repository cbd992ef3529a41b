"""Splitting mbox files: whatever the bytes, wherever the windows and the shards end, and however large a letter is."""

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modori.read import letter as letters
from modori.read import split as splitting
from modori.read.mbox import unquoted
from modori.read.split import preamble, split

FROM = b"From MAILER-DAEMON Tue Jul 28 04:41:06 2026\n"

lines = st.sampled_from(
    [b"", b"text", b"From here on", b"From nobody Tue Jul 28 04:41:06 2026", b">From me", b">>From me", b"a" * 90, b"\x00\xff", b"From ", b">"]
)
texts = st.lists(lines, max_size=12).map(lambda some: b"\n".join([b"Subject: x", b"", *some, b"end", b""]))


def quoted(raw: bytes) -> bytes:
    """As mboxrd writes it."""
    return b"".join(b">" * (line.lstrip(b">").startswith(b"From ")) + line for line in raw.splitlines(keepends=True))


def joined(texts: list[bytes]) -> bytes:
    return b"".join(FROM + quoted(text) + b"\n" for text in texts)


def raws(data: bytes, *where: int | None) -> list[bytes]:
    return [unquoted(raw) for _, _, raw, *_ in split(io.BytesIO(data), *where)]


@pytest.fixture(params=[64, 3000, 1 << 20])
def window(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Windows far smaller than a letter, about as large, and as large as they really are."""
    monkeypatch.setattr(splitting, "WINDOW", request.param)
    return int(request.param)


@given(some=st.lists(texts, min_size=1, max_size=12), small=st.sampled_from([7, 64, 900, 1 << 20]))
def test_what_was_joined_is_split_again(some: list[bytes], small: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "WINDOW", small)
        assert raws(joined(some)) == some
        crlf = [raw.replace(b"\r\n", b"\n") for raw in raws(joined(some).replace(b"\n", b"\r\n"))]
        assert crlf == some


@given(some=st.lists(texts, min_size=1, max_size=12), cuts=st.lists(st.integers(0, 4000), max_size=4), crlf=st.booleans())
def test_ranges_hold_together_what_the_whole_holds(some: list[bytes], cuts: list[int], crlf: bool) -> None:
    data = joined(some).replace(b"\n", b"\r\n") if crlf else joined(some)
    edges = sorted({0, *(cut for cut in cuts if cut < len(data))})
    parts = [split(io.BytesIO(data), begin, stop) for begin, stop in zip(edges, [*edges[1:], None], strict=True)]
    assert [cut for part in parts for cut in part] == list(split(io.BytesIO(data)))


openings = st.sampled_from([b"\n\n" + FROM + b"A: b\n", b"\r\nFrom -\r\nA:", b"\n\nFrom \nB:", b"\rFrom a@b\rC: d\r\r"])


@given(data=st.lists(st.one_of(st.binary(max_size=40), openings, lines)).map(b"".join), cut=st.integers(0, 600))
@settings(max_examples=200)
def test_any_bytes_are_split_alike_in_one_piece_and_in_two(data: bytes, cut: int) -> None:
    whole = list(split(io.BytesIO(data)))
    assert all(data[offset : offset + size] == raw for offset, size, raw, *_ in whole)
    if preamble(data) < cut < len(data):
        assert [*split(io.BytesIO(data), 0, cut), *split(io.BytesIO(data), cut)] == whole


def test_letters_longer_than_the_windows(window: int) -> None:
    some = [b"Subject: x\n\n" + bytes([65 + i]) * (i * 1777) + b"\n" for i in range(6)]
    assert raws(joined(some)) == some


def test_a_lone_huge_letter_is_cut_and_its_neighbours_are_not(heap, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(letters, "LIMIT", 50_000)
    monkeypatch.setattr(splitting, "LIMIT", 50_000)
    monkeypatch.setattr("modori.read.mbox.LIMIT", 50_000)
    small, large = b"Subject: small\n\nText.\n", b"Subject: large\n\n" + b"line\n" * 1_000_000
    path = tmp_path / "mailbox"
    path.write_bytes(joined([small, large, small]))
    found = heap(path)
    assert found.subjects == ["small", "large", "small"]
    assert [len(letter.raw) for letter in found.letters] == [22, 50_000, 22]
    assert found.letters[1].place.length == len(large)
    assert found.ids == ["letter-cut"]
    assert found.problems[0].params == {"megabytes": 4, "limit": 0}


@pytest.mark.parametrize("pattern", [b"\nFrom ", b"From ", b"\n\nFrom a@b", b"\nFrom " + b"x " * 400, b"\n", b">", b"\n>From ", b"\r\nFrom -"])
def test_no_pattern_makes_splitting_slow(pattern: bytes) -> None:
    data = FROM + b"A: b\n" + pattern * (2_000_000 // len(pattern))
    begin = time.process_time()
    assert sum(len(unquoted(raw)) for _, _, raw, *_ in split(io.BytesIO(data))) > 0
    assert time.process_time() - begin < 5


def test_content_length_hides_nobody() -> None:
    data = FROM + b"Subject: a\nContent-Length: 1000\n\nx\n\n" + FROM + b"Subject: b\n\ny\n"
    assert len(raws(data)) == 2
