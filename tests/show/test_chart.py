"""Charts: every line fits, Japanese included; nothing is hidden by scale; the picture is harmless and well said."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.show import svg
from modori.show.axis import Mark, done, event
from modori.show.bars import DAY, HOUR, bars, compact, fitting, rows
from modori.show.chart import ROWS, bar, chart, drawn
from modori.show.width import columns
from modori.show.words import Words
from modori.types import Entry, Incident, Moment, Owner, Report, Sends, Step, Surge, Tallies, Task, Verdict

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
    assert lines[2].strip() == "▲ 10:15 ふだんではありえない数になった"
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
    mark = Mark(min(by_hour) * 3600.0, "ふだんではありえない数になった" * 4, "alarm")
    sends = {hour - 1: 30.5 * count for hour, count in by_hour.items()}
    for lines in (
        drawn(by_hour, [mark], Words(lang, zone), width),
        drawn(by_hour, [mark], Words(lang, zone), width, sends, "log"),
    ):
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


def picture(chart: svg.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.picture)


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
    sent = replace(report({NOON: 4, NOON + 50: 8}), sends=Sends({NOON: 30.0}, "log"))
    text = svg.by_day(sent, Words("ja", JAPAN)).picture
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
    assert desc.text == "Nothing came back, and nothing is known to have been sent."


@given(hours, st.sampled_from(["ja", "en"]))
def test_every_shape_lies_in_the_picture(by_hour: dict[int, int], lang: str) -> None:
    told = replace(report(by_hour), sends=Sends({hour: 7.0 * count for hour, count in by_hour.items()}, "originals"))
    for found in (svg.by_day(told, Words(lang, JAPAN)), svg.by_hour(told, Words(lang, JAPAN))):
        drawing = picture(found)
        wide, high = map(float, str(drawing.get("viewBox")).split()[2:])
        for rect in drawing.iter(f"{SVG}rect"):
            left, top = float(rect.get("x", -1)), float(rect.get("y", -1))
            assert 0 <= left <= left + float(rect.get("width", -1)) <= wide
            assert 0 <= top <= top + float(rect.get("height", -1)) <= high
        assert len(found.picture) < 300_000


def classes(chart: svg.Chart) -> list[str]:
    return re.findall(r'class="chart-(\w+)"', chart.picture)


def test_sent_and_returned_are_two_rows_each_in_its_own_scale() -> None:
    """Ten thousand sent beside forty returned: in one scale nothing of the forty would be seen."""
    told = replace(report({NOON: 40}), sends=Sends({NOON: 10_000.0, NOON - 1: 2500.0}, "log"))
    chart = svg.by_hour(told, Words("en"))
    heights = {
        kind: [
            float(r.get("height", 0)) for r in picture(chart).iter(f"{SVG}rect") if r.get("class") == f"chart-{kind}"
        ]
        for kind in ("sends", "bounces")
    }
    assert heights == {"sends": [27.5, 110.0], "bounces": [110.0]}
    assert chart.title == "Sent and returned, by hour"
    assert "Sent (from the mail log)" in chart.picture
    assert "12,500 messages sent" in chart.picture


def test_what_was_sent_is_drawn_although_nothing_came_back() -> None:
    told = replace(report({}), surges=(), sends=Sends({NOON: 30.0}, "log"))
    chart = svg.by_day(told, Words("en"))
    assert chart.title == "Messages sent, by day"
    assert set(classes(chart)) >= {"sends"}
    assert "bounces" not in classes(chart)


def test_signs_are_told_in_words_below_the_picture_in_order_of_time() -> None:
    notice = Moment(NOON * 3600.0 + 60, "password-changed")
    ticked = Mark((NOON + 3) * 3600.0, "Change the password", "done")
    late = Mark((NOON + 400) * 3600.0, "long after", "done")
    keys = svg.by_hour(report({NOON: 4, NOON + 1: 8}, notice), Words("en"), [ticked, late]).keys
    assert [(key.kind, key.sign) for key in keys] == [
        ("event", "●1"), ("alarm", "▲2"), ("done", "✓3"), ("surge", "░"),
    ]  # fmt: skip
    assert keys[2].text == "3 May 2026, 04:00 Change the password"


def test_a_step_that_was_done_after_the_last_bounce_is_still_on_the_chart() -> None:
    """That nothing came back after it is what the user wants to see."""
    ticked = Mark((NOON + 3 * 24) * 3600.0, "Change the password", "done")
    assert "done" in classes(svg.by_day(report({NOON: 4}), Words("en"), [ticked]))


def test_signs_that_would_touch_stand_above_each_other() -> None:
    together = [Mark(NOON * 3600.0 + second, "x") for second in (10, 20, 30)]
    drawing = picture(svg.by_hour(replace(report({NOON: 4}), surges=()), Words("en"), together))
    heights = [text.get("y") for group in drawing.iter(f"{SVG}g") for text in group.iter(f"{SVG}text")]
    assert len(set(heights)) == 3


def test_what_the_user_did_comes_from_the_ticks_and_the_diary() -> None:
    step = Step("change-mail-password", "now")
    incident = Incident(
        "a", 0.0, 9.0, "hijacked",
        tasks=(Task(1, step, done=5.0), Task(2, Step("preserve", "now"))),
        diary=(
            Entry(3.0, "event", {"event": "password-changed"}),
            Entry(4.0, "event", {"text": "called\x1b[2J them"}),
            Entry(6.0, "note", {"text": "no event"}),
        ),
    )  # fmt: skip
    found = done(incident, Words("en"))
    assert [(mark.when, mark.kind) for mark in found] == [(3.0, "event"), (4.0, "event"), (5.0, "done")]
    assert found[0].text == "the password is changed"
    assert "\x1b" not in found[1].text
    assert found[2].text == Words("en").say("steps.change-mail-password.do")


def test_the_terminal_shows_both_side_by_side() -> None:
    told = replace(report({NOON: 4, NOON + 1: 8}), sends=Sends({NOON: 100.0, NOON + 1: 50.0}, "log"))
    lines = chart(told, Words("en", JAPAN), 60)
    assert [line.strip() for line in lines[:3]] == [
        "░░ Sent (from the mail log)",
        "██ Came back (delivery errors)",
        "2026",
    ]
    first, second = (line for line in lines if ":00" in line)
    assert re.search(r"░+ 100 +█+.? 4$", first)
    assert abs(first.count("░") - 2 * second.count("░")) <= 1
    assert first.index("█") == second.index("█")


def test_a_notice_is_told_by_what_it_says() -> None:
    moment = Moment(0.0, "notice", {"kind": "new-login", "service": "Example", "where": "Brazil"})
    assert event(Words("en"), moment) == "Example: a new login (Brazil)"
    assert event(Words("en"), Moment(0.0, "notice", {"service": "Example"})) == "a notice arrives: Example"
