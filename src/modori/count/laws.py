"""Laws of how many recipients of a message fail, and what a law says of the messages heard of.

A law is a list of probabilities in the order of `Heard`: for each kind that just these recipients fail (without the
binomial coefficient, which is the same in every law), for each size that anybody does, and 1 for all there is. Lists
may be scaled and added: what is computed of them is made of ratios.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, repeat
from math import log2
from operator import add, mul
from typing import TypeAlias

from modori.count.heard import Heard
from modori.count.mixture import Missing

Law: TypeAlias = list[float]


def binomial(share: float, heard: Heard) -> Law:
    """Every recipient fails with the same probability."""
    length = heard.sizes[-1]
    return _law(_powers(share, length), _powers(1.0 - share, length), [1.0] * (length + 1), heard)


def beta_binomial(mean: float, spread: float, heard: Heard) -> Law:
    """The probability differs from message to message as Beta(mean * spread, (1 - mean) * spread)."""
    length = heard.sizes[-1]
    fail, keep = mean * spread, (1.0 - mean) * spread
    return _law(_rising(fail, length), _rising(keep, length), _rising(spread, length), heard)


def times(factor: float, law: Law) -> Law:
    """The law scaled."""
    return [factor * chance for chance in law]


def evidence(one: Law, other: Law, heard: Heard) -> float:
    """Binary logarithm of the likelihood of the messages heard of, given that they were, under the sum of two laws."""
    logs: Iterator[float] = map(log2, map(add, one, other))
    return sum(map(mul, heard.powers, logs), 0.0)


def missing(weight: float, one: Law, other: Law, heard: Heard) -> Missing:
    """The messages nobody heard of, under the sum of two laws: for each one heard of, a geometric number."""
    mean, variance = 0.0, 0.0
    *seen, total = map(add, one[len(heard.kinds) :], other[len(heard.kinds) :])
    for messages, chance in zip(heard.messages, seen, strict=True):
        silent = max(total - chance, 0.0) / chance
        mean += messages * silent
        variance += messages * silent * total / chance
    return Missing(weight, mean, variance)


def _law(fail: Sequence[float], keep: Sequence[float], whole: Sequence[float], heard: Heard) -> Law:
    """From the products that so many failing and so many passing recipients stand for, and what these are parts of."""
    law = [fail[failed] * keep[passed] / whole[asked] for asked, failed, passed in heard.kinds]
    law += [1.0 - keep[size] / whole[size] for size in heard.sizes]
    law.append(1.0)
    return law


def _powers(base: float, length: int) -> list[float]:
    return list(accumulate(repeat(base, length), mul, initial=1.0))


def _rising(start: float, length: int) -> list[float]:
    """Rising factorials, whose ratios the beta-binomial is made of."""
    return list(accumulate([start + number for number in range(length)], mul, initial=1.0))
