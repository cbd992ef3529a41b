"""The command line: a thin door. Every command is a module of its own; what is heavy is imported when needed."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of the `modori` command."""
    if sys.argv[1:] == ["--version"]:  # asked by scripts, often: not worth loading the rest
        from modori.version import __version__

        print(f"modori {__version__}")
        return
    from modori.cli.app import app

    app()
