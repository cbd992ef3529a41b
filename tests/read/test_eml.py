"""Files of one letter, however large or odd."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from modori import read
from modori.read.letter import LIMIT
from modori.types import Place


def test_one() -> None:
    letter = read.one(b"Subject: a\nSubject: b\n c\n\nbody", Place("x", 5, 31))
    assert letter.head == {b"subject": b"a"}
    assert letter.raw[letter.body_at :] == b"body"
    assert (letter.sent, letter.arrived) == (False, None)


def test_what_stands_before_the_head_is_left_out(tmp_path: Path, heap, write) -> None:
    path = write(tmp_path / "x.eml")
    raw = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf\r\n\n" + raw)
    (letter,) = heap(path).letters
    assert letter.raw == raw
    assert (letter.place.offset, letter.place.length) == (6, len(raw))


def test_a_letter_too_large_to_be_one_is_cut(tmp_path: Path, heap, write) -> None:
    path = write(tmp_path / "x.eml")
    with path.open("r+b") as file:
        file.truncate(3 * LIMIT)  # a hole: it takes no room on the disk
    found = heap(path)
    assert [len(letter.raw) for letter in found.letters] == [LIMIT]
    assert found.letters[0].place.length == 3 * LIMIT
    assert [(problem.id, dict(problem.params)) for problem in found.problems] == [
        ("letter-cut", {"megabytes": 96, "limit": 32})
    ]


def test_emlx_whose_count_is_wrong(tmp_path: Path, heap) -> None:
    for count in (b"5", b"99999999", b"999999999999999"):
        path = tmp_path / "1.emlx"
        path.write_bytes(count + b"\nFrom: a@example.com\nSubject: x\n\nbody")
        assert len(heap(path).letters + heap(path).papers) == 1


def test_in_a_folder_of_sent_mail(tmp_path: Path, heap, write) -> None:
    path = write(tmp_path / "送信済み" / "Sent.eml")
    write(tmp_path / "Sent.eml")
    assert {letter.place.source: letter.sent for letter in heap(tmp_path).letters} == {
        str(path): True,
        str(tmp_path / "Sent.eml"): False,
    }


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_any_bytes_are_a_letter(raw: bytes, received: bytes) -> None:
    letter = read.one(raw, Place("x"))
    assert letter.raw == raw
    assert 0 <= letter.body_at <= len(raw)
    read.one(b"Received: x;" + received + b"\n\n", Place("x"), clock=1785181266.0)
