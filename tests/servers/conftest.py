"""The bounces that real servers write, made once per test run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.lab import packages

HINT = "real mail servers were not fetched: on Debian, as root, run `make servers`"


def ready() -> None:
    """Skip the test where real servers cannot run; in CI that is a failure."""
    if os.geteuid() != 0 or packages.missing():
        if os.environ.get("CI"):
            pytest.fail(HINT)
        pytest.skip(HINT)


@pytest.fixture(scope="session")
def backscatter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bounces of each server: <server>/NN.eml."""
    ready()
    folder = tmp_path_factory.mktemp("backscatter")
    command = [sys.executable, "-m", "tests.servers.lab.backscatter", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
