"""The page in a real browser: what the user sees, from the drop to the ticked step, in both languages and any width."""

from __future__ import annotations

import json
import os
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from modori.show.words import Words
from tests.web import hostile
from tests.web.client import EXAMPLES, Server
from tests.web.window import clean, keep, opened, serious, shot, until

pytestmark = pytest.mark.browser

BROKEN_INTO = EXAMPLES / "broken-into"


@pytest.fixture(scope="module")
def job(server: Server) -> str:
    return server.examine(inbox=BROKEN_INTO / "inbox.mbox", Sent=BROKEN_INTO / "Sent.mbox")


def test_from_the_files_to_the_ticked_step(browser: Any, server: Server) -> None:
    browser.goto(server.origin)
    shot(browser, "start-ja")
    browser.set_input_files("#files", [BROKEN_INTO / "inbox.mbox", BROKEN_INTO / "Sent.mbox"])
    assert browser.locator(".chosen li").count() == 2
    browser.click("button.primary")
    browser.wait_for_url("**/jobs/*")
    browser.wait_for_selector(".answer", timeout=60_000)
    ja, en = Words("ja"), Words("en")
    assert browser.inner_text("h1") == ja.say("verdict.hijacked.what")
    shot(browser, "answer-ja")
    browser.locator("button.box").first.click()
    browser.wait_for_selector("li.done")
    browser.reload()
    assert browser.locator("li.done").count() == 1
    assert browser.locator("li.done button").get_attribute("aria-pressed") == "true"
    browser.click("text=English")
    assert browser.inner_text("h1") == en.say("verdict.hijacked.what")
    assert browser.get_attribute("html", "lang") == "en"
    shot(browser, "answer-en")
    browser.locator("button.box.ticked").click()
    expect(browser.locator("li.done")).to_have_count(0)
    clean(browser, server)


def test_the_progress_survives_a_reload_and_can_be_stopped(browser: Any, server: Server, tmp_path: Path) -> None:
    large = tmp_path / "large.mbox"
    large.write_bytes((BROKEN_INTO / "inbox.mbox").read_bytes() * 100)
    browser.goto(server.origin)
    browser.set_input_files("#files", [large])
    browser.click("button.primary")
    browser.wait_for_url("**/jobs/*", timeout=60_000)
    until(browser, "document.querySelector('.working progress').value > 0")
    shot(browser, "working-ja")
    assert "通" in browser.inner_text(".reading")
    browser.reload()
    assert browser.locator(".working").count() == 1
    browser.click(".working button")
    browser.wait_for_selector("text=" + Words("ja").say("web.work.stopped"))
    assert browser.locator(".acts form").count() == 2
    clean(browser, server)


def test_an_upload_can_be_cancelled(browser: Any, server: Server, tmp_path: Path) -> None:
    large = tmp_path / "large.mbox"
    with large.open("wb") as file:
        file.truncate(2 << 30)
    browser.goto(server.origin)
    browser.set_input_files("#files", [large])
    browser.click("button.primary")
    until(browser, "document.querySelector('.sending progress').value > 0")
    browser.click(".cancel")
    expect(browser.locator(".sent")).to_have_text(Words("ja").say("web.upload.stopped"))
    expect(browser.locator("button.primary")).to_be_enabled()


def test_a_broken_off_upload_is_taken_up_with_the_same_file(browser: Any, server: Server) -> None:
    box = BROKEN_INTO / "inbox.mbox"
    job = server.send("POST", "/jobs", "me=").json()["id"]
    server.hand(job, box.name, box.read_bytes()[:100_000])
    pieces: list[str] = []
    browser.on("request", lambda asked: pieces.append(asked.headers.get("upload-offset", "")))
    browser.goto(f"{server.origin}/jobs/{job}")
    browser.set_input_files("#files", [box])
    browser.click("button.primary")
    browser.wait_for_selector(".answer", timeout=60_000)
    assert [offset for offset in pieces if offset] == ["100000"]
    assert browser.url == f"{server.origin}/jobs/{job}"


def test_a_sign_opens_its_letter_with_the_line_marked(browser: Any, server: Server, job: str) -> None:
    browser.goto(f"{server.origin}/jobs/{job}")
    browser.locator("a.open").first.click()
    assert browser.inner_text("h1") == Words("ja").say("web.letter.title")
    assert "Received:" in browser.inner_text("mark")
    shot(browser, "letter-ja")
    clean(browser, server)


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_phone_needs_no_sideways_scrolling(browser: Any, server: Server, job: str, width: int, lang: str) -> None:
    browser.set_viewport_size({"width": width, "height": 700})
    for path in ("/", f"/jobs/{job}", f"/jobs/{job}/letters/0"):
        browser.goto(f"{server.origin}{path}?lang={lang}")
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, path
        shot(browser, f"phone-{width}-{lang}-{path.count('/')}")


@pytest.mark.parametrize(("lang", "scheme"), [("ja", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious(browser: Any, server: Server, job: str, lang: str, scheme: str) -> None:
    browser.emulate_media(color_scheme=scheme)
    for path in ("/", f"/jobs/{job}", f"/jobs/{job}/letters/0", "/nowhere"):
        browser.goto(f"{server.origin}{path}?lang={lang}")
        browser.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        shot(browser, f"{scheme}-{lang}-{path.count('/')}")
        assert serious(browser) == [], path


def test_the_answer_reads_without_script(chromium: Any, server: Server, job: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    name, _, value = server.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": server.origin}])
    window = context.new_page()
    window.goto(f"{server.origin}/jobs/{job}?lang=en")
    assert window.inner_text("h1") == Words("en").say("verdict.hijacked.what")
    window.locator("button.box").nth(1).click()
    assert window.locator("li.done").count() == 1
    window.goto(server.origin)
    assert window.locator("#files").is_visible()
    context.close()


def test_everything_is_reached_by_keyboard(browser: Any, server: Server, job: str) -> None:
    browser.goto(f"{server.origin}/jobs/{job}")
    browser.keyboard.press("Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    browser.keyboard.press("Enter")
    browser.keyboard.press("Tab")
    assert browser.evaluate("document.activeElement.matches('main button.box')")
    browser.keyboard.press("Enter")
    browser.wait_for_selector("li.done")


def test_the_answer_is_light(browser: Any, server: Server, job: str) -> None:
    sizes: list[int] = []
    browser.on("response", lambda response: sizes.append(len(response.body())))
    browser.goto(f"{server.origin}/jobs/{job}", wait_until="networkidle")
    assert sum(sizes) < 200_000


def test_the_answer_is_painted_at_once(chromium: Any, server: Server, job: str) -> None:
    """Nine times, each in a window that has seen nothing before. On a busy machine most of the time until the first
    paint goes to others: there the work of the page and of the server until all is laid out must be done in it."""
    paints = [paint(chromium, server, f"/jobs/{job}?lang=ja") for _ in range(9)]
    seen, worked = (median(found) for found in zip(*paints, strict=True))
    keep("paint.json", json.dumps({"paint": seen, "work": worked, "load": os.getloadavg(), "all": paints}).encode())
    busy = os.getloadavg()[0] > (os.cpu_count() or 1) / 2
    assert (worked if busy else seen) < 500


def paint(chromium: Any, server: Server, path: str) -> tuple[float, float]:
    """Milliseconds until something is seen, by the browser's own entry; of processor time until all is there."""
    entry, before = "performance.getEntriesByName('first-contentful-paint')", server.worked()
    with opened(chromium, server) as window:
        meter = window.context.new_cdp_session(window)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})
        window.goto(f"{server.origin}{path}")
        until(window, f"{entry}.length > 0")
        metrics = {metric["name"]: metric["value"] for metric in meter.send("Performance.getMetrics")["metrics"]}
        return window.evaluate(f"{entry}[0].startTime"), 1000 * (metrics["TaskDuration"] + server.worked() - before)


def test_a_print_holds_the_plan_but_no_buttons(browser: Any, server: Server, job: str) -> None:
    browser.goto(f"{server.origin}/jobs/{job}?lang=en")
    browser.emulate_media(media="print")
    assert browser.locator("h1").is_visible()
    assert browser.locator(".do").first.is_visible()
    assert not browser.locator(".langs").is_visible()
    assert not browser.locator("footer button").is_visible()
    assert browser.pdf(format="A4").startswith(b"%PDF")


def test_a_hostile_mailbox_is_text_everywhere(browser: Any, server: Server, job: str, tmp_path: Path) -> None:
    box = tmp_path / "<img src=x onerror=alert(1)>.mbox"
    box.write_bytes(hostile.mailbox())
    dialogs: list[str] = []
    browser.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    browser.goto(server.origin)
    browser.set_input_files("#files", [box])
    browser.click("button.primary")
    browser.wait_for_selector(".answer", timeout=60_000)
    browser.locator("main").get_by_text("<script").first.wait_for()  # what lies below the first screen comes later
    assert "\u202e" not in browser.inner_text("main")
    shot(browser, "hostile")
    told = "links => links.map((link) => link.href)"
    letters = browser.eval_on_selector_all("a.open", told)
    beside = browser.eval_on_selector_all("a[href*='/incidents/']", told)
    assert letters
    assert beside
    browser.goto(letters[0])
    assert "<U+202E>" in browser.inner_text("main"), "what turns text round is shown"
    browser.go_back()
    listed = [f"{server.origin}/examinations?q={quote(hostile.SCRIPT)}&state=open", f"{server.origin}/examinations"]
    several = f"{server.origin}/compare?job={job}&job={browser.url.rpartition('/')[2]}"
    for address in [browser.url, *list(dict.fromkeys(letters))[:8], *beside, *listed, several, server.origin]:
        browser.goto(address)
        assert browser.locator("main script, main img, main iframe, main object, main image").count() == 0
        assert "\u202e" not in browser.inner_text("main")
        assert browser.eval_on_selector_all("main a", "links => links.filter((a) => !/^(http:..127|mailto:)/.test(a.href))") == []
        clean(browser, server)
    assert dialogs == []
