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

from modori import read
from modori.attribute.case import Lookup
from modori.errors import StoreError
from modori.evidence import countries
from modori.imap import ImapError
from modori.ledger import Ledger
from modori.ledger.views import background
from modori.pipeline import Told, answer, conclude, learn, pending
from modori.show import site as shown
from modori.store import Store, records
from modori.types import Report
from modori.web import remote
from modori.web.job import Asked, Job, Outcome
from modori.web.teller import Teller

_OF_SITES = frozenset({"SiteFile", "Visit"})  # kinds of facts


def work(job: Job, lookup: Lookup | None = None, password: str = "") -> None:
    """Read everything, conclude, keep. The report is there before its outcome says so."""
    asked = job.asked() or Asked(time.time(), "en")
    ledger = job.ledger() or Ledger()
    teller = Teller(job, ledger)
    teller.tell("reading")
    try:
        if not ledger.letters:
            remote.unlock(asked, password)
            learn(read.read(job.sources(), ledger.learn, progress=teller.read), ledger, step=teller.step)
            remote.demand(ledger, asked)
        teller.tell("concluding")
        site = _site(ledger, asked, job)
        if asked.site or _only_site(ledger):
            named = (asked.path,) if asked.path else ()
            severity = shown.severity(ledger.site_files.values())
            job.finish(None, Outcome(f"site-{site}", severity, 0, 0, named, site=site))
            return
        report, question = _concluded(ledger, asked, job, lookup)
        remote.copy(report, asked, job)
        job.finish(report, _outcome(report, _kept(report, job), question, site))
    except ImapError as wrong:
        teller.tell("failed", wrong)
    except Exception:
        teller.tell("failed")
        raise


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
    table = countries.usual()
    told, now = Told(me=asked.me, country=countries.table(table) if table else None), time.time()
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
