"""An incident lasts: checks update it, ticks and notes stay, and what changed is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from modori.errors import StoreError
from modori.store import Store, outcome
from modori.types import Change, Owner, Place, Plan, Proof, Report, Step, Tallies
from tests.show import builders
from tests.show.builders import DAY, HOUR, T

NOW = T + DAY
BOX = ["/home/hana/受信箱.mbox"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(str(tmp_path / "modori.sqlite3"))


def later(report: Report, days: float, **more: object) -> Report:
    """The same mailbox some days on, with ordinary mail in between."""
    tallies = replace(report.tallies, letters=report.tallies.letters + 10)
    return replace(report, **{"generated": NOW + days * DAY, "tallies": tallies, **more})  # type: ignore[arg-type]


def ids(changes: tuple[Change, ...]) -> list[str]:
    return [change.id for change in changes]


def test_a_report_comes_back_as_it_was(store: Store) -> None:
    for made in builders.ALL.values():
        report = made()
        kept = store.keep(report, [f"/{report.verdict.cause}"], NOW)
        found = store.incident(kept.id).report
        assert found is not None
        assert (found.verdict.cause, found.quotes, found.campaigns[:1] == ()) == (
            report.verdict.cause,
            dict(report.quotes),
            report.campaigns[:1] == (),
        )
        assert [s.id for s in found.plan.steps] == [s.id for s in report.plan.steps]
        store.shut(kept.id, NOW)


def test_a_later_check_of_the_same_mailbox_updates_the_open_incident(store: Store) -> None:
    first = store.keep(builders.hijacked(), BOX, NOW)
    second = store.keep(later(builders.hijacked(), 1), ["/elsewhere/copy.mbox"], NOW + DAY)
    assert (first.opened, second.opened, second.id) == (True, False, first.id)
    incident = store.incident(first.id)
    assert [e.kind for e in incident.diary] == ["opened", "checked"]
    assert incident.sources == ("/elsewhere/copy.mbox", *BOX)


def test_another_mailbox_and_a_closed_incident_are_left_alone(store: Store) -> None:
    first = store.keep(builders.hijacked(), BOX, NOW)
    other = store.keep(builders.hijacked(owner=Owner(("a@b.example",), ("b.example",))), BOX, NOW)
    store.shut(first.id, NOW)
    again = store.keep(builders.hijacked(), BOX, NOW)
    assert len({first.id, other.id, again.id}) == 3


def test_without_a_known_address_the_sources_tell(store: Store) -> None:
    nobody = builders.hijacked(owner=Owner())
    first = store.keep(nobody, BOX, NOW)
    assert store.keep(nobody, BOX, NOW).id == first.id
    assert store.keep(nobody, ["/other.mbox"], NOW).id != first.id


def test_ticks_and_notes_survive_a_new_plan(store: Store) -> None:
    kept = store.keep(builders.hijacked(), BOX, NOW)
    store.tick(kept.id, "change-mail-password", NOW, NOW - HOUR, "on the old laptop")
    shorter = builders.hijacked()
    plan = replace(shorter.plan, steps=(*shorter.plan.steps[2:], Step("nothing-to-do", "later")))
    store.keep(later(shorter, 1, plan=plan), BOX, NOW + DAY)
    tasks = {t.step.id: t for t in store.incident(kept.id).tasks}
    ticked = tasks["change-mail-password"]
    assert (ticked.done, ticked.note) == (NOW - HOUR, "on the old laptop")
    assert tasks["nothing-to-do"].wanted
    assert [t.number for t in store.incident(kept.id).tasks] == list(range(1, len(tasks) + 1))
    gone = {s.id for s in shorter.plan.steps[:2]}
    assert {t.step.id for t in tasks.values() if not t.wanted} == gone


def test_a_tick_can_be_taken_back_and_an_unknown_step_is_refused(store: Store) -> None:
    kept = store.keep(builders.hijacked(), BOX, NOW)
    store.tick(kept.id, "watch", NOW)
    store.untick(kept.id, "watch", NOW)
    assert {t.step.id: t.done for t in store.incident(kept.id).tasks}["watch"] is None
    with pytest.raises(StoreError, match="no-step"):
        store.tick(kept.id, "fly", NOW)
    assert [e.kind for e in store.incident(kept.id).diary] == ["opened", "done", "undone"]


def test_the_watch_lasts_fourteen_days_from_the_last_thing_that_happened(store: Store) -> None:
    kept = store.keep(builders.hijacked(), BOX, NOW)
    assert store.incident(kept.id).watch_until == NOW + 14 * DAY
    store.tick(kept.id, "change-mail-password", NOW + DAY)
    assert store.incident(kept.id).watch_until == NOW + 15 * DAY
    store.event(kept.id, "password-changed", NOW + 2 * DAY, NOW + 3 * DAY)
    assert store.incident(kept.id).watch_until == NOW + 16 * DAY
    store.untick(kept.id, "change-mail-password", NOW + 3 * DAY)
    assert store.incident(kept.id).watch_until == NOW + 16 * DAY
    calm = store.keep(builders.own({"user-unknown": 2}, owner=Owner(("x@y.example",))), BOX, NOW)
    assert store.incident(calm.id).watch_until is None


def test_the_outcome_follows_what_the_user_did_and_what_came_after(store: Store) -> None:
    report = builders.hijacked()

    def said(days: float) -> str:
        found = outcome(store.incident(), NOW + days * DAY)
        return "" if found is None else found.id

    kept = store.keep(report, BOX, NOW)
    assert said(1) == "watch"
    store.tick(kept.id, "change-mail-password", NOW + DAY)
    assert said(1) == "unproven"
    store.keep(later(report, 2), BOX, NOW + 2 * DAY)
    assert said(2) == "quiet"
    assert said(16) == "look"
    store.keep(later(report, 16), BOX, NOW + 16 * DAY)
    assert said(16) == "over"
    sent = tuple(replace(c, last_sent=NOW + 15 * DAY, last=NOW + 15 * DAY) for c in report.campaigns)
    store.keep(later(report, 17, campaigns=sent), BOX, NOW + 17 * DAY)
    assert said(17) == "again"
    store.event(kept.id, "password-changed", NOW + 18 * DAY, NOW + 18 * DAY)
    assert said(18) == "unproven"
    store.shut(kept.id, NOW + 18 * DAY)
    assert outcome(store.incident(kept.id), NOW) is None


def test_what_needs_no_watching_has_no_outcome(store: Store) -> None:
    store.keep(builders.own({"user-unknown": 2}), BOX, NOW)
    assert outcome(store.incident(), NOW) is None


def test_a_forger_is_watched_whatever_the_user_did(store: Store) -> None:
    kept = store.keep(builders.forged(), BOX, NOW)
    store.event(kept.id, "password-changed", NOW + 1, NOW + 1)
    found = outcome(store.incident(), NOW + DAY)
    assert found is not None
    assert (found.id, "when" in found.params) == ("watch", False)


def test_that_nothing_is_to_be_done_is_no_step_that_falls_away(store: Store) -> None:
    calm = replace(builders.hijacked(), plan=Plan((Step("nothing-to-do", "later"),)))
    store.keep(calm, BOX, NOW)
    found = store.keep(later(builders.hijacked(), 1), BOX, NOW + DAY).changes
    assert "steps-dropped" not in ids(found)
    assert "steps-added" in ids(found)


def test_mail_sent_after_the_fix_is_said_first(store: Store) -> None:
    report = builders.hijacked()
    kept = store.keep(report, BOX, NOW)
    store.tick(kept.id, "change-mail-password", NOW)
    campaigns = tuple(replace(c, last_sent=NOW + HOUR, last=NOW + 2 * HOUR) for c in report.campaigns)
    found = store.keep(later(report, 1, campaigns=campaigns), BOX, NOW + DAY).changes
    assert ids(found)[0] == "sent-after-fix"
    assert found[0].params == {"last_sent": NOW + HOUR, "when": NOW}


def test_a_date_in_the_future_raises_no_alarm_and_no_endless_watch(store: Store) -> None:
    report = builders.hijacked()
    kept = store.keep(report, BOX, NOW)
    store.tick(kept.id, "change-mail-password", NOW)
    campaigns = tuple(replace(c, last_sent=NOW + 3_650 * DAY) for c in report.campaigns)
    assert "sent-after-fix" not in ids(store.keep(later(report, 1, campaigns=campaigns), BOX, NOW + DAY).changes)
    assert store.incident(kept.id).watch_until == NOW + 14 * DAY


def test_a_forger_who_goes_on_after_a_new_password_is_no_intruder(store: Store) -> None:
    report = builders.forged()
    kept = store.keep(report, BOX, NOW)
    store.event(kept.id, "password-changed", NOW, NOW)
    campaigns = tuple(replace(c, last_sent=NOW + HOUR, last=NOW + 2 * HOUR) for c in report.campaigns)
    found = ids(store.keep(later(report, 1, campaigns=campaigns), BOX, NOW + DAY).changes)
    assert "still-sending" in found
    assert "sent-after-fix" not in found


def test_the_sending_has_stopped_only_when_the_mailbox_was_read_again(store: Store) -> None:
    report = builders.hijacked()
    store.keep(report, BOX, NOW)
    again = replace(report, generated=NOW + 5 * DAY)
    assert ids(store.keep(again, BOX, NOW + 5 * DAY).changes) == ["nothing-new"]
    assert ids(store.keep(later(report, 5), BOX, NOW + 5 * DAY).changes) == ["sending-stopped"]


def test_new_bounces_are_counted_hour_by_hour(store: Store) -> None:
    hour = int(T // 3600)
    first = builders.hijacked(tallies=Tallies(letters=50, bounces=40, by_hour={hour: 30, hour + 1: 10}))
    store.keep(first, BOX, NOW)
    cleaned = replace(first, tallies=Tallies(letters=30, bounces=20, by_hour={hour + 1: 12, hour + 2: 8}))
    change = next(c for c in store.keep(cleaned, BOX, NOW).changes if c.id == "new-bounces")
    assert change.params == {"count": 10}


def test_another_verdict_is_a_change(store: Store) -> None:
    store.keep(builders.undecided(), BOX, NOW)
    change = next(c for c in store.keep(builders.hijacked(), BOX, NOW).changes if c.id == "verdict-changed")
    assert change.params == {"cause_was": "undecided", "cause": "hijacked"}


def test_names_are_found_by_their_beginning_and_one_open_needs_none(store: Store) -> None:
    with pytest.raises(StoreError, match="none-open"):
        store.incident()
    kept = store.keep(builders.hijacked(), BOX, NOW)
    assert store.incident().id == store.incident(kept.id[:4].upper()).id == kept.id
    store.keep(builders.hijacked(owner=Owner(("a@b.example",))), BOX, NOW)
    with pytest.raises(StoreError, match="several"):
        store.incident()
    with pytest.raises(StoreError, match="unknown"):
        store.incident("zzz")


def test_a_closed_incident_takes_no_deed_until_it_is_reopened(store: Store) -> None:
    kept = store.keep(builders.hijacked(), BOX, NOW)
    store.shut(kept.id, NOW)
    with pytest.raises(StoreError, match="closed"):
        store.note(kept.id, "too late", NOW)
    store.reopen(kept.id, NOW)
    store.note(kept.id, "in time", NOW)
    with pytest.raises(StoreError, match="not-closed"):
        store.reopen(kept.id, NOW)
    assert [e.params.get("text") for e in store.incident(kept.id).diary if e.kind == "note"] == ["in time"]


def test_the_first_digest_of_a_letter_stands(store: Store) -> None:
    at = Place("/inbox.mbox", 10, 20)
    kept = store.keep(builders.hijacked(), BOX, NOW, [Proof(at, "aa")])
    store.keep(builders.hijacked(), BOX, NOW, [Proof(at, "bb"), Proof(Place("/log", line=3), "cc")])
    assert {p.place.source: p.sha256 for p in store.incident(kept.id).proofs} == {"/inbox.mbox": "aa", "/log": "cc"}


def test_what_no_database_can_hold_is_made_harmless(store: Store) -> None:
    report = builders.hijacked(owner=Owner(("a\udcff\0@b.example",)))
    campaigns = tuple(replace(c, subject="\ud83d broken", first=float("-inf")) for c in report.campaigns)
    params = {"raw": b"\xff", "many": {"b", "a"}, "none": None}
    signs = (replace(report.verdict.signs[0], params=params),)
    hostile = replace(report, campaigns=campaigns, verdict=replace(report.verdict, signs=signs))
    kept = store.keep(hostile, BOX, NOW)
    assert store.keep(hostile, BOX, NOW).id == kept.id
    found = store.incident(kept.id).report
    assert found is not None
    assert found.campaigns[0].subject == "? broken"
    assert found.verdict.signs[0].params == {"raw": "�", "many": ["a", "b"], "none": None}
