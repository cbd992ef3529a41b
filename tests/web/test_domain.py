"""The domain page: nobody is asked anything before the user has agreed."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from modori.show.words import Words
from tests.evidence.nameserver import nameserver
from tests.web.client import EXAMPLES, Answer, Server, serving
from tests.web.window import clean, fits, opened, serious, shot

ZONE = {
    "shop.example": {"TXT": ["v=spf1 include:rental.example ?all"], "MX": ["10 mx1.rental.example"]},
    "rental.example": {"TXT": ["v=spf1 ip4:192.0.2.0/28 -all"]},
    "_dmarc.shop.example": {"TXT": ["v=DMARC1; p=none; rua=<script>document.title='run'</script>"]},
    "mx1.rental.example": {"A": ["192.0.2.11"]},
    "11.2.0.192.in-addr.arpa": {"PTR": ["out1.rental.example"]},
    "out1.rental.example": {"A": ["192.0.2.11"]},
}
NO = Words("en").say("domain.page.no_consent")


def ask(server: Server, **fields: str) -> Answer:
    body = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    return server.send("POST", "/domain", body, accept_language="en")


def text(answer: Answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def test_nothing_is_asked_without_consent(tmp_path: Path) -> None:
    with nameserver(ZONE) as (port, table), serving(tmp_path, "--resolver", f"127.0.0.1:{port}") as server:
        server.enter().get("/domain?name=shop.example")
        refused = ask(server, name="shop.example")
        assert (refused.status, table.asked) == (422, [])
        assert NO in text(refused)
        assert 'value="shop.example"' in refused.text
        job = server.examine(inbox=EXAMPLES / "forged" / "inbox.mbox")
        assert table.asked == [], "reading a mailbox asks nobody"
        assert "/domain?name=" in server.get(f"/jobs/{job}").text
        found = text(ask(server, name="shop.example", consent="yes"))
        assert Words("en").say("domain.answer.wanting", {"domain": "shop.example"}) in found
        assert table.asked != []


def test_online_is_consent(tmp_path: Path) -> None:
    with nameserver(ZONE) as (port, table), serving(tmp_path, "--online", "--resolver", f"127.0.0.1:{port}") as server:
        found = text(ask(server.enter(), name="https://www@shop.example/x", addresses="192.0.2.11"))
        assert "shop.example" in found
        assert "192.0.2.11 (out1.rental.example)" in found
        asked = len(table.asked)
        server.examine(inbox=EXAMPLES / "forged" / "inbox.mbox")
        assert len(table.asked) > asked, "an examination is completed by DNS, as under check --online"


@pytest.mark.parametrize("name", ["", "localhost", "192.0.2.1", "a b.example", "x" * 300 + ".example", "<b>.example"])
def test_what_is_no_domain_is_not_asked_about(server: Server, name: str) -> None:
    found = ask(server, name=name, consent="yes")
    assert found.status == 422
    assert Words("en").say("domain.page.no_domain") in text(found)
    assert "<b>.example" not in found.text


def test_silence_is_said_and_does_not_last(tmp_path: Path) -> None:
    with serving(tmp_path, "--resolver", "127.0.0.1:9") as server:
        found = ask(server.enter(), name="shop.example", consent="yes")
        assert Words("en").say("domain.page.silent") in text(found)


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "scheme", "script"), [("ja", "dark", True), ("en", "light", False)])
def test_the_page_in_a_browser(chromium: Any, tmp_path: Path, lang: str, scheme: str, script: bool) -> None:
    words = Words(lang)
    with (
        nameserver(ZONE) as (port, table),
        serving(tmp_path, "--resolver", f"127.0.0.1:{port}") as server,
        opened(chromium, server.enter(), color_scheme=scheme, java_script_enabled=script) as window,
    ):
        window.goto(f"{server.origin}/domain?lang={lang}")
        window.fill("#name", "shop.example")
        window.keyboard.press("Enter")
        assert window.locator("h1").inner_text() == words.say("domain.page.title"), "the browser itself wants the tick"
        assert table.asked == []
        if script:
            assert serious(window) == []
        window.check("input[name=consent]")
        window.click("button.primary")
        assert window.inner_text("h1") == words.say("domain.answer.wanting", {"domain": "shop.example"})
        assert "<script>" in window.inner_text("main")
        shot(window, f"domain-result-{lang}")
        if script:
            assert serious(window) == []
            clean(window, server)
            window.set_viewport_size({"width": 320, "height": 800})
            assert fits(window)
