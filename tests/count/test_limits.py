"""How full the provider's window is, when it was crossed and when mail goes again; unknown limits stay unknown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.count.limits import Told, forecast, told_by_notice, told_by_text
from modori.count.windows import Window, crossing, fullest, load, room
from modori.knowledge import table
from modori.types import Notice, Place, Volume

HOUR = 3600.0
NOON = 480_000  # an epoch hour


def test_a_limit_crossed_is_free_again_when_the_window_has_passed() -> None:
    sends = {NOON: 800.0, NOON + 1: 1200.0, NOON + 2: 100.0}
    hour, day = forecast(["lolipop"], sends, (NOON + 3) * HOUR)
    assert (hour.window, hour.limit) == ("hour", 1000)
    assert hour.crossed == (NOON + 1) * HOUR
    assert hour.free_again == (NOON + 2) * HOUR
    assert hour.used == Volume(1200, 1200, 1200, "log")
    assert (day.window, day.limit, day.crossed, day.free_again) == ("day", 10000, None, None)


def test_a_smaller_plan_has_a_smaller_limit() -> None:
    sends = {NOON: 250.0}
    hour, day = forecast(["lolipop"], sends, NOON * HOUR, plan="economy")
    assert (hour.limit, day.limit) == (100, 1000)
    assert hour.crossed == NOON * HOUR


def test_while_sending_goes_on_the_limit_stays_closed() -> None:
    sends = {NOON - back: 1500.0 for back in range(5)}
    (hour, _) = forecast(["heteml"], sends, NOON * HOUR + 600)
    assert hour.crossed == (NOON - 4) * HOUR
    assert hour.free_again is None


def test_a_rolling_day_frees_the_first_hour_after_a_day() -> None:
    sends = {NOON: 300.0, NOON + 1: 300.0}
    (day,) = forecast(["gmail"], sends, (NOON + 5) * HOUR)
    assert day.crossed == (NOON + 1) * HOUR
    assert day.free_again == (NOON + 24) * HOUR


def test_an_unknown_limit_is_named_unknown() -> None:
    for provider in ("sakura", "nobody-has-heard-of-it"):
        (use,) = forecast([provider], {NOON: 5000.0}, NOON * HOUR)
        assert (use.provider, use.limit, use.crossed) == (provider, None, None)
        assert use.used == Volume(5000, 5000, 5000, "log")


def test_the_volume_scales_the_hours_of_the_bounces() -> None:
    bounces = {NOON: 30.0, NOON + 1: 10.0}
    (day,) = forecast(["gmail"], bounces, (NOON + 2) * HOUR, volume=Volume(80, 400, 1600, "prior"))
    assert day.used == Volume(80, 400, 1600, "prior")
    assert day.crossed is None


def test_what_the_server_says_stands_above_what_we_reckon() -> None:
    text = "Domain example.com has exceeded the max emails per hour (125/100 (125%)) allowed.  Message discarded."
    first, last = told_by_text(text, NOON * HOUR), told_by_text(text.replace("125/", "140/"), NOON * HOUR + 1800)
    assert first is not None
    assert last is not None
    (use,) = forecast([], {}, NOON * HOUR + 2000, told=[last, first])
    assert (use.provider, use.window, use.limit) == ("cpanel", "hour", 100)
    assert use.used == Volume(140, 140, 140, "counter")
    assert use.crossed == NOON * HOUR
    assert use.free_again == NOON * HOUR + 1800 + HOUR


def test_a_refusal_without_figures_takes_the_published_limit() -> None:
    told = told_by_text("550-5.4.5 Daily user sending limit exceeded. For more information", NOON * HOUR)
    assert told is not None
    (use,) = forecast(["gmail"], {NOON: 200.0}, NOON * HOUR, told=[told])
    assert (use.limit, use.crossed, use.free_again) == (500, NOON * HOUR, (NOON + 24) * HOUR)
    assert use.used is None


def test_a_server_that_refuses_early_has_a_lower_limit_than_the_published() -> None:
    notice = Notice(Place("a"), NOON * HOUR, "send-limit", "heteml.jp", True, count=70, params={"window": "hour"})
    told = told_by_notice(notice)
    assert told is not None
    hour, day = forecast(["heteml"], {NOON: 60.0}, NOON * HOUR, told=[told])
    assert (hour.provider, hour.window, hour.limit) == ("heteml", "hour", 70)
    assert hour.free_again == (NOON + 1) * HOUR
    assert (day.window, day.limit) == ("day", 10000)


def test_a_notice_tells_unless_it_is_a_fake() -> None:
    notice = Notice(Place("a"), 5.0, "send-limit", "lolipop", True, count=1000, params={"window": "day", "limit": 1000})
    assert told_by_notice(notice) == Told(5.0, "lolipop", "day", 1000, 1000)
    assert told_by_notice(Notice(Place("a"), 5.0, "send-limit", "lolipop", False, count=1000)) is None
    assert told_by_notice(Notice(Place("a"), 5.0, "new-login", "lolipop", True)) is None


def test_other_refusals_tell_nothing() -> None:
    assert told_by_text("550 5.1.1 user unknown", 0.0) is None
    assert told_by_text("exceeded the max emails per hour (" + "9" * 10_000, 0.0) is None


def test_a_calendar_day_opens_at_midnight_in_japan() -> None:
    midnight = NOON + (-(NOON + 9)) % 24
    day = Window(24, calendar=True)
    sends = {midnight - 2: 100.0, midnight: 1.0}
    assert load(sends, day, midnight - 1) == 100.0
    assert load(sends, day, midnight) == 1.0
    assert room({midnight - 9: 100.0}, day, 50.0, (midnight - 3) * HOUR) == midnight * HOUR


@pytest.mark.parametrize("entry", table("limits")["said"], ids=lambda entry: entry["example"][:40])
def test_each_text_has_its_example_and_its_source(entry: dict[str, str]) -> None:
    assert re.search(entry["pattern"], entry["example"])
    told = told_by_text(entry["example"], 1.0)
    assert told is not None
    assert (told.provider, told.window) == (entry["provider"], entry["window"])
    assert entry["source"]
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", entry["date"])


@pytest.mark.parametrize("provider", table("limits")["provider"])
def test_each_provider_has_its_source(provider: str) -> None:
    facts = table("limits")["provider"][provider]
    assert set(facts) == {"counts", "across", "resets", "limits", "source", "date", "checked"}
    assert facts["counts"] in ("messages", "recipients", "unknown")
    assert facts["across"] in ("account", "domain", "contract", "unknown")
    assert facts["resets"] in ("rolling", "calendar", "unknown")
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", facts["date"])
    assert all(entry["window"] in ("minute", "hour", "day") and entry["most"] > 0 for entry in facts["limits"])


hours = st.dictionaries(st.integers(NOON, NOON + 60), st.floats(0.0, 2000.0), max_size=30)


@given(hours, st.integers(1, 24), st.floats(1.0, 5000.0))
def test_room_comes_only_after_the_limit_was_reached(sends: dict[int, float], span: int, limit: float) -> None:
    window, now = Window(span), (NOON + 60) * HOUR
    free = room(sends, window, limit, now)
    if fullest(sends, window) < limit:
        assert free is None
        assert crossing(sends, window, limit) is None
    if free is not None and free <= now:
        assert load(sends, window, int(free // HOUR)) < limit


def test_what_names_no_provider_goes_with_the_only_one_that_spoke() -> None:
    words = [Told(100.0, "cpanel", "hour", 125, 100), Told(200.0, "", "hour", 130, 100), Told(300.0, "", "day", 9, 8)]
    hour, day = forecast([], {}, 400.0, told=words)
    assert (hour.provider, hour.window, hour.used, hour.crossed) == (
        "cpanel",
        "hour",
        Volume(130, 130, 130, "counter"),
        100.0,
    )
    assert (day.provider, day.window) == ("", "day")


def test_a_limit_says_who_told_it_or_where_it_was_read_and_of_which_plan() -> None:
    (told,) = forecast([], {}, 400.0, told=[Told(86_400.0, "cpanel", "hour", 125, 100)])
    assert (told.source, told.date, told.checked) == ("said", "1970-01-02", True)
    facts = table("limits")["provider"]["lolipop"]
    hour, _ = forecast(["lolipop"], {}, 400.0)
    assert (hour.source, hour.date, hour.checked, hour.plan) == (facts["source"], facts["date"], True, "standard")
    (unchecked,) = forecast(["yahoo"], {}, 400.0)
    assert unchecked.checked is False
