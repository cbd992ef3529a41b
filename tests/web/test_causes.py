"""Every cause in a real browser: a mailbox dropped onto the page, its verdict read in both languages, a step ticked,
the page reloaded, printed, and held as a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from modori.show.words import Words
from tests.stories.test_stories import TRUTHS
from tests.web.client import EXAMPLES, Server
from tests.web.window import clean, keep, shot

pytestmark = pytest.mark.browser

PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 900, "height": 1000}
MOST_PAGES = 12


def drop(window: Any, selector: str, paths: list[Path]) -> None:
    """Let files and folders fall onto the page, as a file manager does it."""
    box = window.locator(selector).bounding_box()
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    hand = window.context.new_cdp_session(window)
    for kind in ("dragEnter", "dragOver", "drop"):
        hand.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})


def read(window: Any, lang: str, cause: str) -> None:
    """The three lines come first, in the reader's language."""
    words = Words(lang)
    assert window.get_attribute("html", "lang") == lang
    assert window.inner_text("h1") == words.say(f"verdict.{cause}.what")
    lines = [words.say(f"verdict.{cause}.{part}") for part in ("danger", "now")]
    assert window.locator(".answer .lead").all_inner_texts() == lines


@pytest.mark.parametrize("name", TRUTHS)
def test_from_the_drop_to_the_printed_plan(browser: Any, server: Server, name: str) -> None:
    truth = TRUTHS[name]
    browser.goto(server.origin)
    drop(browser, ".drop", sorted((EXAMPLES / name).iterdir()))
    expect(browser.locator(".chosen li").first).to_be_visible()
    browser.click("button.primary")
    browser.wait_for_selector(".working progress, .answer", timeout=60_000)
    browser.wait_for_selector(f".answer.{truth.severity}", timeout=60_000)
    read(browser, "ja", truth.cause)
    shot(browser, f"{name}-ja")

    boxes = browser.locator(".plan button.box")
    for step in range(min(2, boxes.count())):
        boxes.nth(step).click()
        expect(browser.locator("li.done")).to_have_count(step + 1)
    browser.reload()
    expect(browser.locator("li.done")).to_have_count(min(2, boxes.count()))

    browser.click("text=English")
    read(browser, "en", truth.cause)
    browser.emulate_media(color_scheme="dark")
    shot(browser, f"{name}-en-dark")

    browser.set_viewport_size(PHONE)
    assert browser.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shot(browser, f"{name}-en-phone")

    browser.set_viewport_size(DESKTOP)
    browser.emulate_media(media="print")
    assert browser.locator(".bar nav:visible, button:visible, .open:visible").count() == 0
    folded = browser.locator("details > :not(summary):not(.do-draft)")
    assert folded.evaluate_all("parts => parts.filter((part) => !part.checkVisibility()).length") == 0, "paper cannot be clicked"
    printed = browser.pdf(format="A4")
    keep(f"{name}-en.pdf", printed)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= MOST_PAGES
    clean(browser, server)
