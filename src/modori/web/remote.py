"""A mailbox that lies on a server, as its worker sees it: have the password, say what is wrong, copy what matters."""

from __future__ import annotations

from modori.imap import ImapError, again, is_url, parse, secret
from modori.ledger import Ledger
from modori.show.html import places
from modori.types import Report
from modori.web.job import Asked, Job

_COPIES, _COPIED = 500, 64 << 20  # letters that are kept with a report, and bytes


def unlock(asked: Asked, password: str) -> None:
    """Have the password of a mailbox on a server at hand: a worker has nobody to ask."""
    if not asked.on_server:
        return
    account, _ = parse(asked.path)
    if password:
        secret.hold(account, password)
    elif not secret.known(account) and not secret.token(account):
        raise ImapError("imap-no-password", user=account.user, host=account.host)


def demand(ledger: Ledger, asked: Asked) -> None:
    """A server of which nothing could be read leaves nothing to conclude: raise what is wrong with it."""
    problems = [p for p in ledger.problems.values() if p.id.startswith("imap-")]
    if asked.on_server and problems and not ledger.letters:
        raise ImapError(problems[0].id, **problems[0].params)


def copy(report: Report, asked: Asked, job: Job) -> None:
    """The letters that the report speaks of, while the password is known."""
    if asked.on_server and secret.known(parse(asked.path)[0]):
        room = _COPIED
        for place, raw in again(place for place in places(report)[:_COPIES] if is_url(place.source)):
            room -= len(raw)
            if room < 0:
                return
            job.keep_letter(place, raw)
