"""What is believed of failing shares before the first bounce."""

from __future__ import annotations

from math import cbrt, exp

LOG_ODDS = (-5.5, 3.5)  # of a share: 0.4 to 97 per cent
LOG_SPREAD = (0.0, 5.5)  # of the beta law: from any share alike to nearly one share


def logistic(log_odds: float) -> float:
    """The share with these log-odds."""
    return 1.0 / (1.0 + exp(-log_odds))


def of_one(mean: float) -> float:
    """Beta(2, 6), up to a constant: published shares of invalid addresses lie between 4 and 37 per cent."""
    return mean * (1.0 - mean) ** 5


def of_two(one: float, other: float, fraction: float) -> float:
    """Density of the shares of two lists, of which the first gets this fraction of the messages, up to a constant.

    The share of all messages together is Beta(2, 6), as if there was one list. What part of it the cleaner list has is
    the cube of a uniform number, for a list may be nearly clean. Either list may be the cleaner.
    """
    mean = fraction * one + (1.0 - fraction) * other
    cleaner, rest = (one, 1.0 - fraction) if one < other else (other, fraction)
    return (1.0 - mean) ** 5 * cbrt(mean / cleaner) ** 2 * rest
