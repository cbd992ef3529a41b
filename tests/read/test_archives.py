"""Archives: what lies in them comes out whatever the packing; what is broken, locked or a bomb is told in one line."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modori.read import unpacked, zips
from tests.read.heap import Heap

FROM = b"From a@example.com Tue Jul 28 04:41:06 2026\n"
NOISE = random.Random(1).randbytes(200_000).hex().encode()


def letter(subject: str, body: bytes = b"Text.\n") -> bytes:
    return b"From: a@example.com\nSubject: " + subject.encode() + b"\n\n" + body


MBOX = b"\n".join(FROM + letter(f"letter {i}") for i in range(3))
FILES = {"Takeout/Mail/Sent.mbox": MBOX, "a.eml": letter("alone"), "logs/maillog": b"Jul 28 04:41:06 mx postfix/smtp[1]: x\n"}
SUBJECTS = ["alone", "letter 0", "letter 1", "letter 2"]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def streamed(files: dict[str, bytes]) -> bytes:
    """A zip as programs write it that cannot go back: sizes follow the data."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


PACKINGS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: zipped(FILES),
    "stored": lambda: zipped(FILES, zipfile.ZIP_STORED),
    "bzip2 in zip": lambda: zipped(FILES, zipfile.ZIP_BZIP2),
    "streamed zip": lambda: streamed(FILES),
    "tar": lambda: tarred(FILES),
    "gnu tar": lambda: tarred(FILES, tarfile.GNU_FORMAT),
    "tar.gz": lambda: gzip.compress(tarred(FILES)),
    "tar.bz2": lambda: bz2.compress(tarred(FILES)),
    "tar.xz": lambda: lzma.compress(tarred(FILES)),
    "gz in zip": lambda: zipped({name + ".gz": gzip.compress(data) for name, data in FILES.items()}),
    "zip in tar.gz": lambda: gzip.compress(tarred({"inner.zip": zipped(FILES)})),
    "tar.gz in zip": lambda: zipped({"inner.tgz": gzip.compress(tarred(FILES))}),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_everything_comes_out(packing: str, tmp_path: Path, heap) -> None:
    path = tmp_path / "given"
    path.write_bytes(PACKINGS[packing]())
    found = heap(path)
    assert found.problems == []
    assert sorted(found.subjects) == SUBJECTS
    assert [one.sent for one in found.letters if "Sent.mbox" in one.place.source] == [True] * 3
    assert [(paper.name, paper.peek) for paper in found.papers] == [("maillog", FILES["logs/maillog"])]
    for _ in range(2):  # long after the archive was passed by
        with found.papers[0].open() as stream:
            assert stream.read() == FILES["logs/maillog"]


def test_where_a_letter_lies(tmp_path: Path, heap) -> None:
    path = tmp_path / "takeout.zip"
    path.write_bytes(zipped(FILES))
    place = heap(path).letters[1].place
    assert place.source == f"{path}!Takeout/Mail/Sent.mbox"
    assert MBOX[place.offset : place.offset + place.length] == letter("letter 1")


def test_gzip_members_one_after_another(tmp_path: Path, heap) -> None:
    path = tmp_path / "mailbox.gz"
    path.write_bytes(gzip.compress(MBOX + b"\n") + bytes(512) + gzip.compress(MBOX))
    assert len(heap(path).letters) == 6


@pytest.mark.parametrize("packing", ["zip", "streamed zip", "tar", "tar.gz"])
def test_a_truncated_archive_gives_what_it_has(packing: str, tmp_path: Path, heap) -> None:
    files = {f"{i}.eml": letter(str(i), NOISE[i * 2000 : i * 2000 + 2000]) for i in range(50)}
    makers = {"zip": zipped, "streamed zip": streamed, "tar": tarred, "tar.gz": lambda some: gzip.compress(tarred(some))}
    whole = makers[packing](files)
    path = tmp_path / "given"
    path.write_bytes(whole[: len(whole) // 2])
    found = heap(path)
    assert 15 <= len(found.letters) <= 30
    assert found.ids == ["archive-truncated"]


def test_a_truncated_log_gives_what_it_has(tmp_path: Path, heap) -> None:
    path = tmp_path / "maillog.1.gz"
    path.write_bytes(gzip.compress(NOISE)[:-5000])
    found = heap(path)
    assert found.papers[0].name == "maillog.1"
    assert found.problems == []  # nobody has read it yet
    assert 100_000 < len(found.papers[0].open().read()) < len(NOISE)
    assert found.ids == ["archive-truncated"]


def test_a_damaged_archive(tmp_path: Path, heap) -> None:
    raw = bytearray(gzip.compress(FROM + letter("x", NOISE)))
    raw[len(raw) // 2] ^= 0xFF
    raw[len(raw) // 2 + 1 : len(raw) // 2 + 400] = bytes(399)
    path = tmp_path / "mailbox.gz"
    path.write_bytes(raw)
    found = heap(path)
    assert found.subjects == ["x"]
    assert found.ids in (["archive-damaged"], ["archive-truncated"])


def test_a_locked_zip(tmp_path: Path, heap) -> None:
    raw = bytearray(zipped({"a.eml": letter("a"), "b.eml": letter("b")}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says so, in header and directory
        begin = -1
        while (begin := raw.find(magic, begin + 1)) >= 0:
            raw[begin + at] |= 1
    path = tmp_path / "locked.zip"
    path.write_bytes(raw)
    found = heap(path)
    assert found.letters == []
    assert found.ids == ["archive-encrypted"]


def test_a_packing_nobody_knows(tmp_path: Path, heap) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"a.eml": letter("a")}, zipfile.ZIP_LZMA))
    assert heap(path).ids == ["archive-method"]


def test_a_bomb_costs_one_line(tmp_path: Path, heap, monkeypatch) -> None:
    monkeypatch.setattr(unpacked, "GRACE", 100_000)
    honest = tmp_path / "zeros.zip"
    honest.write_bytes(zipped({"zeros": bytes(30_000_000), "a.eml": letter("beside it")}))
    found = heap(honest)
    assert found.ids == ["archive-too-large"]
    assert found.subjects == ["beside it"]
    endless = tmp_path / "mailbox.gz"
    endless.write_bytes(gzip.compress(FROM + letter("endless", bytes(30_000_000))))
    found = heap(endless)
    assert found.ids == ["archive-too-large"]
    assert [len(letter.raw) < 10_000_000 for letter in found.letters] == [True]
    inside = tmp_path / "outer.tar.gz"
    inside.write_bytes(gzip.compress(tarred({"a.eml": letter("in front"), "mailbox": FROM + letter("y", bytes(30_000_000))})))
    assert heap(inside).ids == ["archive-too-large"]


def test_archives_in_archives_without_end(tmp_path: Path, heap) -> None:
    data = letter("inside")
    for _ in range(8):
        data = gzip.compress(data)
    path = tmp_path / "x.gz"
    path.write_bytes(data)
    assert heap(path).ids == ["archive-too-deep"]


def test_names_that_would_climb_out_are_only_names(tmp_path: Path, heap) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"../../etc/x.eml": letter("a"), "/root/y.eml": letter("b"), "c\x1b[2J.eml": letter("c")}))
    found = heap(path)
    assert sorted(found.subjects) == ["a", "b", "c"]
    assert [one.place.source.isprintable() for one in found.letters] == [True] * 3
    assert [p.name for p in tmp_path.iterdir()] == ["x.zip"]


def test_names_in_shift_jis(tmp_path: Path, heap) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"xxxxxxxx.mbox": MBOX}).replace(b"xxxxxxxx", "送信済み".encode("cp932")))
    found = heap(path)
    assert [letter.sent for letter in found.letters] == [True] * 3
    assert found.letters[0].place.source.endswith("!送信済み.mbox")


def test_documents_are_papers(tmp_path: Path, heap) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert [paper.name for paper in heap(path).papers] == ["letter.docx"]


def test_an_empty_archive(tmp_path: Path, heap) -> None:
    for name, data in {"a.zip": zipped({}), "b.gz": gzip.compress(b"")}.items():
        (tmp_path / name).write_bytes(data)
        assert heap(tmp_path / name).ids == ["source-empty"], name


def test_a_directory_too_long_to_hold_is_walked(tmp_path: Path, heap, monkeypatch) -> None:
    monkeypatch.setattr(zips, "_LONGEST_DIRECTORY", 1)
    path = tmp_path / "x.zip"
    path.write_bytes(zipped(FILES))
    found = heap(path)
    assert found.problems == []
    assert sorted(found.subjects) == SUBJECTS


def test_a_directory_that_lies_about_its_length_costs_no_memory(tmp_path: Path, heap) -> None:
    raw = bytearray(zipped(FILES))
    raw[-10:-6] = (0xFFFFFF00).to_bytes(4, "little")
    path = tmp_path / "x.zip"
    path.write_bytes(raw)
    assert sorted(heap(path).subjects) == SUBJECTS


def test_a_directory_that_points_before_the_beginning_is_walked(tmp_path: Path, heap) -> None:
    raw = bytearray(zipped(FILES))
    raw[-3] = 0x03  # the highest byte of where the directory is said to lie
    path = tmp_path / "x.zip"
    path.write_bytes(raw)
    assert sorted(heap(path).subjects) == SUBJECTS


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_long_names_in_a_tar(form: int, tmp_path: Path, heap) -> None:
    name = "x" * 90 + "/" + "y" * 60 + "/Sent.mbox"
    path = tmp_path / "x.tar"
    path.write_bytes(tarred({name: MBOX, "b.eml": letter("b")}, form))
    found = heap(path)
    assert [one.place.source for one in found.letters] == [f"{path}!{name}"] * 3 + [f"{path}!b.eml"]


def test_a_large_log_in_a_tar_can_be_read_again(tmp_path: Path, heap) -> None:
    log = b"Jul 28 04:41:06 mx postfix/smtp[1]: " + NOISE * 4
    film = bytes(2_000_000)
    path = tmp_path / "x.tar.gz"
    path.write_bytes(gzip.compress(tarred({"maillog": log, "film": film})))
    papers = heap(path).papers
    assert [papers[0].open().read() == log for _ in range(2)] == [True, True]
    assert len(papers[1].open().read()) == 8192  # only what is there to tell that it is no evidence


@given(data=st.binary(max_size=300), packing=st.sampled_from(sorted(PACKINGS)), at=st.floats(0, 1), cut=st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_damage_is_survived(data: bytes, packing: str, at: float, cut: bool, tmp_path_factory) -> None:
    raw = PACKINGS[packing]()
    begin = int(at * len(raw))
    path = tmp_path_factory.mktemp("damage") / "given"
    path.write_bytes(raw[:begin] + data + (b"" if cut else raw[begin + len(data) :]))
    for paper in Heap(path).papers:
        paper.open().read()
