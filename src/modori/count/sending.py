"""What a sending may have been: a mixture of two lists of addresses, one even and one varied.

The addresses of the even list all fail with the same probability; those of the varied one with another for each
message, which is a beta law. One list by itself is the edge where the other gets hardly a message, and of three lists
the varied one stands for two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import exp, log2
from typing import NamedTuple

from modori.count.heard import Heard
from modori.count.laws import Law, beta_binomial, binomial, evidence, times
from modori.count.prior import LOG_ODDS, LOG_SPREAD, logistic, of_two
from modori.count.zoom import Axis, Bounds, evenly

# Log-odds that a message heard of went to the even list, of the even list's share, of the other's mean; its spread.
# Of those heard of, because that is what the bounces show; it leaves the four nearly independent of each other.
WHOLE: tuple[Bounds, ...] = ((-5.5, 5.5), LOG_ODDS, LOG_ODDS, LOG_SPREAD)


class Sending(NamedTuple):
    """One choice of the parameters: its cells, the binary logarithm of its posterior weight, and both lists' laws."""

    cells: tuple[int, ...]
    weight: float
    even: Law
    varied: Law


class _List(NamedTuple):
    """A list of addresses; its law is scaled so that a message of the commonest size is certainly heard of."""

    cells: tuple[int, ...]
    share: float
    seen: float  # the probability that such a message is heard of
    scale: float  # of a density: from the share and the fraction sent to their log-odds, the latter of those heard of
    law: Law


def sendings(axes: Sequence[Axis], heard: Heard) -> list[Sending]:
    """One of each cell of the grid, staggered: a share stands elsewhere in its cell for each fraction and spread."""
    fractions, shares, means, spreads = axes
    varied = _varied_lists(means, spreads, heard)
    found = []
    for number, fraction in enumerate(map(logistic, fractions.values())):
        even = _even_lists(shares, evenly(fractions.cells)[number], heard)
        found += _mixed(number, fraction, even, varied, heard)
    return found


def _even_lists(shares: Axis, shift: float, heard: Heard) -> list[_List]:
    found = []
    for number, log_odds in enumerate(shares.values(shift)):
        share = logistic(log_odds)
        found.append(_list((number,), share, binomial(share, heard), heard))
    return found


def _varied_lists(means: Axis, spreads: Axis, heard: Heard) -> list[_List]:
    found = []
    for high, (spread, shift) in enumerate(zip(spreads.values(), evenly(spreads.cells), strict=True)):
        for number, log_odds in enumerate(means.values(shift)):
            mean = logistic(log_odds)
            found.append(_list((number, high), mean, beta_binomial(mean, exp(spread), heard), heard))
    return found


def _list(cells: tuple[int, ...], share: float, law: Law, heard: Heard) -> _List:
    seen = law[heard.commonest]
    return _List(cells, share, seen, seen * share * (1.0 - share), times(1.0 / seen, law))


def _mixed(number: int, fraction: float, evens: list[_List], varied: list[_List], heard: Heard) -> list[Sending]:
    """Every even list with every varied one, the even one with this fraction of the messages heard of."""
    ones = [(one, times(fraction, one.law)) for one in evens]
    others = [(other, times(1.0 - fraction, other.law)) for other in varied]
    return [
        Sending(
            (number, *one.cells, *other.cells),
            log2(_density(fraction, one, other)) + evidence(even, rest, heard),
            even,
            rest,
        )
        for (one, even), (other, rest) in product(ones, others)
    ]


def _density(heard_of: float, one: _List, other: _List) -> float:
    """The prior on the scale of the grid: any fraction of the messages sent is as likely as any other."""
    sent, sent_to_other = heard_of * other.seen, (1.0 - heard_of) * one.seen
    whole = sent + sent_to_other
    scale = heard_of * (1.0 - heard_of) * one.scale * other.scale / (whole * whole)
    return of_two(one.share, other.share, sent / whole) * scale
