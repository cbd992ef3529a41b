"""What is heavy is imported where it is needed, never at start-up: `modori --help` answers at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = frozenset(
    {
        "asyncio", "charset_normalizer", "dkim", "dns", "email.parser", "http.client", "lxml", "maxminddb", "msgspec",
        "multiprocessing", "platformdirs", "publicsuffixlist", "selectolax", "spf", "sqlalchemy", "sqlite3",
        "urllib.request", "xml", "zxcvbn",
    }
)  # fmt: skip

HELP = """
import sys
sys.argv = ["modori", "--help"]
try:
    from modori.cli import main
    main()
except SystemExit as end:
    assert end.code in (0, None), end.code
"""


def imported(program: str) -> set[str]:
    """The modules that a fresh interpreter holds after `program`."""
    listing = "\nimport sys\nprint('LOADED', *sorted(sys.modules))"
    command = [sys.executable, "-I", "-c", program + listing]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize("program", ["import modori", HELP], ids=["import", "help"])
def test_nothing_heavy_is_imported(program: str) -> None:
    assert imported(program) & HEAVY == set()


def test_importing_the_package_leaves_the_terminal_s_libraries_alone() -> None:
    assert imported("import modori") & {"typer", "click", "rich"} == set()


def test_the_listing_itself_sees_what_is_imported() -> None:
    assert "sqlite3" in imported("import sqlite3")


@pytest.mark.parametrize("program", ["import modori", HELP], ids=["import", "help"])
def test_start_up_makes_no_nouns(program: str) -> None:
    """Building the frozen dataclasses of modori.types takes longer than everything else that the help needs."""
    assert "modori.types" not in imported(program)
