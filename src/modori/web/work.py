"""The process that reads one job: `python -m modori.web.work FOLDER [RESOLVER]`. It tells how far it is through a file.

Standard input is the password when the mailbox lies on a server, else empty. With RESOLVER (the DNS server to ask; "-"
is the system's) the evidence is completed by DNS, as under `check --online`.
"""

from __future__ import annotations

import sys
import time
from copy import deepcopy
from functools import lru_cache
from pathlib import Path

import msgspec

from modori import read
from modori.attribute.case import Lookup
from modori.errors import StoreError
from modori.imap import ImapError, again, is_url, parse, secret
from modori.ledger import Ledger
from modori.ledger.views import background
from modori.pipeline import Told, answer, conclude, learn, pending
from modori.show import safe
from modori.show import site as shown
from modori.show.html import places
from modori.store import Store, records
from modori.types import Report
from modori.web.job import Asked, Job, Outcome, Progress

_EVERY = 0.25  # seconds between two words about the progress
_COPIES, _COPIED = 500, 64 << 20  # letters of a mail server that are kept with the report, and bytes
_OF_SITES = frozenset({"SiteFile", "Visit"})  # kinds of facts


class Teller:
    """Writes the progress of a ledger that is being filled, now and then."""

    def __init__(self, job: Job, ledger: Ledger) -> None:
        self._job, self._ledger = job, ledger
        self._began = time.time()
        self._told = 0.0
        self._bytes = (0, 0)

    def read(self, done: int, total: int) -> None:
        self._bytes = (done, total)
        self.step()

    def step(self) -> None:
        if time.time() - self._told >= _EVERY:
            self.tell("reading")

    def tell(self, stage: str, wrong: ImapError | None = None) -> None:
        self._told = time.time()
        counts = self._ledger.counts
        done = Progress(stage, *self._bytes, counts["letters"], counts["bounces"], self._began, self._told)
        if wrong is not None:
            params = {name: safe.line(value) for name, value in wrong.params.items()}
            done = msgspec.structs.replace(done, wrong=wrong.id, params=params)
        self._job.tell(done)


def work(job: Job, lookup: Lookup | None = None, password: str = "") -> None:
    """Read everything, conclude, keep. The report is there before its outcome says so."""
    asked = job.asked() or Asked(time.time(), "en")
    ledger = job.ledger() or Ledger()
    teller = Teller(job, ledger)
    teller.tell("reading")
    try:
        if not ledger.letters:
            _unlock(asked, password)
            learn(read.read(job.sources(), ledger.learn, progress=teller.read), ledger, step=teller.step)
            _demand(ledger, asked)
        teller.tell("concluding")
        site = _site(ledger, asked, job)
        if asked.site or _only_site(ledger):
            named = (asked.path,) if asked.path else ()
            severity = shown.severity(ledger.site_files.values())
            job.finish(None, Outcome(f"site-{site}", severity, 0, 0, named, site=site))
            return
        report, question = _concluded(ledger, asked, job, lookup)
        _copy(report, asked, job)
        job.finish(report, _outcome(report, _kept(report, job), question, site))
    except ImapError as wrong:
        teller.tell("failed", wrong)
    except Exception:
        teller.tell("failed")
        raise


def _unlock(asked: Asked, password: str) -> None:
    """Have the password of a mailbox on a server at hand: a worker has nobody to ask."""
    if not asked.on_server:
        return
    account, _ = parse(asked.path)
    if password:
        secret.hold(account, password)
    elif not secret.known(account) and not secret.token(account):
        raise ImapError("imap-no-password", user=account.user, host=account.host)


def _demand(ledger: Ledger, asked: Asked) -> None:
    """A server of which nothing could be read leaves nothing to conclude: raise what is wrong with it."""
    problems = [p for p in ledger.problems.values() if p.id.startswith("imap-")]
    if asked.on_server and problems and not ledger.letters:
        raise ImapError(problems[0].id, **problems[0].params)


def _copy(report: Report, asked: Asked, job: Job) -> None:
    """The letters that the report speaks of, while the password is known."""
    if asked.on_server and secret.known(parse(asked.path)[0]):
        room = _COPIED
        for place, raw in again(place for place in places(report)[:_COPIES] if is_url(place.source)):
            room -= len(raw)
            if room < 0:
                return
            job.keep_letter(place, raw)


def _site(ledger: Ledger, asked: Asked, job: Job) -> str:
    """Keep what was found of the own site, and say how bad it is; "" when none was given."""
    seen = background(ledger)
    if not seen.site_files and not asked.site:
        return ""
    # Among the files of a mailbox, what could not be read is the report's to tell.
    problems = tuple(p for p in ledger.problems.values() if asked.site and p.id != "not-recognised")
    job.keep_site(records.Site(seen.site_files, seen.visits, problems))
    return shown.level(seen.site_files)


def _only_site(ledger: Ledger) -> bool:
    """Was nothing but the own site given? Then there is nothing to be said of any mail."""
    return bool(ledger.site_files) and not ledger.letters and ledger.evidence.counts().keys() <= _OF_SITES


def _concluded(ledger: Ledger, asked: Asked, job: Job, lookup: Lookup | None) -> tuple[Report, str]:
    """The report after all answers so far, and the next question worth asking; "" when there is none."""
    told, now = Told(me=asked.me), time.time()
    given = deepcopy(ledger)  # what is kept holds no answers: they may change
    for question, value in asked.answers.items():
        if value:
            answer(given, question, value)
    report = conclude(given, told, now, lookup)
    further = pending(given, told, now, report, asked.answers, lookup) or ""
    if further:
        job.keep(ledger)
    else:
        job.forget()
    return report, further


def _kept(report: Report, job: Job) -> str:
    """The incident that remembers the ticked steps; "" when there is nothing to do, or no store to be had."""
    if not report.plan.steps:
        return ""
    try:
        with Store.open() as store:
            kept = store.keep(report, job.sources(), time.time())
    except StoreError as wrong:
        print(f"modori: {wrong}", file=sys.stderr)
        return ""
    job.changed(kept.changes)
    return kept.id


def _outcome(report: Report, incident: str, question: str, site: str) -> Outcome:
    verdict, tallies = report.verdict, report.tallies
    return Outcome(
        verdict.cause,
        verdict.severity,
        tallies.letters,
        tallies.bounces,
        report.owner.addresses[:3],
        incident,
        question,
        site,
    )


def _lookup(resolver: str) -> Lookup:
    from modori.evidence.dns import Resolver

    # Questions are weighed by concluding several times.
    return lru_cache(maxsize=4096)(Resolver.at("" if resolver == "-" else resolver).lookup)


def _password() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "surrogatepass")


if __name__ == "__main__":
    work(Job(Path(sys.argv[1])), _lookup(sys.argv[2]) if len(sys.argv) > 2 else None, _password())
