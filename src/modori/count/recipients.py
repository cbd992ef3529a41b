"""The messages that bounced, by recipients and failures: one is heard of only when at least one recipient failed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Groups: TypeAlias = dict[tuple[int, int], float]

LARGEST = 100  # recipients of one message that are told apart


@dataclass(frozen=True, slots=True)
class Sample:
    """`weight` messages of `recipients` each, of which `failed` bounced."""

    recipients: int
    failed: int = 1
    weight: float = 1.0


def told_apart(samples: Iterable[Sample]) -> Groups:
    """Messages by (recipients, failed), made consistent: Bcc recipients fail without being named."""
    groups: dict[tuple[int, int], float] = defaultdict(float)
    for sample in samples:
        failed = max(1, min(sample.failed, LARGEST))
        groups[max(failed, min(sample.recipients, LARGEST)), failed] += max(sample.weight, 0.0)
    return groups


def surely_missing(groups: Groups) -> float:
    """Chao's lower bound on the messages nobody heard of, which holds whatever law the failing share follows."""
    bound = 0.0
    for k in {recipients for recipients, _ in groups if recipients > 1}:
        once, twice = groups.get((k, 1), 0.0), groups.get((k, 2), 0.0)
        bound += (k - 1) / k * max(once * (once - 1.0), 0.0) / (2.0 * (twice + 1.0))
    return bound


def largest_message(groups: Groups) -> int:
    """Recipients of the largest message."""
    return max(recipients for recipients, _ in groups)
