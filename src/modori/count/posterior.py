"""How many messages nobody heard of, at every likely point of the posterior.

A single beta-binomial mistakes a clean and a dead list for a smaller sending to one middling list, so that a mixture of
two laws is integrated over, truncated at zero: see `sending`. The prior decides between laws that give the same bounces
but not the same number of messages (Link, Biometrics 59, 2003), which the width of the interval shows.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod

from modori.count.heard import Heard
from modori.count.laws import missing
from modori.count.mixture import Missing, interval
from modori.count.prior import LOG_ODDS, logistic, of_one
from modori.count.recipients import Groups, largest_message
from modori.count.sending import WHOLE, Sending, sendings
from modori.count.zoom import Axis

_COARSE = 4, 5, 4, 1  # cells along each parameter
_FINE = (6, 8, 6, 4), (5, 8, 6, 3), (4, 7, 5, 3), (4, 6, 4, 3)  # the first that is cheap enough
_CHEAP = 10_000  # logarithms
_ENOUGH = 30  # likely cells: an integral over fewer is rough
_ROUNDS = 4
_NEGLIGIBLE = -7.0  # binary logarithm: a 128th of the most probable cell
_SHARES, _HARDLY = 96, 1e-3  # tried of the prior alone; what part of the most probable is left out


def unheard(groups: Groups) -> tuple[float, float, float]:
    """(low, median, high) of the messages nobody heard of: 90 %."""
    if largest_message(groups) == 1:
        return _by_the_prior(max(1, round(sum(groups.values()))))
    heard = Heard(groups)
    found = _posterior(heard)
    most = max(one.weight for one in found)
    return interval([missing(2.0 ** (one.weight - most), one.even, one.varied, heard) for one in found])


@lru_cache(maxsize=4096)
def _by_the_prior(messages: int) -> tuple[float, float, float]:
    """A message with one recipient says nothing about the share: only their number counts."""
    parts = []
    for share in map(logistic, Axis(LOG_ODDS, _SHARES).values()):
        weight = of_one(share) * share * (1.0 - share)  # on the scale of the log-odds
        silent = (1.0 - share) / share
        parts.append(Missing(weight, messages * silent, messages * silent / share))
    least = max(part.weight for part in parts) * _HARDLY
    return interval([part for part in parts if part.weight > least])


def _posterior(heard: Heard) -> list[Sending]:
    """The likely cells: a coarse grid finds them, and a fine one is drawn around them until it holds enough of them."""
    axes = [Axis(bounds, cells) for bounds, cells in zip(WHOLE, _COARSE, strict=True)]
    found = _likely(sendings(axes, heard))
    fine = next((cells for cells in _FINE if prod(cells) * len(heard.powers) <= _CHEAP), _FINE[-1])
    for _ in range(_ROUNDS - 1):
        along = zip(*(one.cells for one in found), strict=True)
        near = [axis.around(numbers) for axis, numbers in zip(axes, along, strict=True)]
        axes = [Axis(bounds, cells) for bounds, cells in zip(near, fine, strict=True)]
        found = _likely(sendings(axes, heard))
        if len(found) >= _ENOUGH:
            break
    return found


def _likely(found: list[Sending]) -> list[Sending]:
    least = max(one.weight for one in found) + _NEGLIGIBLE
    return [one for one in found if one.weight > least]
