"""`python -m scripts.examples [STORY...]`: play the stories, write their mailboxes under examples/."""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.examples.stories import STORIES
from tests.servers.lab import network

EXAMPLES = Path(__file__).parents[2] / "examples"


def main(names: list[str]) -> None:
    """One closed world for each story."""
    for name in names or list(STORIES):
        if network.enter("scripts.examples", name):
            STORIES[name]().play(EXAMPLES / name)


if __name__ == "__main__":
    main(sys.argv[1:])
