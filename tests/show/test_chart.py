"""Charts: every line fits, Japanese included; nothing is hidden by scale; the picture is harmless and well said."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.show import svg
from modori.show.axis import Mark, event
from modori.show.bars import DAY, HOUR, bars, compact, fitting, rows
from modori.show.chart import ROWS, bar, chart, drawn
from modori.show.width import columns
from modori.show.words import Words
from modori.types import Moment, Owner, Report, Surge, Tallies, Verdict

NOON = 493_825  # an epoch hour: 3 May 2026, 01:00 UTC
JAPAN = 540
SVG = "{http://www.w3.org/2000/svg}"

hours = st.dictionaries(st.integers(0, 1_100_000), st.integers(1, 10**7), min_size=1, max_size=60)


def report(by_hour: dict[int, int], *timeline: Moment, end: float | None = None) -> Report:
    begin = min(by_hour, default=NOON) * 3600.0
    surge = Surge(begin + 60, begin + 900, end, sum(by_hour.values()), 0.2)
    return Report(
        begin,
        Owner(),
        Verdict("hijacked", 0.9, "critical"),
        surges=(surge,),
        tallies=Tallies(by_hour=by_hour),
        timeline=timeline,
        zone_minutes=JAPAN,
    )


def test_hours_of_the_user_s_own_clock() -> None:
    lines = chart(report({NOON: 4, NOON + 1: 8}), Words("ja", JAPAN), 60)
    assert lines[0].strip() == "2026年"
    assert lines[1].startswith("  5月3日 10時 ")
    assert lines[1].endswith(" 4")
    assert lines[2].strip() == "▲ 10:15 偶然ではない数になった"
    assert lines[3].count("█") >= 2 * lines[1].count("█") - 1


def test_english_says_the_same() -> None:
    lines = chart(report({NOON: 4, NOON + 1: 8}), Words("en", JAPAN), 60)
    assert [lines[0].strip(), lines[1].split("█")[0].strip()] == ["2026", "3 May, 10:00"]
    assert lines[2].strip() == "▲ 10:15 too many for chance"


def test_a_stretch_without_bounces_is_one_row() -> None:
    lines = drawn({NOON: 1, NOON + 300: 1}, [], Words("en", 0), 60)
    assert [line for line in lines if "none in between" in line] == [lines[2]]
    assert len(lines) == 4


def test_events_of_the_user_stand_where_they_happened() -> None:
    changed = Moment((NOON + 2) * 3600.0 + 120, "password-changed")
    lines = chart(report({NOON: 4, NOON + 3: 1}, changed), Words("en", 0), 60)
    position = next(i for i, line in enumerate(lines) if "●" in line)
    assert "03:02" in lines[position]
    assert "3:00" in lines[position - 1]


def test_nothing_came_back_nothing_is_drawn() -> None:
    assert chart(Report(0.0, Owner(), Verdict("none", 0.9, "calm")), Words("ja"), 80) == []


@pytest.mark.parametrize(("count", "wanted"), [(0, ""), (1, "▏"), (500, "█████"), (1000, "██████████")])
def test_a_single_one_is_seen_beside_a_thousand(count: int, wanted: str) -> None:
    assert bar(count, 1000, 10) == wanted


@given(hours, st.sampled_from(["ja", "en"]), st.integers(24, 120), st.integers(-720, 840))
def test_no_line_is_wider_than_the_terminal(by_hour: dict[int, int], lang: str, width: int, zone: int) -> None:
    mark = Mark(min(by_hour) * 3600.0, "偶然ではない数になった" * 4, alarm=True)
    lines = drawn(by_hour, [mark], Words(lang, zone), width)
    assert all(columns(line) <= width for line in lines)
    assert len(lines) <= 3 * ROWS


@given(hours, st.integers(-720, 840))
def test_bars_lose_no_bounce(by_hour: dict[int, int], zone: int) -> None:
    for found in (bars(by_hour, DAY, zone), compact(by_hour, [], ROWS, zone), fitting(by_hour, 100, zone)):
        assert sum(found.counts.values()) == sum(by_hour.values())
    assert len(rows(compact(by_hour, [], ROWS, zone), [])) <= 2 * ROWS


def test_a_day_begins_at_the_user_s_midnight() -> None:
    found = bars({NOON: 1, NOON + 13: 1, NOON + 14: 1}, DAY, JAPAN)
    assert sorted(found.counts.values()) == [1, 2]
    assert found.begin(max(found.counts)) == (NOON + 14) * 3600.0


def test_fitting_starts_no_finer_than_asked() -> None:
    assert fitting({NOON: 1}, 100, 0, DAY).grain == DAY
    assert fitting({NOON: 1}, 100).grain == HOUR


def picture(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def test_the_picture_is_said_for_those_who_do_not_see_it() -> None:
    drawing = picture(svg.by_hour(report({NOON: 4, NOON + 1: 8}, end=(NOON + 2) * 3600.0), Words("en", JAPAN)))
    title, desc = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    assert drawing.get("role") == "img"
    assert title is not None
    assert desc is not None
    assert drawing.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "Delivery errors by hour"
    assert desc.text is not None
    assert "12 delivery errors" in desc.text
    assert "the most 3 May, 11:00 (8)" in desc.text
    assert "Alarm: 3 May 2026, 10:15" in desc.text


def test_the_picture_leaves_colours_and_behaviour_to_the_page() -> None:
    text = svg.by_day(report({NOON: 4, NOON + 50: 8}), Words("ja", JAPAN), {NOON: 30.0})
    assert not re.search(r"<script|\son\w+=|\sstyle=|#[0-9a-f]{3}|url\(|href", text)
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', text)) <= {"currentColor", "none"}
    classes = set(re.findall(r'class="(chart-\w+)"', text))
    assert {"chart-bounces", "chart-sends", "chart-surge", "chart-alarm"} <= classes


def test_what_a_letter_says_is_escaped() -> None:
    hostile = Moment(NOON * 3600.0 + 60, "<script>alert(1)</script>&\"'")
    drawing = picture(svg.by_hour(report({NOON: 4}, hostile), Words("en")))
    assert not list(drawing.iter(f"{SVG}script"))


def test_the_hours_of_the_largest_surge_are_shown_and_not_last_year() -> None:
    drawing = picture(svg.by_hour(report({NOON - 9000: 1, NOON: 40}, end=(NOON + 2) * 3600.0), Words("en")))
    assert len(list(drawing.iter(f"{SVG}rect"))) >= 2


def test_nothing_to_show_is_said_too() -> None:
    drawing = picture(svg.by_day(Report(0.0, Owner(), Verdict("none", 0.9, "calm")), Words("en")))
    desc = drawing.find(f"{SVG}desc")
    assert desc is not None
    assert desc.text == "No delivery errors."


@given(hours, st.sampled_from(["ja", "en"]))
def test_every_shape_lies_in_the_picture(by_hour: dict[int, int], lang: str) -> None:
    for text in (svg.by_day(report(by_hour), Words(lang, JAPAN)), svg.by_hour(report(by_hour), Words(lang, JAPAN))):
        for rect in picture(text).iter(f"{SVG}rect"):
            left, top = float(rect.get("x", -1)), float(rect.get("y", -1))
            assert 0 <= left <= left + float(rect.get("width", -1)) <= 722
            assert 0 <= top <= top + float(rect.get("height", -1)) <= 240
        assert len(text) < 200_000


def test_a_notice_is_told_by_what_it_says() -> None:
    moment = Moment(0.0, "notice", {"kind": "new-login", "service": "Example", "where": "Brazil"})
    assert event(Words("en"), moment) == "Example: a new login (Brazil)"
    assert event(Words("en"), Moment(0.0, "notice", {"service": "Example"})) == "a notice arrives: Example"
