"""Simulates incidents of known size and checks the volume's interval; writes a table of docs/surge-and-volume.md.

    python -m bench.volume                  put the tables into the page
    python -m bench.volume --scale 0.1      a tenth of the runs, printed only

The failing share varies from message to message; what nobody failed of is never heard of. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from statistics import median

from bench.manual import put
from bench.page import table
from modori.count.volume import Overlap, Sample, estimate

Share = Callable[[random.Random], float]
Recipients = Callable[[random.Random], int]


def lists(rng: random.Random, *parts: tuple[float, float]) -> float:
    """The failing share of one message: each list gets its fraction of them."""
    return rng.choices([share for _, share in parts], [fraction for fraction, _ in parts])[0]


SHARES: dict[str, Share] = {
    "as the prior, Beta(2, 6)": lambda rng: rng.betavariate(2, 6),
    "rare and even, 5 %": lambda rng: 0.05,
    "wild, Beta(0.4, 1.6)": lambda rng: rng.betavariate(0.4, 1.6),
    "mostly dead, Beta(6, 2)": lambda rng: rng.betavariate(6, 2),
    "two lists, 4 % and 50 %": lambda rng: lists(rng, (0.7, 0.04), (0.3, 0.5)),
    "two lists, 10 % and 70 %": lambda rng: lists(rng, (0.7, 0.1), (0.3, 0.7)),
    "two lists, 2 % and 30 %": lambda rng: lists(rng, (0.7, 0.02), (0.3, 0.3)),
    "two halves, 1 % and 40 %": lambda rng: lists(rng, (0.5, 0.01), (0.5, 0.4)),
    "mostly a dead list, 10 % and 70 %": lambda rng: lists(rng, (0.3, 0.1), (0.7, 0.7)),
    "three lists, 2, 15 and 60 %": lambda rng: lists(rng, (0.5, 0.02), (0.3, 0.15), (0.2, 0.6)),
    "clean half, 3 %, and Beta(2, 6)": lambda rng: lists(rng, (0.5, 0.03), (0.5, rng.betavariate(2, 6))),
}
COUNTS: dict[str, Recipients] = {
    "1": lambda rng: 1,
    "1 to 3": lambda rng: rng.randint(1, 3),
    "2": lambda rng: 2,
    "5": lambda rng: 5,
    "10": lambda rng: 10,
    "20": lambda rng: 20,
}


def incident(rng: random.Random, messages: int, recipients: Recipients, share: Share) -> list[Sample]:
    """What the mailbox hears of it."""
    heard = []
    for _ in range(messages):
        asked, failing = recipients(rng), share(rng)
        failed = sum(rng.random() < failing for _ in range(asked))
        if failed:
            heard.append(Sample(asked, failed))
    return heard


def coverage(runs: int) -> str:
    rows = []
    for share_name, share in SHARES.items():
        for count_name, recipients in COUNTS.items():
            rng = random.Random(31)
            inside, ratios, widths, naive, basis = 0, [], [], [], ""
            for _ in range(runs):
                messages = round(10 ** rng.uniform(1.7, 3.3))
                heard = incident(rng, messages, recipients, share)
                if (found := estimate(heard)) is None:
                    continue
                inside += found.low <= messages <= found.high
                ratios.append(found.median / messages)
                widths.append((found.high - found.low) / messages)
                naive.append(len(heard) / messages)
                basis = found.basis
            rows.append(
                [
                    share_name,
                    count_name,
                    basis,
                    f"{100 * inside / len(ratios):.0f} %",
                    f"{median(ratios):.2f}",
                    f"{median(widths):.2f}",
                    f"{median(naive):.2f}",
                ]
            )
    return table(
        [
            "failing share",
            "recipients",
            "basis",
            "truth inside",
            "median / truth",
            "width / truth",
            "bounced messages / truth",
        ],
        rows,
    )


def recapture(runs: int) -> str:
    rows = []
    for first, second in ((0.3, 0.3), (0.1, 0.5), (0.05, 0.1)):
        rng = random.Random(32)
        inside, ratios = 0, []
        for _ in range(runs):
            messages = round(10 ** rng.uniform(2.3, 3.5))
            caught = [(rng.random() < first, rng.random() < second) for _ in range(messages)]
            overlap = Overlap(
                sum(one for one, _ in caught), sum(two for _, two in caught), sum(one and two for one, two in caught)
            )
            found = estimate(overlap=overlap)
            if found is not None:
                inside += found.low <= messages <= found.high
                ratios.append(found.median / messages)
        rows.append([f"{first:.0%}", f"{second:.0%}", f"{100 * inside / len(ratios):.0f} %", f"{median(ratios):.2f}"])
    return table(["caught by bounces", "by the second source", "truth inside", "median / truth"], rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--scale", type=float, default=1.0, help="1 = the published size")
    chosen = options.parse_args()
    measured = {
        "coverage": coverage(max(5, round(200 * chosen.scale))),
        "recapture": recapture(max(5, round(400 * chosen.scale))),
    }
    for name, content in measured.items():
        print(f"{name}\n{content}\n")
        if chosen.scale == 1.0:
            put(name, content)


if __name__ == "__main__":
    main()
