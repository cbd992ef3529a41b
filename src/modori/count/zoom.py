"""A grid over several parameters that closes in on where the probability lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Bounds: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """One parameter's bounds, divided into cells."""

    bounds: Bounds
    cells: int

    @property
    def step(self) -> float:
        """The width of a cell."""
        return (self.bounds[1] - self.bounds[0]) / self.cells

    def values(self, shift: float = 0.5) -> list[float]:
        """One of each cell: `shift` of its width from its lower end."""
        return [self.bounds[0] + (number + shift) * self.step for number in range(self.cells)]

    def around(self, numbers: Sequence[int]) -> Bounds:
        """The part that holds these cells, and half a cell more on each side."""
        low = self.bounds[0] + (min(numbers) - 0.5) * self.step
        high = self.bounds[0] + (max(numbers) + 1.5) * self.step
        return max(self.bounds[0], low), min(self.bounds[1], high)


def evenly(cells: int) -> list[float]:
    """The middles of so many equal parts of one: where to stand in a cell, so that a few visits see all of it."""
    return Axis((0.0, 1.0), cells).values()
