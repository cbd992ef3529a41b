"""A Unix mail log: every line goes to the grammar of the daemon that wrote it (source id "maillog").

One syslog file holds several daemons, and what one says may complete what another said; the grammars are one file each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from modori.evidence.clock import Clock, calibrate
from modori.evidence.courier_log import CourierLog
from modori.evidence.dovecot_log import DovecotLog
from modori.evidence.exim_log import EximLog
from modori.evidence.postfix_log import PostfixLog
from modori.evidence.qmail_log import QmailLog
from modori.evidence.sendmail_log import SendmailLog
from modori.evidence.syslog import At, Heads, Read, frame, told
from modori.types import Delivery, Fact, Paper, Problem, Submission

_SAMPLE = Clock(0, 2000, 1)
_REDIRECTS = 10_000


class Grammar(Protocol):
    """What one package's lines mean; `programs` are the beginnings of its syslog tags."""

    @property
    def programs(self) -> tuple[str, ...]: ...

    def read(self, when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]: ...

    def rest(self) -> Sequence[Fact]: ...


def recognises(peek: bytes) -> bool:
    """Most lines have a syslog frame: any syslog may hold a mail server's lines."""
    if peek.startswith((b"__CURSOR=", b"__REALTIME_TIMESTAMP=")):
        return True
    lines = [line for line in peek.split(b"\n")[:60] if line.strip()]
    framed = [found for line in lines if (found := frame(line, _SAMPLE)) and found[2]]
    return bool(framed) and 2 * len(framed) >= len(lines)


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """Submissions, deliveries and logins of a syslog file, joined by queue id, as they are completed."""
    source = paper.place.source
    grammars: tuple[Grammar, ...] = (
        PostfixLog(source), DovecotLog(source), EximLog(source), SendmailLog(source), QmailLog(source),
        CourierLog(source),
    )  # fmt: skip
    redirects = Redirects()
    for found in told(paper, calibrate(paper), Heads(partial(_route, grammars)), note):
        yield from redirects.without(found)
    for grammar in grammars:
        yield from redirects.without(grammar.rest())


def _route(grammars: Sequence[Grammar], program: bytes) -> Read:
    """Who reads what this program ("postfix/smtpd") says."""
    name = program.decode("latin-1").lower()
    return next((grammar.read for grammar in grammars if name.startswith(grammar.programs)), _foreign)


def _foreign(when: float, host: bytes, tag: bytes, message: bytes, at: At) -> Sequence[Fact]:
    """Another program's line says nothing about mail."""
    return ()


class Redirects:
    """Sieve hands a redirected message back to the server like a local program: that is no submission of the user's."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def without(self, found: Sequence[Fact]) -> Iterator[Fact]:
        """`found` without the second half of a redirect, which the Delivery before it told already."""
        for fact in found:
            if isinstance(fact, Delivery) and fact.forwarded_to and fact.message_id:
                if len(self._ids) >= _REDIRECTS:
                    self._ids.clear()
                self._ids[fact.message_id] = None
            if isinstance(fact, Submission) and fact.method != "auth" and fact.message_id in self._ids:
                continue
            yield fact
