"""What a provider's mailboxes cost to count, and writes the table of docs/surge-and-volume.md.

    python -m bench.fleet                   100,000 mailboxes, into the page
    python -m bench.fleet --boxes 2000      fewer, printed only

One ledger each, 60 days at one bounce in two days; every twentieth mailbox broken into for four hours at 30 bounces an
hour, half of these with several recipients a message. Timed is the processor's time from the filled ledger to surges,
volume, limits and aftermath of every mailbox, and then the false discovery rate over all of them; filling is not, and
to fill fewer each ledger stands for twenty mailboxes and is counted twenty times. How fast the machine was meanwhile
shows in a plain loop that runs in between.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.manual import put
from bench.page import table
from bench.surge import CHANGE, HOUR, poisson
from modori.count.aftermath import aftermath
from modori.count.limits import forecast
from modori.count.surge import detect, false_discovery
from modori.count.volume import Sample, estimate
from modori.ledger import Ledger
from modori.types import Bounce, Failure, Original, Place, Reason, Witness

_ALL = 100_000
_ALIKE = 20
_BATCH = 10
_START = 1_780_000_000.0
_REASON = Reason("user-unknown", True, "5.1.1")
_ORDINARY_KEY = ("own", "auth", "me@shop.example", "me@shop.example", "mx.shop.example", "hello")
_BROKEN_KEY = ("own", "auth", "me@shop.example", "me@shop.example", "mx.shop.example", "you have won")


@dataclass(slots=True)
class Spent:
    """Seconds of the processor by stage; `named` are the mailboxes that stand at the false discovery rate."""

    seconds: dict[str, float] = field(default_factory=dict)
    loop: float = 0.0
    boxes: int = 0
    alarms: int = 0
    named: int = 0

    def lap(self, stage: str, since: float) -> float:
        now = time.process_time()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - since
        return now


def letter(rng: random.Random, moment: float, key: tuple[str, ...], asked: int, failed: int) -> Witness:
    """A bounce of one message."""
    number = rng.getrandbits(64)
    place = Place("box", number % 1_000_000, 900)
    failures = tuple(Failure(f"u{n}@example.net", reason=_REASON) for n in range(failed))
    bounce = Bounce(place, "postfix", "mx.shop.example", _START + moment, failures)
    original = Original(message_id=f"{number}@shop.example", when=_START + moment - 5.0)
    return Witness(number, bounce, b"", _START + moment, original, key=key, original_id=number, asked=asked)


def mailbox(rng: random.Random, number: int) -> Ledger:
    """The ledger of one mailbox."""
    ledger = Ledger()
    for moment in poisson(rng, 0.5 / 24, 0.0, CHANGE):
        ledger.learn(letter(rng, moment, _ORDINARY_KEY, 1, 1))
    if number % 20 == 0:
        for moment in poisson(rng, 30.0, CHANGE / 2, CHANGE / 2 + 4 * HOUR):
            asked = 1 if number % 40 else rng.randint(2, 10)
            ledger.learn(letter(rng, moment, _BROKEN_KEY, asked, 1 + (asked > 2 and rng.random() < 0.3)))
    return ledger


def count(ledgers: list[Ledger], spent: Spent) -> list[float]:
    """Everything that count/ says of each mailbox; the strongest evidence of a surge, one a mailbox."""
    evidence = []
    now = _START + CHANGE
    for ledger in ledgers:
        since = time.process_time()
        surges = detect(ledger.arrivals(), begin=_START, now=now)
        since = spent.lap("surges", since)
        found = [cell for _, cell in ledger.cells.items()]
        alike = Counter(sizes for one in found for sizes in one.originals.kept().values())
        samples = [Sample(asked, failed, weight) for (asked, failed), weight in alike.items()]
        volume = estimate(samples)
        since = spent.lap("volume", since)
        sends = {hour: float(bounces) for one in found for hour, bounces in one.hours.items()}
        forecast(["lolipop"], sends, now, volume=volume)
        aftermath(max(one.last_sent for one in found), max(one.last for one in found), now)
        spent.lap("limits and aftermath", since)
        evidence.append(max((surge.evidence for surge in surges), default=-1.0))
    return evidence


def filled(boxes: int) -> Iterator[list[Ledger]]:
    """The mailboxes a few at a time: a hundred thousand ledgers need not be in memory at once."""
    rng = random.Random(15)
    for first in range(0, boxes // _ALIKE, _BATCH):
        yield [mailbox(rng, number) for number in range(first, first + _BATCH)] * _ALIKE


def pace(spent: Spent) -> None:
    """A plain loop between two batches: twenty million steps in the whole of it."""
    since, total = time.process_time(), 0
    for number in range(20_000_000 * _BATCH * _ALIKE // _ALL):
        total += number
    spent.loop += time.process_time() - since


def run(boxes: int) -> Spent:
    spent, evidence = Spent(), []
    for batch in filled(boxes):
        evidence += count(batch, spent)
        pace(spent)
    since = time.process_time()
    spent.boxes = len(evidence)
    spent.named = sum(false_discovery(evidence))
    spent.lap("false discovery rate", since)
    spent.alarms = sum(value > -1.0 for value in evidence)
    return spent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--boxes", type=int, default=_ALL)
    boxes = options.parse_args().boxes
    spent = run(boxes)
    boxes = spent.boxes
    rows = [[stage, f"{seconds:.1f} s", f"{1e3 * seconds / boxes:.3f}"] for stage, seconds in spent.seconds.items()]
    total = sum(spent.seconds.values())
    content = table(
        [f"{boxes:,} mailboxes", "processor time", "milliseconds each"],
        [
            *rows,
            ["all of it", f"{total:.1f} s", f"{1e3 * total / boxes:.3f}"],
            [
                "for comparison: a plain loop, 200 steps a mailbox",
                f"{spent.loop:.1f} s",
                f"{1e3 * spent.loop / boxes:.3f}",
            ],
        ],
    )
    print(f"{content}\n{spent.alarms:,} with an alarm, {spent.named:,} named at a false discovery rate of 5 %")
    if boxes == _ALL:
        put("fleet", content)


if __name__ == "__main__":
    main()
