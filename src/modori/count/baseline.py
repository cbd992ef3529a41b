"""How many bounces an hour are ordinary for this mailbox: a gamma belief about a Poisson rate, learned as it goes.

After n arrivals in h hours the belief Gamma(shape, hours) is Gamma(shape + n, hours + h), and the rate that it predicts
is shape / hours. Used with that predictive rate, the null hypothesis "arrivals go on as they always did" is itself a
point process, and likelihood ratios against it are exact martingales: no plug-in error has to be argued away.
"""

from __future__ import annotations

from typing import NamedTuple

MEMORY_HOURS = 180 * 24.0


class Gamma(NamedTuple):
    """`shape` arrivals were seen, or believed to be seen, in `hours`."""

    shape: float
    hours: float

    @property
    def rate(self) -> float:
        """The predicted arrivals an hour."""
        return self.shape / self.hours

    def wait(self, hours: float) -> Gamma:
        """The belief after silence."""
        return Gamma(self.shape, self.hours + hours)

    def after(self, silence: float, weight: float) -> Gamma:
        """The belief after silence and then an arrival; what is older than half a year fades, for habits change."""
        shape, hours = self.shape + weight, self.hours + silence
        return Gamma(shape, hours) if hours <= MEMORY_HOURS else Gamma(shape * MEMORY_HOURS / hours, MEMORY_HOURS)


# Three a day, believed as little as one arrival in eight hours: a month of silence outweighs it ninety to one, and yet
# a mailbox with twenty a day that is seen for the first time raises no alarm on its first day.
PRIOR = Gamma(1.0, 8.0)
