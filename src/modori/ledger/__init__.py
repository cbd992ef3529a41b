"""The Ledger: all state of one mailbox, bounded and mergeable.

    ledger.learn(item)     a Witness (a bounce), a Correspondence (an ordinary letter), a Fact or a Problem
    a.merge(b)             associative and commutative; Ledger() is the empty identity

It knows types alone: the pipeline feeds it what the stages found. Batch, sharded and live learning give the same
ledger, because every part of it is a sum, a minimum, a maximum, or one of the exact sketches in `sketch`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from modori.ledger.cell import Cells
from modori.ledger.people import People
from modori.ledger.sketch import Lowest, Tally, either
from modori.ledger.traffic import Traffic
from modori.types import (
    Answer,
    AuthRow,
    Correspondence,
    Delivery,
    DnsAnswer,
    Fact,
    Login,
    Notice,
    Place,
    Problem,
    SendCount,
    SiteFile,
    Submission,
    Visit,
    Witness,
)

ARRIVALS_AN_HOUR = 64
PROBLEMS = 500
FACTS = 2000

Learnable = Witness | Correspondence | Fact | Problem

_COUNTED = {"failed": "bounces", "delayed": "delays", "complaint": "complaints", "answered": "answers"}


@dataclass(slots=True)
class Hour:
    """Bounces that arrived within one hour: all of them, and the distinct originals with their first moments.

    `earliest` maps the first bounces (moment, digest) to their originals, `originals` is a sample by hash, whose
    `distinct()` is the number of originals: a flood's beginning stays exact to the second and its size is known, in
    bounded room. Bounces of one letter that come within one second stay apart; a copy of a bounce is the same one.
    """

    bounces: int = 0
    earliest: Lowest[tuple[float, int], int] = field(default_factory=lambda: Lowest(ARRIVALS_AN_HOUR))
    originals: Lowest[int, float] = field(default_factory=lambda: Lowest(ARRIVALS_AN_HOUR))

    def add(self, moment: float, digest: int, original: int) -> None:
        self.bounces += 1
        self.earliest.add((moment, digest), original)
        self.originals.add(original, moment)

    def merge(self, other: Hour) -> None:
        self.bounces += other.bounces
        self.earliest.merge(other.earliest)
        self.originals.merge(other.originals)


@dataclass(slots=True)
class Ledger:
    """See the module. Fields are read by the judging stages; only learn() and merge() change them."""

    cells: Cells = field(default_factory=Cells)
    people: People = field(default_factory=People)
    traffic: Traffic = field(default_factory=Traffic)
    hours: dict[int, Hour] = field(default_factory=dict)
    counts: Tally = field(default_factory=lambda: Tally(64))
    by_reason: Tally = field(default_factory=lambda: Tally(256))
    by_writer: Tally = field(default_factory=Tally)
    by_domain: Tally = field(default_factory=Tally)
    notices: Lowest[tuple[float, Place], Notice] = field(default_factory=lambda: Lowest(500))
    send_counts: Lowest[tuple[float, Place], SendCount] = field(default_factory=lambda: Lowest(FACTS))
    site_files: Lowest[tuple[float, Place, str], SiteFile] = field(default_factory=lambda: Lowest(FACTS))
    deliveries: Lowest[tuple[str, str], int] = field(default_factory=lambda: Lowest(FACTS))
    answers: Lowest[tuple[str, str], Answer] = field(default_factory=lambda: Lowest(100))
    dns: Lowest[tuple[str, str], DnsAnswer] = field(default_factory=lambda: Lowest(FACTS))
    problems: Lowest[tuple[Place, str], Problem] = field(default_factory=lambda: Lowest(PROBLEMS))
    evidence: Tally = field(default_factory=lambda: Tally(64))

    def learn(self, item: Learnable) -> None:
        """Take in one thing that a stage found."""
        match item:
            case Witness():
                self._learn_bounce(item)
            case Correspondence():
                self.counts.add("letters")
                self.people.learn(item)
            case Problem():
                self.problems.add((item.place, item.id), item, _together)
            case _:
                self._learn_fact(item)

    def merge(self, other: Ledger) -> None:
        """Add everything another ledger of the same mailbox has learned."""
        for name in ("cells", "people", "traffic", "counts", "by_reason", "by_writer", "by_domain", "evidence"):
            getattr(self, name).merge(getattr(other, name))
        for name in ("notices", "send_counts", "site_files", "answers", "dns"):
            getattr(self, name).merge(getattr(other, name), either)
        self.problems.merge(other.problems, _together)
        self.deliveries.merge(other.deliveries, _sum)
        for number, hour in other.hours.items():
            self.hours.setdefault(number, Hour()).merge(hour)

    @property
    def letters(self) -> int:
        return self.counts["letters"]

    def arrivals(self) -> list[tuple[float, float]]:
        """(moment, weight) of the bounces in order of time: 1 for an original's first bounce, 0 for a further one."""
        result: list[tuple[float, float]] = []
        seen: set[int] = set()
        for number in sorted(self.hours):
            hour = self.hours[number]
            known = len(seen)
            earliest = hour.earliest.items()
            for (moment, _), original in earliest:
                result.append((moment, 0.0 if original in seen else 1.0))
                seen.add(original)
            if hour.earliest.full:
                rest = hour.originals.distinct() - len({original for _, original in earliest})
                if rest >= 1 and len(seen) > known:  # the later ones of an overfull hour, as one weight at its end
                    result.append((number * 3600 + 3599.0, rest))
        return result

    def _learn_bounce(self, witness: Witness) -> None:
        bounce = witness.bounce
        self.counts.add("letters")
        self.counts.add("failures", len(bounce.failures))
        failed = [f for f in bounce.failures if f.action == "failed"]
        action = "failed" if failed else bounce.failures[0].action if bounce.failures else "failed"
        self.counts.add(_COUNTED.get(action, "successes"))
        self.people.first = min(self.people.first, witness.moment)
        self.people.last = max(self.people.last, witness.moment)
        if action != "failed":
            return
        self.by_writer.add(bounce.writer or "?")
        for failure in failed:
            self.by_reason.add(failure.reason.code if failure.reason else "undefined")
            self.by_domain.add(failure.recipient.rpartition("@")[2].lower() or "?")
        hour = self.hours.setdefault(int(witness.moment // 3600), Hour())
        hour.add(witness.moment, witness.digest, witness.original_id)
        self.cells.learn(witness.key, witness, len(failed))

    def _learn_fact(self, fact: Fact) -> None:
        self.evidence.add(type(fact).__name__, fact.count if isinstance(fact, Login) else 1)
        match fact:
            case Submission():
                self.traffic.learn_submission(fact)
            case Login():
                self.traffic.learn_login(fact)
            case AuthRow():
                self.traffic.learn_auth_row(fact)
            case Visit():
                self.traffic.learn_visit(fact)
            case Notice():
                self.notices.add((fact.when, fact.place), fact, either)
            case SendCount():
                self.send_counts.add((fact.begin, fact.place), fact, either)
            case SiteFile():
                self.site_files.add((-fact.risk, fact.place, fact.path), fact, either)
            case Delivery():
                self.deliveries.add((fact.recipient, fact.forwarded_to), 1, _sum)
            case Answer():
                self.answers.add((fact.id, fact.value), fact, either)
            case DnsAnswer():
                self.dns.add((fact.name, fact.kind), fact, either)


def _together(one: Problem, other: Problem) -> Problem:
    """What was not recognised is counted per folder; any other problem is told once."""
    if one.id != "not-recognised":
        return either(one, other)
    names = min(str(one.params["name"]), str(other.params["name"]))
    counts = [count for problem in (one, other) if isinstance(count := problem.params["count"], int)]
    return Problem(one.id, one.place, {"count": sum(counts), "name": names})


def _sum(one: int, other: int) -> int:
    return one + other


__all__ = ["Hour", "Learnable", "Ledger"]
