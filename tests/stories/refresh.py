"""`python -m tests.stories.refresh [STORY...]`: write the reports again. Read what changed as its owner would (git diff)."""

from __future__ import annotations

import sys

from tests.stories.told import LANGUAGES, REPORTS, STORIES, kept, written


def main(names: list[str]) -> None:
    """One file for each story and language."""
    REPORTS.mkdir(exist_ok=True)
    for name in names or list(STORIES):
        for language in LANGUAGES:
            kept(name, language).write_text(written(name, language), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
