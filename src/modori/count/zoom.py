"""A grid over two parameters that closes in on where the probability lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds of the log-odds of the mean, and of the logarithm of the spread."""

    x: tuple[float, float]
    y: tuple[float, float]

    def places(self, across: int, down: int) -> list[tuple[float, float]]:
        """The centres of so many cells."""
        return list(product(_centres(self.x, across), _centres(self.y, down)))

    def around(self, places: Sequence[tuple[float, float]], across: int, down: int) -> Box:
        """The part of the box that holds these places of such a grid, and a cell more on each side."""
        return Box(
            _closer(self.x, [place[0] for place in places], across),
            _closer(self.y, [place[1] for place in places], down),
        )


def _centres(bounds: tuple[float, float], cells: int) -> list[float]:
    step = (bounds[1] - bounds[0]) / cells
    return [bounds[0] + (number + 0.5) * step for number in range(cells)]


def _closer(bounds: tuple[float, float], kept: Sequence[float], cells: int) -> tuple[float, float]:
    step = (bounds[1] - bounds[0]) / cells
    return max(bounds[0], min(kept) - step), min(bounds[1], max(kept) + step)
