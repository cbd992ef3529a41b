"""A site or DMARC reports without letters: never an all-clear, never a verdict, always the reason."""

from __future__ import annotations

from collections.abc import Iterable

from modori.ledger import Ledger
from modori.pipeline.conclusion import Told, conclude
from modori.types import AuthRow, Correspondence, Fact, Place, Report, SendCount, SiteFile, Visit
from tests.attribute.build import DAY, NOON

BACKDOOR = SiteFile(Place("site"), "wp-content/uploads/up.php", "dropper", NOON, 300, risk=0.95)
FORM = SiteFile(Place("site"), "contact/form.php", "form-mailer", NOON, 300, risk=0.2)


def _given(*facts: Fact | Correspondence, me: Iterable[str] = ()) -> Report:
    ledger = Ledger()
    for fact in facts:
        ledger.learn(fact)
    return conclude(ledger, Told(me=tuple(me)), NOON + 9 * DAY)


def _posted(path: str, status: int = 200) -> Visit:
    return Visit(Place("access.log"), NOON, NOON, "203.0.113.9", "POST", path, status, 7, ("post-program",))


def _row(number: int, ip: str, ok: bool, count: int) -> AuthRow:
    begin = NOON + number * DAY
    place = Place("dmarc", number * 1000 + sum(map(ord, ip)))
    return AuthRow(place, begin, begin + DAY, "receiver.example", "farm.example", ip, count, ok, ok)


def _signs(report: Report) -> list[str]:
    return [sign.id for sign in report.verdict.signs]


def test_a_backdoor_that_was_called_leans_to_the_program_and_names_the_steps() -> None:
    report = _given(BACKDOOR, _posted("/wp-content/uploads/up.php"))
    assert (report.verdict.cause, report.verdict.likely) == ("undecided", "script")
    assert _signs(report) == ["site-dropper", "post-to-script"]
    assert "find-unknown-files" in [step.id for step in report.plan.steps]
    assert "provider-auth-log" in [missing.id for missing in report.verdict.missing]


def test_requests_to_other_files_or_that_failed_say_nothing() -> None:
    for visit in (_posted("/index.php"), _posted("/wp-content/uploads/up.php", 404), _posted("/")):
        assert _signs(_given(BACKDOOR, visit)) == ["site-dropper"]


def test_a_contact_form_is_no_backdoor() -> None:
    report = _given(FORM, _posted("/contact/form.php"))
    assert (report.verdict.cause, report.verdict.likely, _signs(report)) == ("undecided", "", [])


def test_a_backdoor_takes_away_the_all_clear_of_a_quiet_mailbox() -> None:
    letter = Correspondence(Place("inbox"), "<1@shop.example>", "a@shop.example", "", "Hello", NOON)
    assert _given(letter, FORM).verdict.cause == "none"
    assert _given(letter, BACKDOOR).verdict.cause == "undecided"


def test_strangers_who_fail_under_the_name_lean_to_forged() -> None:
    rows = [_row(0, f"198.51.100.{n}", ok=False, count=900) for n in range(5)] + [_row(0, "192.0.2.1", True, 3)]
    report = _given(*rows)
    assert (report.verdict.cause, report.verdict.likely) == ("undecided", "forged")
    assert _signs(report) == ["dmarc-foreign-fails"]
    assert report.verdict.signs[0].params["count"] == 4500


def test_one_forwarder_that_fails_is_nobody() -> None:
    assert _signs(_given(_row(0, "198.51.100.1", ok=False, count=4000))) == []


def test_another_domains_reports_are_not_the_owners() -> None:
    rows = [_row(0, f"198.51.100.{n}", ok=False, count=900) for n in range(5)]
    assert _signs(_given(*rows, me=["info@notfarm.example"])) == []


def test_a_day_that_stands_out_from_the_own_servers() -> None:
    rows = [_row(n, "192.0.2.1", ok=True, count=5000 if n == 3 else 20) for n in range(5)]
    assert _signs(_given(*rows)) == ["dmarc-own-surge"]
    assert _signs(_given(*rows[:3])) == []


def test_a_graph_with_one_day_that_stands_out_leans_to_sending() -> None:
    def bars(most: int) -> list[SendCount]:
        counts = [most if 60 <= hour < 84 else 4 for hour in range(120)]  # from noon to noon
        begins = [NOON + 3600.0 * number for number in range(len(counts))]
        places = [Place("graph.csv", line=number + 2) for number in range(len(counts))]
        rows = zip(places, begins, counts, strict=True)
        return [SendCount(place, begin, begin + 3600, count, "send-graph") for place, begin, count in rows]

    report = _given(*bars(90), *bars(90))
    assert _signs(report) == ["graph-surge"]
    assert report.verdict.likely == "hijacked"
    assert report.verdict.signs[0].params["count"] == 24 * 90
    assert _signs(_given(*bars(12))) == []
