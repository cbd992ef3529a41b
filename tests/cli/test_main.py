"""The command by its name and as a module is the same program."""

from __future__ import annotations

import subprocess
import sys

from modori.version import __version__


def test_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "modori", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"modori {__version__}\n"
