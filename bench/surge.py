"""Simulates what the surge detector promises, and writes the tables of docs/surge-and-volume.md.

    python -m bench.surge                  put the tables into the page
    python -m bench.surge --scale 0.1      a tenth of the runs, printed only

Arrivals are Poisson; a mailbox has 60 ordinary days behind it unless the table says otherwise. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from math import ceil, exp, log, sqrt
from statistics import mean, stdev

from bench.manual import put
from bench.page import table
from modori.count.surge import Detector, detect, false_discovery

HOUR = 3600.0
WARM_HOURS = 60 * 24.0
CHANGE = WARM_HOURS * HOUR
YEAR = 8760.0

Watch = Callable[[float, float], bool]  # (time of an arrival, weight) -> alarm


def poisson(rng: random.Random, hourly: float, begin: float, end: float) -> Iterator[float]:
    """Arrivals at `hourly`, in seconds."""
    moment = begin + rng.expovariate(hourly) * HOUR
    while moment < end:
        yield moment
        moment += rng.expovariate(hourly) * HOUR


def ordinary(rng: random.Random, daily: float, hours: float) -> list[tuple[float, float]]:
    """An ordinary mailbox of so many hours, for detect()."""
    return [(moment, 1.0) for moment in poisson(rng, daily / 24, 0.0, hours * HOUR)]


# --- how many bounces until the alarm -----------------------------------------------------------------------------


def warmed(rng: random.Random, daily: float) -> Detector:
    """A detector after ordinary days, no false alarm going on."""
    while True:
        detector = Detector(0.0)
        for moment in poisson(rng, daily / 24, 0.0, CHANGE):
            detector.learn(moment)
        if all(surge.end is not None for surge in detector.surges(CHANGE)):
            return detector


def ours(rng: random.Random, daily: float, hourly: float) -> int:
    """Bounces of the surge until the mixture detector's alarm."""
    detector = warmed(rng, daily)
    for number, moment in enumerate(poisson(rng, hourly, CHANGE, 10 * CHANGE), 1):
        detector.learn(moment)
        if any(surge.alarm >= CHANGE for surge in detector.surges()):
            return number
    return 1000


def cusum(ratio: float) -> Callable[[random.Random, float, float], int]:
    """Page's CUSUM for one ratio, the baseline known to it, three bounces at least; threshold ln(8760 * baseline)."""

    def run(rng: random.Random, daily: float, hourly: float) -> int:
        baseline, threshold = daily / 24, max(log(YEAR * daily / 24), 1.0)
        level, before, number = 0.0, 0.0, 0
        while number < 1000:
            gap = rng.expovariate(hourly)
            level = max(0.0, level - (ratio - 1) * baseline * gap) + log(ratio)
            number, before = number + 1, before + gap
            if level >= threshold and number >= 3:
                break
        return number

    return run


def window(rng: random.Random, daily: float, hourly: float) -> int:
    """A fixed count within a day: the smallest that chance exceeds once a year."""
    expected, term, tail, limit = daily, exp(-daily), 1.0 - exp(-daily), 1
    while tail * 365 > 1:
        term *= expected / limit
        tail, limit = tail - term, limit + 1
    recent: list[float] = []
    wanted, moment, number = max(limit, 3), 0.0, 0
    while number < 1000:
        moment += rng.expovariate(hourly)
        recent = [t for t in recent if t > moment - 24] + [moment]
        number += 1
        if len(recent) >= wanted:
            break
    return number


def delays(runs: int) -> str:
    situations = [(0.5, 5.0), (0.5, 30.0), (5.0, 1.0), (5.0, 5.0), (5.0, 30.0)]
    detectors = [
        ("mixture Shiryaev-Roberts (ours)", ours),
        ("CUSUM for ratio 20", cusum(20.0)),
        ("CUSUM for ratio 100", cusum(100.0)),
        ("fixed count a day", window),
    ]
    rows = []
    for name, run in detectors:
        rng = random.Random(20_260_503)
        found = [[run(rng, *situation) for _ in range(runs)] for situation in situations]
        rows.append([name, *(f"{mean(needed):.1f} ± {stdev(needed) / sqrt(runs):.1f}" for needed in found)])
        if run is ours:
            rows.append(["ours, nine in ten within", *(str(sorted(needed)[ceil(0.9 * runs) - 1]) for needed in found)])
    head = ["bounces until the alarm (mean)", *(f"{d:g} a day, then {h:g} an hour" for d, h in situations)]
    return table(head, rows)


# --- how many hours between false alarms --------------------------------------------------------------------------


def false_alarms(scale: float) -> str:
    rows = []
    for promised in (500.0, YEAR):
        for daily in (0.1, 0.5, 5.0, 20.0):
            rng = random.Random(11)
            years = ceil(scale * promised / YEAR * 60 / (1 + daily / 5)) + 1
            alarms = sum(
                len(detect(ordinary(rng, daily, 3 * YEAR), begin=0.0, false_alarm_hours=promised)) for _ in range(years)
            )
            hours = years * 3 * YEAR
            measured, surely = hours / max(alarms, 1), hours / at_most(alarms)
            rows.append([f"{promised:,.0f}", f"{daily:g}", f"{measured:,.0f}", f"{surely:,.0f}", str(alarms)])
    head = ["promised hours", "ordinary bounces a day", "measured hours between", "at least (95 %)", "false alarms"]
    return table(head, rows)


def at_most(seen: int) -> float:
    """The one-sided 95 % limit of a Poisson mean of which `seen` were seen (Byar's approximation)."""
    more = seen + 1
    return float(more * (1.0 - 1.0 / (9.0 * more) + 1.6449 / (3.0 * sqrt(more))) ** 3)


def first_month(runs: int) -> str:
    rows = []
    for daily in (0.5, 5.0, 20.0, 50.0):
        rng = random.Random(12)
        share = mean(bool(detect(ordinary(rng, daily, 30 * 24), begin=0.0)) for _ in range(runs))
        rows.append([f"{daily:g}", f"{100 * share:.1f} %"])
    return table(["ordinary bounces a day", "mailboxes with a false alarm in their first 30 days"], rows)


# --- many mailboxes -----------------------------------------------------------------------------------------------


def discovery(boxes: int) -> str:
    rng = random.Random(13)
    truth, evidence = [], []
    for number in range(boxes):
        broken = number % 50 == 0
        arrivals = ordinary(rng, 1.0, WARM_HOURS)
        if broken:
            arrivals += [(t, 1.0) for t in poisson(rng, 5.0, CHANGE / 2, CHANGE / 2 + 12 * HOUR)]
        surges = detect(arrivals, begin=0.0)
        truth.append(broken)
        evidence.append(max((surge.evidence for surge in surges), default=-1.0))
    rows = []
    for name, chosen in (
        ("every alarm", [value > -1.0 for value in evidence]),
        ("e-BH at 5 %", false_discovery(evidence, 0.05)),
    ):
        named = sum(chosen)
        false = sum(1 for pick, broken in zip(chosen, truth, strict=True) if pick and not broken)
        found = sum(1 for pick, broken in zip(chosen, truth, strict=True) if pick and broken)
        rows.append([name, str(named), f"{100 * false / max(named, 1):.1f} %", f"{100 * found / sum(truth):.0f} %"])
    return table(["mailboxes named by", "number", "false among them", "broken ones found"], rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--scale", type=float, default=1.0, help="1 = the published size")
    chosen = options.parse_args()
    scale = chosen.scale
    measured = {
        "delays": delays(max(5, round(400 * scale))),
        "false-alarms": false_alarms(scale),
        "first-month": first_month(max(5, round(400 * scale))),
        "discovery": discovery(max(100, round(10_000 * scale))),
    }
    for name, content in measured.items():
        print(f"{name}\n{content}\n")
        if chosen.scale == 1.0:
            put(name, content)


if __name__ == "__main__":
    main()
