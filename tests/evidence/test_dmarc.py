"""DMARC reports in their wrappings, and what hostile ones may not do."""

from __future__ import annotations

import gzip
import zipfile
from base64 import encodebytes
from io import BytesIO
from pathlib import Path

import pytest

from modori.evidence import facts, from_letter, sniff
from modori.types import AuthRow, Fact, Problem
from tests.evidence.papers import letter, paper

REPORT = Path(__file__).with_name("samples").joinpath("dmarc.log").read_bytes()
NAME = "freemail.example!farm.example!1771545600!1771631999.xml"


def zipped(content: bytes, name: str = NAME) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def read(content: bytes) -> tuple[list[Fact], list[str]]:
    problems: list[Problem] = []
    found = list(facts(paper(content), "dmarc", problems.append))
    return found, [problem.id for problem in problems]


def mailed(
    content: bytes, kind: str, subject: str = "Report Domain: farm.example Submitter: freemail.example"
) -> bytes:
    return (
        f"From: dmarc@freemail.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    ).encode() + encodebytes(content)


def mixed(content: bytes, kind: str) -> bytes:
    part = f"Content-Type: {kind}; name=r\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + encodebytes(content)
    return (
        b"From: dmarc@freemail.example\r\nSubject: Report domain: farm.example\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nA report.\r\n--x\r\n'
    ) + (part + b"\r\n--x--\r\n")


def test_a_zip_is_recognised_and_read() -> None:
    assert sniff(paper(zipped(REPORT))) == "dmarc"
    assert len(read(zipped(REPORT))[0]) == 2


def test_an_office_document_is_no_report() -> None:
    assert sniff(paper(zipped(b"<x/>", "[Content_Types].xml"))) is None


@pytest.mark.parametrize(
    "raw",
    [
        mailed(gzip.compress(REPORT), "application/gzip"),
        mailed(zipped(REPORT), "application/zip", "no such subject"),
        mixed(gzip.compress(REPORT), "application/octet-stream"),
        mixed(zipped(REPORT), "application/x-zip-compressed"),
        mixed(REPORT, "text/xml"),
    ],
    ids=["gzip", "zip", "octets", "mixed-zip", "plain"],
)
def test_a_report_attached_to_a_letter_is_read(raw: bytes) -> None:
    found = from_letter(letter(raw), trusted=True)
    assert [(fact.source_ip, fact.count) for fact in found if isinstance(fact, AuthRow)] == [
        ("192.0.2.159", 43),
        ("203.0.113.9", 7),
    ]


def test_a_zip_bomb_is_one_problem() -> None:
    bomb = zipped(b"<feedback>" + b" " * (80 * 1024 * 1024))
    assert len(bomb) < 200_000
    assert read(bomb) == ([], ["dmarc-too-big"])
    problems: list[Problem] = []
    assert from_letter(letter(mailed(bomb, "application/zip")), True, problems.append) == []
    assert [problem.id for problem in problems] == ["dmarc-too-big"]


def test_a_gzip_bomb_is_one_problem() -> None:
    assert read(gzip.compress(b"<feedback>" + b" " * (80 * 1024 * 1024))) == ([], ["dmarc-too-big"])


def test_billion_laughs_are_one_problem() -> None:
    laughs = b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%b'>" % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
    )
    assert read(laughs + b"]><feedback>&j;</feedback>") == ([], ["dmarc-doctype"])


def test_a_file_outside_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    evil = f'<!DOCTYPE f [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'.encode()
    assert read(evil + REPORT.partition(b"?>")[2].replace(b"freemail.example", b"&x;")) == ([], ["dmarc-doctype"])


def test_a_broken_archive_is_one_problem() -> None:
    assert read(zipped(REPORT)[:-40]) == ([], ["dmarc-unreadable"])
    assert read(gzip.compress(REPORT)[:30] + b"\xff" * 50) == ([], ["dmarc-unreadable"])


def test_what_was_whole_is_kept_when_the_end_is_missing() -> None:
    found, problems = read(REPORT[: REPORT.rindex(b"<record>") + 60])
    assert len(found) == 1
    assert problems == []


def test_millions_of_foreign_elements_cost_no_tree() -> None:
    found, problems = read(REPORT.replace(b"</feedback>", b"<junk><a/></junk>" * 200_000 + b"</feedback>"))
    assert (len(found), problems) == (2, [])
