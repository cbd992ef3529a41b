"""Many mailboxes: which alarms to believe so that among the believed ones the share of false ones stays small.

The statistic's highest point M over T hours satisfies P(M >= x) <= T / x without a change (Doob), so y = M / T turns
into an e-value by the calibrator (y - 1 - ln y) / (ln y)^2 (Vovk and Wang, "E-values", Ann. Statist. 49, 2021).
e-BH (Wang and Ramdas, JRSS-B 84, 2022) controls the false discovery rate under any dependence between the mailboxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log1p


def log_e_value(peak: float, hours: float) -> float:
    """The log e-value of a statistic that rose to `peak` within `hours`, averaged with 1 so that it stays finite."""
    times = peak / max(hours, 1.0)
    if times <= 1.0:
        return -log(2.0)
    logarithm = log(times)
    calibrated = (times - 1.0 - logarithm) / logarithm**2 if logarithm > 1e-6 else 0.5
    return log1p(calibrated) - log(2.0)


def false_discovery(evidence: Sequence[float], level: float = 0.05) -> list[bool]:
    """For each log e-value (`Surge.evidence`, one a mailbox): does it stand at this false discovery rate?"""
    total = len(evidence)
    ranked = sorted(evidence, reverse=True)
    standing = [value for rank, value in enumerate(ranked, 1) if value >= log(total / (level * rank))]
    return [bool(standing) and value >= standing[-1] for value in evidence]
