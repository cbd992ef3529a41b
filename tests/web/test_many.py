"""More than one examination: what changed since the one before, the incident that lasts, the list, several side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from modori.show.words import Words
from modori.web.job import Asked, Outcome
from modori.web.shelf import Shelf
from tests.web.client import EXAMPLES, Server
from tests.web.hostile import SCRIPT, TURN
from tests.web.window import clean, fits, serious, shot

pytestmark = pytest.mark.browser

BOX = EXAMPLES / "broken-into" / "inbox.mbox"
JA = Words("ja")


@dataclass(frozen=True)
class Examined:
    """A mailbox as it was on the first day and on the second, and somebody else's; the incident of the first two."""

    first: str
    second: str
    other: str
    incident: str


@pytest.fixture(scope="module")
def many(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Examined:
    content = BOX.read_bytes()
    early = tmp_path_factory.mktemp("early") / "inbox.mbox"
    early.write_bytes(content[: content.rfind(b"\n\nFrom ", 0, len(content) * 6 // 10) + 2])
    first = server.examine(inbox=early)
    server.send("POST", f"/jobs/{first}/steps", "step=preserve&done=yes")
    second, other = server.examine(inbox=BOX), server.examine(inbox=EXAMPLES / "ordinary" / "inbox.mbox")
    found = re.search(r"/incidents/([a-z0-9]+)", server.get(f"/jobs/{second}").text)
    assert found
    return Examined(first, second, other, found[1])


def test_a_later_examination_says_what_changed_and_keeps_the_ticks(browser: Any, server: Server, many: Examined) -> None:
    browser.goto(f"{server.origin}/jobs/{many.first}")
    assert browser.locator(".changed").count() == 0
    browser.goto(f"{server.origin}/jobs/{many.second}")
    assert browser.inner_text(".changed h2") == JA.say("incident.head.changed")
    assert "新しいエラー通知が" in browser.inner_text(".changed")
    assert browser.locator("li.done").get_attribute("id") == "step-preserve"
    shot(browser, "changed-ja")


def test_the_incident_is_ticked_noted_closed_and_opened_again(browser: Any, server: Server, many: Examined) -> None:
    browser.goto(f"{server.origin}/incidents/{many.incident}")
    assert browser.inner_text("h1") == JA.say("verdict.hijacked.what")
    assert browser.locator(".jobs a").count() == 2
    browser.locator("button.box:not(.ticked)").first.click()
    expect(browser.locator("li.done")).to_have_count(2)
    browser.fill("#text", f"{SCRIPT} {TURN} 電話した")
    browser.click("form[action*='/notes'] button")
    expect(browser.locator("#diary")).to_contain_text("電話した")
    browser.select_option("#event", "provider-told")
    browser.click("form[action*='/events'] button")
    expect(browser.locator("#diary")).to_contain_text(JA.say("incident.event.provider-told"))
    assert "\u202e" not in browser.inner_text("main")
    shot(browser, "incident-ja")
    browser.click("form[action*='/close'] button")
    expect(browser.locator("form[action*='/reopen'] button")).to_be_visible()
    assert browser.locator("form[action*='/notes']").count() == 0
    browser.click("form[action*='/reopen'] button")
    expect(browser.locator("form[action*='/close'] button")).to_be_visible()
    clean(browser, server)


def test_an_incident_that_is_not_there_or_not_open_takes_nothing(server: Server, many: Examined) -> None:
    assert server.get("/incidents/nobody").status == 404
    assert server.send("POST", "/incidents/nobody/notes", "text=x").status == 404
    assert server.send("POST", f"/incidents/{many.incident}/steps", "step=no-such&done=yes").status == 409
    assert server.send("POST", f"/incidents/{many.incident}/reopen", "").status == 409
    for told in ("when=never&event=provider-told", "when=9999-12-31T00:00&event=provider-told", "event=%00", ""):
        assert server.send("POST", f"/incidents/{many.incident}/events", told).status == 303


def test_the_list_is_searched_and_filtered(browser: Any, server: Server, many: Examined) -> None:
    browser.goto(f"{server.origin}/examinations")
    assert browser.locator(".list tbody tr").count() == 3
    assert re.match(r"[12] / \d+$", browser.inner_text(".list tbody tr:last-child .number:last-child"))
    browser.select_option("#cause", "hijacked")
    browser.click("form.search button")
    assert browser.locator(".list tbody tr").count() == 2
    browser.fill("#q", "nobody@")
    browser.click("form.search button")
    assert browser.inner_text("[role=status]") == JA.say("web.list.none")
    browser.goto(f"{server.origin}/examinations?state=unfinished")
    assert browser.locator(".list").count() == 0
    browser.goto(f"{server.origin}/examinations?state=open&q={many.incident}")
    assert browser.locator(".list tbody tr").count() == 2
    browser.click("text=English")
    assert browser.input_value("#q") == many.incident, "a click on a language keeps the search"
    clean(browser, server)


def test_several_stand_side_by_side_with_what_they_share(browser: Any, server: Server, many: Examined) -> None:
    browser.goto(f"{server.origin}/examinations")
    for job in (many.first, many.second):
        browser.check(f"input[value='{job}']")
    browser.click("form[action='/compare'] button")
    assert browser.locator(".column").count() == 2
    assert "203.0.113." in browser.inner_text("main > ul")
    shot(browser, "compare-ja")
    browser.goto(f"{server.origin}/compare?job={many.second}&job={many.other}")
    assert JA.say("web.compare.nothing_same") in browser.inner_text("main")
    browser.goto(f"{server.origin}/compare?job={many.second}&job={many.second}&job=..")
    assert browser.url.endswith("/examinations"), "one alone is not compared"
    clean(browser, server)


def test_many_rows_are_pages_of_fifty(browser: Any, server: Server, many: Examined) -> None:
    shelf = Shelf(server.folder / "examinations")
    for number in range(120):
        job = shelf.make(Asked(1_700_000_000.0 + number, "ja"))
        job.finish(None, Outcome("own", "notice", 9, number, (f"user{number}@{SCRIPT}{TURN}",)))
    browser.goto(f"{server.origin}/examinations?cause=own")
    assert browser.locator(".list tbody tr").count() == 50
    browser.click("a[rel=next]")
    browser.click("a[rel=next]")
    assert browser.locator(".list tbody tr").count() == 20
    assert browser.locator("a[rel=next]").count() == 0
    assert "user0@" in browser.inner_text(".list tbody tr:last-child")
    assert "\u202e" not in browser.inner_text("main")
    assert len(server.get("/examinations").body) < 100_000
    browser.goto(server.origin)
    assert browser.locator(".jobs a").count() == 6
    clean(browser, server)


def test_a_rescued_letter_is_read_whole(browser: Any, server: Server, many: Examined) -> None:
    browser.goto(f"{server.origin}/jobs/{many.second}")
    letters = browser.locator("section", has_text=JA.say("ui.line.rescue_hint")).locator("a.open")
    assert letters.count() > 5
    letters.first.click()
    assert browser.locator("bdi.quoted").count() > 0
    assert browser.locator("mark").count() == 0
    assert JA.say("letter.what.ordinary") not in browser.inner_text("main")
    shot(browser, "rescued-ja")
    clean(browser, server)


@pytest.mark.parametrize(("lang", "scheme"), [("ja", "dark"), ("en", "light")])
def test_nobody_is_kept_out(browser: Any, server: Server, many: Examined, lang: str, scheme: str) -> None:
    browser.emulate_media(color_scheme=scheme)
    pages = (f"/incidents/{many.incident}", "/examinations", f"/compare?job={many.second}&job={many.other}")
    for number, path in enumerate(pages):
        browser.set_viewport_size({"width": 900, "height": 1000})
        browser.goto(f"{server.origin}{path}{'&' if '?' in path else '?'}lang={lang}")
        assert serious(browser) == [], path
        browser.set_viewport_size({"width": 320, "height": 700})
        assert fits(browser), path
        shot(browser, f"many-{number}-{lang}-{scheme}")
