"""A server for a test module, and a browser for those that look at its pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.client import Server, serving
from tests.web.window import opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server that this test's user has entered."""
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running.enter()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by playwright."""
    path = shutil.which("chromium")
    if path is None:
        message = "needs Chromium and a Japanese font: apt install chromium fonts-noto-cjk"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: Any, server: Server) -> Iterator[Any]:
    """A Japanese reader's window."""
    with opened(chromium, server) as window:
        yield window
