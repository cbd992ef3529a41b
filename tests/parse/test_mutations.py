"""What happens to reports on their way does not change whom they name: gateways re-encode, re-title, wrap and sign them."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Callable

import pytest

from modori.octets.headers import head_end
from modori.parse import parse
from modori.parse.readers import GREETING
from modori.recognise import recognise
from tests.parse.letters import Sample, letter, samples

ALL = samples()
NAMED_BY_HEADER = {"autoreply", "arf"}  # no words of theirs name the recipient


def recipients(raw: bytes) -> set[str]:
    one = letter(raw)
    found = parse(one, recognise(one))
    return {f.recipient for f in found.failures} if found else set()


def renamed(raw: bytes) -> bytes:
    """Under a subject and a sender that tell nothing."""
    raw = re.sub(rb"(?m)^Subject: [^\n]*(?:\n[ \t][^\n]*)*", b"Subject: Undelivered mail", raw, count=1)
    return re.sub(rb"(?m)^From: [^\n]*(?:\n[ \t][^\n]*)*", b"From: MAILER-DAEMON@gateway.example.org", raw, count=1)


def wrapped(raw: bytes) -> bytes:
    """As an attachment of another program's letter."""
    return (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@gateway.example.org\nTo: hana@shop.example.jp\n"
        b'Subject: Undelivered mail\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=w"\n\n'
        b"--=w\nContent-Type: text/plain\n\nThe attached report was not understood.\n\n"
        b"--=w\nContent-Type: message/rfc822\n\n" + raw + b"\n--=w--\n"
    )


def signed(raw: bytes) -> bytes:
    """With the footer that a gateway puts under plain letters."""
    return raw + b"\n-- \nThis message was checked. Contact: info@checker.example\n"


def encoded(how: Callable[[bytes], bytes], name: bytes, raw: bytes) -> bytes:
    end, body_at = head_end(raw)
    head = raw[:end].rstrip(b"\n") + b"\nMIME-Version: 1.0\nContent-Transfer-Encoding: " + name
    return head + b"\n\n" + how(raw[body_at:])


def is_plain(sample: Sample) -> bool:
    """One part, not encoded yet."""
    head = sample.raw[: head_end(sample.raw)[0]].lower()
    return b"multipart/" not in head and b"transfer-encoding" not in head and sample.folder not in NAMED_BY_HEADER


PLAIN = [s for s in ALL if is_plain(s)]
GREETED = [s for s in ALL if s.folder in GREETING]


@pytest.mark.parametrize("sample", PLAIN, ids=lambda s: s.name)
def test_encoding_and_a_footer_change_nobody(sample: Sample) -> None:
    wanted = recipients(sample.raw)
    assert recipients(encoded(base64.encodebytes, b"base64", sample.raw)) == wanted
    assert recipients(encoded(quopri.encodestring, b"quoted-printable", sample.raw)) == wanted
    assert recipients(signed(sample.raw)) == wanted


@pytest.mark.parametrize("sample", GREETED, ids=lambda s: s.name)
def test_who_greets_is_known_under_any_subject(sample: Sample) -> None:
    assert recipients(renamed(sample.raw)) == recipients(sample.raw)


@pytest.mark.parametrize(
    "sample", [s for s in GREETED if b"\nFrom: LSMTP" not in s.raw], ids=lambda s: s.name
)  # LSMTP writes from a name that is nobody's daemon's
def test_who_greets_is_known_inside_a_wrapping(sample: Sample) -> None:
    assert recipients(wrapped(sample.raw)) == recipients(sample.raw)
