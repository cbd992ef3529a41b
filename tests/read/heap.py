"""Everything that comes out of reading some sources, and what was said about it."""

from typing import BinaryIO

from modori import read
from modori.types import Letter, Paper, Problem


class Heap:
    """Everything that came out of some sources."""

    def __init__(self, *sources: object, stdin: BinaryIO | None = None) -> None:
        self.problems: list[Problem] = []
        found = list(read.read([str(s) for s in sources], self.problems.append, stdin=stdin))
        self.letters = [item for item in found if isinstance(item, Letter)]
        self.papers = [item for item in found if isinstance(item, Paper)]

    @property
    def subjects(self) -> list[str]:
        return [letter.head.get(b"subject", b"").decode() for letter in self.letters]

    @property
    def ids(self) -> list[str]:
        return [problem.id for problem in self.problems]
