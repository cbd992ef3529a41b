"""The HTML report: one file that says what the text says, runs nothing, loads nothing, and shows letters as text."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from modori.show.html import html, places
from modori.show.text import text
from modori.show.words import Words
from modori.types import Moment, Notice, Place, Problem, Surge, Unsent
from tests.show.builders import ALL, DAY, HOUR, T, at, hijacked, rescued, sign

HOSTILE = '"><script>alert(1)</script><img src=http://192.0.2.9/x onerror=alert(2)>\u202egpj.exe'


class Reader(HTMLParser):
    """Tags, attributes, headings and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.levels: list[int] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag in {"h1", "h2", "h3", "h4"}:
            self.levels.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.mark.parametrize("cause", ALL)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_file_is_small_whole_and_silent(cause: str, lang: str) -> None:
    page = html(ALL[cause](), lang)
    assert len(page) < 500_000
    read = Reader(page.decode())
    assert {"script", "link", "iframe", "img", "object", "form", "base"}.isdisjoint(read.tags)
    assert [name for name, _ in read.attributes if name.startswith("on") or name in {"src", "style"}] == []
    assert all(value.startswith(("#", "mailto:")) for name, value in read.attributes if name == "href" and value)
    assert ("lang", lang) in read.attributes


@pytest.mark.parametrize("cause", ALL)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_headings_are_in_order(cause: str, lang: str) -> None:
    levels = Reader(html(ALL[cause](), lang).decode()).levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("cause", ALL)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_opens_with_the_words_of_the_text(cause: str, lang: str) -> None:
    report = ALL[cause]()
    said = "".join(Reader(html(report, lang).decode()).said)
    words = Words(lang, report.zone_minutes)
    for part in ("what", "danger", "now"):
        sentence = words.say(f"verdict.{report.verdict.cause}.{part}")
        assert sentence in said
    assert words.say("ui.line.zone", {"zone": words.zone_name()}) in said
    assert text(report, lang, 100).splitlines()[0][:20] in said


def test_what_a_stranger_wrote_is_text() -> None:
    report = ALL["hijacked"]()
    quotes = dict.fromkeys(places(report), HOSTILE)
    campaigns = tuple(replace(c, subject=HOSTILE) for c in report.campaigns)
    rescue = tuple(replace(r, subject=HOSTILE, name=HOSTILE) for r in report.rescue)
    page = html(replace(report, quotes=quotes, campaigns=campaigns, rescue=rescue), "en").decode()
    read = Reader(page)
    assert {"script", "img"}.isdisjoint(read.tags)
    assert "\u202e" not in page
    assert "<script>alert(1)</script>" in "".join(read.said)


def test_a_crowded_report_is_no_heavier_than_a_browser_likes() -> None:
    """Ten thousand of everything, each as long as it may be."""
    vast = "花" * 300
    crowd = range(10_000)
    found = hijacked(
        rescue=tuple(rescued(n, vast, vast, "order", "order", n) for n in crowd),
        timeline=tuple(Moment(T + n, "notice", {"kind": "new-login", "service": vast}, at(n)) for n in range(60)),  # the pipeline's most
        notices=tuple(Notice(at(n), T + n, "new-login", vast, None, vast) for n in crowd),
        problems=tuple(Problem("truncated", Place(vast)) for _ in crowd),
        unsent=tuple(Unsent(at(n), "", vast, (vast,) * 50, T) for n in crowd),
        surges=tuple(Surge(T + n * DAY, T + n * DAY, T + n * DAY + HOUR, 9, 0.1) for n in crowd),
    )
    signs = tuple(sign(f"answer-{n}", "hijacked", 1.0, n, question=vast) for n in range(200))
    counts = {f"{n}.{vast[:100]}.example": n for n in crowd}
    tallies = replace(found.tallies, by_reason=counts, by_writer=counts, by_domain=counts, by_hour=dict.fromkeys(crowd, 9))
    verdict = replace(found.verdict, signs=signs)
    page = html(replace(found, tallies=tallies, verdict=verdict), "ja")
    assert 100_000 < len(page) < 500_000
