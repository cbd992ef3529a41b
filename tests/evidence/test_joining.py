"""Open messages are bounded, and a log without ends still tells what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from io import RawIOBase
from itertools import count, islice
from typing import BinaryIO, cast

from modori.evidence import facts
from modori.evidence.joining import OPEN_LIMIT, Mail, OpenMails
from modori.types import Submission
from tests.evidence.papers import paper, streamed


class Written(RawIOBase):
    """A file that is written while it is read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return b"".join(islice(self._lines, max(1, size // 128)))


def test_the_oldest_go_when_there_is_no_room() -> None:
    table: OpenMails[int] = OpenMails(limit=10)
    for number in range(11):
        table.table[number] = Mail(float(number), b"h", b"q", (0, 0, 0))
    assert [mail.when for mail in table.overflow()] == [0.0]
    assert len(table.table) == 10
    assert len(table.rest()) == 10
    assert table.rest() == []


def test_ids_that_never_end_do_not_wait_for_the_end_of_the_log() -> None:
    line = b"Feb 19 09:50:50 mx postfix/smtpd[1]: %010X: client=x[203.0.113.1], sasl_username=u\n"
    written = count()

    def opened() -> BinaryIO:
        return cast(BinaryIO, Written(line % next(written) for _ in range(10 * OPEN_LIMIT)))

    first = next(facts(streamed(opened, b"", "maillog"), "maillog", lambda problem: None))
    assert isinstance(first, Submission)
    assert next(written) < 2 * OPEN_LIMIT


def test_a_message_still_in_the_queue_is_told_at_the_end() -> None:
    content = b"Feb 19 09:50:50 mx postfix/smtpd[1]: 677D91BCAD: client=x[203.0.113.1], sasl_username=u\n"
    found = list(facts(paper(content), "maillog", lambda problem: None))
    assert [(type(fact), getattr(fact, "sent", None)) for fact in found] == [(Submission, 0)]


def test_two_hosts_may_use_one_queue_id() -> None:
    content = b"".join(
        b"Feb 19 09:50:50 %b postfix/smtpd[1]: 677D91BCAD: client=x[203.0.113.1], sasl_method=PLAIN, sasl_username=%b\n"
        % (host, account)
        for host, account in ((b"mx1", b"a"), (b"mx2", b"b"))
    )
    found = list(facts(paper(content), "maillog", lambda problem: None))
    assert {(getattr(fact, "host", ""), getattr(fact, "account", "")) for fact in found} == {("mx1", "a"), ("mx2", "b")}


def test_recipients_are_counted_beyond_those_that_are_kept() -> None:
    begin = (
        b"Feb 19 09:50:50 mx postfix/smtpd[1]: 677D91BCAD: client=x[203.0.113.1], sasl_method=PLAIN, sasl_username=u\n"
    )
    to = (
        b"Feb 19 09:50:51 mx postfix/smtp[1]: 677D91BCAD: to=<u%d@shop.example>, relay=mx[198.51.100.1]:25, "
        b"delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 ok)\n"
    )
    found = list(facts(paper(begin + b"".join(to % n for n in range(80))), "maillog", lambda problem: None))
    assert isinstance(found[0], Submission)
    assert (len(found[0].recipients), found[0].sent) == (50, 80)


def test_long_names_do_not_fill_the_memory() -> None:
    mail = Mail(0.0, b"h", b"q", (0, 0, 0))
    for number in range(1000):
        mail.settle(b"%d@%b" % (number, b"x" * 8000), b"deferred", home=False)
        mail.settle(b"%d@%b" % (number, b"y" * 8000), b"sent", home=number % 2 == 0)
    kept = [*(mail.recipients or ()), *(mail.homes or ()), *(mail.waiting or ())]
    assert kept
    assert sum(map(len, kept)) < 32_768
