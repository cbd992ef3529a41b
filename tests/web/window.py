"""What a person does before a page: look, wait, check that it is clean and that nobody is kept out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.web.client import Server

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.blockedURI));
"""
# What was seen is kept, to be looked at: the newest of every name.
_SHOTS = Path(os.environ.get("SCREENSHOTS", "") or Path(__file__).parents[2] / ".cache" / "screenshots")


@contextmanager
def opened(chromium: Any, server: Server, **options: Any) -> Iterator[Any]:
    """A window with the session's cookie; it keeps a list of every request that left it."""
    context = chromium.new_context(**{"locale": "ja-JP", "viewport": {"width": 900, "height": 1000}, **options})
    name, _, value = server.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": server.origin}])
    context.add_init_script(_WATCH)
    window = context.new_page()
    window.requests = []
    window.on("request", lambda request: window.requests.append(request.url))
    yield window
    context.close()


def shot(window: Any, name: str) -> None:
    """The whole page as a picture."""
    window.screenshot(path=_SHOTS / f"{name}.png", full_page=True)


def keep(name: str, content: bytes) -> None:
    """Something else that is worth looking at, such as a print."""
    _SHOTS.mkdir(parents=True, exist_ok=True)
    (_SHOTS / name).write_bytes(content)


def until(window: Any, condition: str) -> None:
    """Wait for a condition that the page's policy lets no string of ours look at from within."""
    for _ in range(600):
        if window.evaluate(condition):
            return
        window.wait_for_timeout(50)
    raise AssertionError(condition)


def clean(window: Any, server: Server) -> None:
    """Nothing was asked of anybody else, nothing was held back by the policy, no script of a letter ran."""
    assert [url for url in window.requests if not url.startswith(server.origin)] == []
    assert window.evaluate("window.violations") == []
    assert window.title() != "run"


def serious(window: Any) -> list[str]:
    """What axe-core finds that keeps people out."""
    from axe_playwright_python.sync_playwright import Axe

    # The policy forbids inline script, also that of the checker: it is run from the outside.
    found = Axe().run(window).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


def fits(window: Any) -> bool:
    """Nothing is wider than the screen."""
    return bool(window.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
