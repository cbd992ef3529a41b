"""Letters built to hang, crash or flood a reader are read in bounded time, or are found to be no report."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from modori.parse import original, parse
from modori.recognise import recognise
from modori.types import Bounce
from tests.parse.letters import letter

SECONDS = 1.5  # the promise is 0.5 on an idle core; a shared one may be three times slower

REPORT = (
    b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nTo: hana@shop.example.jp\n"
    b"Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/report; report-type=delivery-status;\n\tboundary="b1"\n\n'
    b"--b1\nContent-Type: text/plain\n\n%s\n--b1\nContent-Type: message/delivery-status\n\n"
    b"Reporting-MTA: dns; mx.example.org\n\n%s\n--b1\nContent-Type: message/rfc822\n\n%s\n--b1--\n"
)
FAILED = b"Final-Recipient: rfc822; taro@dest.example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no\n"
RETURNED = b"From: hana@shop.example.jp\nTo: taro@dest.example.net\nMessage-ID: <1@shop.example.jp>\n\n"
WORDS = b"This is the mail system at host mx.example.org.\n"
TEXT = b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n\n%s"
QMAIL = b"Hi. This is the qmail-send program at mx.example.org.\n\n<taro@dest.example.net>:\nNo mailbox. (#5.1.1)\n\n"


def nested(depth: int) -> bytes:
    head = b"".join(b'Content-Type: multipart/mixed; boundary="n%d"\n\n--n%d\n' % (i, i) for i in range(depth))
    return b"From: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n" + head + b"Content-Type: text/plain\n\nx\n"


def _junk(number: int) -> bytes:
    """Sixty bytes that are text in no charset, others for each number."""
    return bytes(0xA1 + (number * 7919 + place * place * 31) % 94 for place in range(60))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "original of 15 MB": lambda: (
        REPORT % (WORDS, FAILED, RETURNED + b"x" * 75 + b"\n" * 1 + b"line of an attachment\n" * 680_000)
    ),
    "original of 15 MB without line ends": lambda: REPORT % (WORDS, FAILED, RETURNED + b"x" * 15_000_000),
    "plain original of 15 MB": lambda: (
        TEXT % (QMAIL + b"--- Below this line is a copy of the message.\n\n" + RETURNED + b"y " * 7_500_000)
    ),
    "words of 15 MB": lambda: REPORT % (b"word " * 3_000_000, FAILED, RETURNED),
    "half an address a million times": lambda: TEXT % (b"This message could not be delivered.\n\n" + b"<a@" * 350_000),
    "one address on six thousand lines": lambda: (
        TEXT % (b"   ----- The following addresses had permanent fatal errors -----\n" + b"<taro@example.jp>\n" * 6000)
    ),
    "five thousand answers in no charset": lambda: (
        REPORT % (WORDS, b"".join(FAILED.replace(b" no", b" " + _junk(i)) + b"\n" for i in range(5000)), RETURNED)
    ),
    "six thousand escapes and no charset": lambda: TEXT % (QMAIL + b"".join(b"\x1b(B" + _junk(i) for i in range(6000))),
    "links that lead to mail and never end": lambda: (
        b"From: MAILER-DAEMON@mx.example.org\nSubject: failure notice\nContent-Type: text/html\n\n"
        + (b"<a " + b"href=mailto:aaa" * 20 + b"a" * 300 + b" ") * 420
    ),
    "half an address in a report": lambda: (
        REPORT % (WORDS, b"Final-Recipient: rfc822; " + b"<a@" * 350_000 + b"\nAction: failed\n", RETURNED)
    ),
    "lines of 10 MB": lambda: (
        REPORT
        % (
            b"w" * 10_000_000,
            b"Final-Recipient: rfc822; taro@dest.example.net\nDiagnostic-Code: smtp; " + b"d" * 10_000_000,
            b"",
        )
    ),
    "MIME nested 1,000 deep": lambda: nested(1000),
    "100,000 parts": lambda: (
        b'From: MAILER-DAEMON@mx.example.org\nSubject: failure notice\nContent-Type: multipart/mixed; boundary="b1"\n\n'
        + b"--b1\nContent-Type: text/plain\n\nUnable to deliver\n" * 100_000
    ),
    "boundary look-alikes": lambda: REPORT % (b"--b12\n" * 500_000, FAILED, RETURNED),
    "a million header lines": lambda: (
        b"X-A: 1\n" * 1_000_000 + b"From: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n\n" + QMAIL
    ),
    "a million header lines in the original": lambda: REPORT % (WORDS, FAILED, b"X-A: 1\n" * 1_000_000 + RETURNED),
    "a million continuation lines": lambda: REPORT % (WORDS, FAILED + b" x\n" * 1_000_000, RETURNED),
    "boundary that never closes": lambda: (REPORT % (WORDS, FAILED, RETURNED + b"z\n" * 2_000_000))[:-8],
    "bare carriage returns": lambda: (REPORT % (WORDS, FAILED, RETURNED + b"z\n" * 2_000_000)).replace(b"\n", b"\r"),
    "mixed line ends": lambda: (REPORT % (WORDS, FAILED, RETURNED)).replace(b"\n", b"\r\n", 12) + b"tail\r" * 100_000,
    "NUL bytes": lambda: REPORT % (WORDS + b"\0" * 1_000_000, FAILED, RETURNED + b"\0" * 5_000_000),
    "spaces": lambda: (
        TEXT % (b"This message could not be delivered to" + b" " * 2_000_000 + b"\n" + b" \n" * 1_000_000)
    ),
    "brackets": lambda: TEXT % (b"Mail could not be delivered.\n" + b"<" * 1_000_000 + b"(" * 1_000_000),
    "an HTML page of 10 MB": lambda: (
        b"From: MAILER-DAEMON@mx.example.org\nSubject: failure notice\nContent-Type: text/html\n\n"
        + b"<style><!--<script " * 600_000
    ),
    "encoded words": lambda: (
        b"From: MAILER-DAEMON@mx.example.org\nSubject: " + b"=?utf-8?b?" * 100_000 + b"\n\n" + QMAIL
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_letter_is_read_in_bounded_time(name: str) -> None:
    one = letter(HOSTILE[name]())
    begin = time.perf_counter()
    found = parse(one, recognise(one))
    if found is not None:
        original(one, found)
    assert time.perf_counter() - begin < SECONDS
    if "original" in name or "bare" in name or "NUL" in name or "never closes" in name:
        assert recipients(found) == ["taro@dest.example.net"]


def test_ten_thousand_recipients_are_all_named() -> None:
    groups = b"\n".join(FAILED.replace(b"taro", b"taro%d" % i) for i in range(10_000))
    one = letter(REPORT % (WORDS, groups, RETURNED))
    begin = time.perf_counter()
    found = parse(one, recognise(one))
    assert time.perf_counter() - begin < 3 * SECONDS
    assert len(set(recipients(found))) == 10_000


def recipients(found: Bounce | None) -> list[str]:
    return [failure.recipient for failure in found.failures] if found is not None else []
