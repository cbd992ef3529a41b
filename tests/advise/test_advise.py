"""Advice follows the verdict, leans to the safe side, and every rule of the playbooks is reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from modori import advise
from modori.knowledge import table, words
from modori.types import Notice, Origin, Owner, Report, Sign, Tallies
from tests.show import builders

CAUSES = {
    "hijacked",
    "script",
    "device",
    "forged",
    "own",
    "forwarded",
    "autoreply",
    "neighbour",
    "fake",
    "undecided",
    "none",
}
FREEMAIL = Owner(("me@gmail.com",), ("gmail.com",))
SAKURA = replace(builders.SHOP, outbound=("www1.sakura.ne.jp",))


def told(report: Report, *identities: str) -> Report:
    """The same report after the user answered these questions with yes."""
    answers = tuple(Sign(identity, "hijacked", 1.0, identity) for identity in identities)
    verdict = replace(report.verdict, signs=(*report.verdict.signs, *answers))
    return replace(report, verdict=verdict)


def noticed(report: Report, kind: str, genuine: bool | None = True) -> Report:
    return replace(report, notices=(Notice(builders.at(90), builders.T, kind, "SnapGram", genuine),))


def reports() -> Iterator[Report]:
    """What users come with: every cause, and what changes the advice."""
    yield from (made() for made in builders.ALL.values())
    yield builders.hijacked(notices=())
    yield builders.hijacked(notices=(), owner=FREEMAIL)
    yield told(builders.hijacked(), "answer-cannot-login", "answer-unknown-payment")
    yield builders.forged(odds=0.05)
    yield builders.forged(odds=0.05, owner=SAKURA)
    yield builders.undecided(owner=SAKURA)
    yield builders.autoreply(form=False)
    yield builders.forged(tallies=Tallies(letters=50, bounces=40, fakes=3))
    yield builders.own(dict.fromkeys(table("reasons"), 1))
    yield builders.forwarded(tallies=Tallies(letters=60, bounces=22, by_reason={"mail-loop": 4}))
    yield builders.forwarded(tallies=Tallies(letters=60, bounces=22, by_reason={"spam-detected": 22}))
    yield builders.own({"user-unknown": 3}, limits=builders.hijacked().limits)
    yield builders.script(tallies=Tallies(letters=9, bounces=9, by_reason={"sender-suspended": 2}))


def steps(report: Report) -> dict[str, str]:
    return {step.id: step.urgency for step in advise.advise(report).steps}


PLAYBOOKS = {step: rule for book in table("playbooks").values() for step, rule in book.items()}


def test_every_clause_of_every_step_is_reached() -> None:
    reached = {(step.id, step.urgency, *step.because) for report in reports() for step in advise.advise(report).steps}
    clauses = {
        (identity, clause["urgency"], *([clause["because"]] if "because" in clause else []))
        for identity, rule in PLAYBOOKS.items()
        for clause in rule["when"]
    }
    assert clauses - reached == set()


@pytest.mark.parametrize("identity", sorted(PLAYBOOKS))
def test_every_step_is_well_formed_and_has_words(identity: str) -> None:
    rule = PLAYBOOKS[identity]
    assert rule.keys() <= {"order", "when", "params", "draft"}
    for clause in rule["when"]:
        assert clause["urgency"] in advise.URGENCIES
        assert clause.keys() <= advise.CONDITIONS | {"urgency", "because"}
        assert set(clause.get("causes", ())) | set(clause.get("main", ())) <= CAUSES
        reasons = {*clause.get("reasons", ()), *clause.get("reasons_least", {"of": ()})["of"]}
        assert reasons <= table("reasons").keys()
        for lang in ("ja", "en"):
            assert f"steps.{identity}.do" in words(lang)
            because = clause.get("because")
            assert (f"steps.{identity}.because.{because}" if because else f"steps.{identity}.why") in words(lang)
            assert because is None or f"steps.because.{because}" in words(lang)
    if "draft" in rule:
        assert f"drafts.{rule['draft']}.body" in words("ja")


def test_step_ids_are_unique_across_playbooks() -> None:
    assert len(PLAYBOOKS) == sum(len(book) for book in table("playbooks").values())


@pytest.mark.parametrize("name", sorted(table("panels")))
def test_every_panel_names_its_source_and_only_steps_that_exist(name: str) -> None:
    panel = table("panels")[name]
    assert panel["source"]
    assert panel["date"]
    assert panel["name"].keys() == {"ja", "en"}
    assert isinstance(panel["checked"], bool)
    assert panel["pages"].keys() <= PLAYBOOKS.keys()
    assert all(page.keys() == {"ja", "en"} for page in panel["pages"].values())


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("hijacked", "change-mail-password"),
        ("script", "stop-program"),
        ("device", "unplug"),
        ("forged", "do-not-answer"),
        ("forwarded", "fix-forward"),
        ("autoreply", "stop-form-answer"),
        ("neighbour", "report-neighbour"),
        ("fake", "fake-do-not-open"),
        ("undecided", "change-mail-password"),
        ("none", "nothing-to-do"),
    ],
)
def test_the_first_advice_differs_by_cause(name: str, first: str) -> None:
    found = [step.id for step in advise.advise(builders.ALL[name]()).steps if step.id != "preserve"]
    assert found[0] == first


def test_what_is_urgent_comes_first() -> None:
    for report in reports():
        urgencies = [advise.URGENCIES.index(step.urgency) for step in advise.advise(report).steps]
        assert urgencies == sorted(urgencies)


def test_a_password_is_advised_from_two_percent_on() -> None:
    assert steps(builders.forged(odds=0.02))["change-mail-password"] == "today"
    assert steps(builders.forged(odds=0.019))["change-mail-password"] == "later"
    assert "change-mail-password" not in steps(builders.fake())


def test_a_flood_of_forgeries_does_not_hide_the_break_in_below_it() -> None:
    found = steps(builders.hijacked())
    assert found["change-mail-password"] == "now"
    assert "do-not-answer" not in found


def test_login_warnings_of_other_services_make_the_shared_password_urgent() -> None:
    assert steps(noticed(builders.hijacked(), "new-login"))["change-shared-passwords"] == "now"
    assert steps(noticed(builders.hijacked(), "new-login", genuine=None))["change-shared-passwords"] == "now"
    assert steps(noticed(builders.hijacked(), "new-login", genuine=False))["change-shared-passwords"] == "today"


def test_a_login_warning_of_last_month_belongs_to_another_story() -> None:
    old = Notice(builders.at(90), builders.T - 40 * builders.DAY, "new-login", "SnapGram", True)
    assert steps(builders.hijacked(notices=(old,)))["change-shared-passwords"] == "today"


def test_freemail_users_are_not_asked_to_change_dns() -> None:
    found = steps(builders.forged(owner=FREEMAIL))
    assert "tighten-dmarc" not in found
    assert "catch-all-off" not in found


def test_own_mail_is_answered_reason_by_reason() -> None:
    by_reason = {
        "user-unknown": "own-check-address",
        "host-unknown": "own-check-domain",
        "virus-detected": "own-virus",
        "mailbox-full": "own-mailbox-full",
        "message-too-big": "own-too-large",
        "expired": "own-not-in-time",
        "fragmented": "own-fragmented",
        "authentication-failed": "publish-spf-dkim",
    }
    for reason, step in by_reason.items():
        found = {s for s in steps(builders.own({reason: 1})) if s.startswith(("own-", "publish"))}
        assert found == {step, "own-ask-otherwise"}, reason


def test_a_forward_of_spam_is_filtered_first_and_a_dead_one_looked_at_first() -> None:
    spam = builders.forwarded(tallies=Tallies(letters=60, bounces=22, by_reason={"spam-detected": 22}))
    dead = builders.forwarded(tallies=Tallies(letters=60, bounces=22, by_reason={"user-unknown": 22}))
    assert next(iter(steps(spam))) == "filter-before-forward"
    assert next(iter(steps(dead))) == "fix-forward"


def test_the_forward_s_target_and_the_called_program_are_named() -> None:
    fix = next(s for s in advise.advise(builders.forwarded()).steps if s.id == "fix-forward")
    assert fix.params["to"] == "naoko@mail.example"
    called = builders.sign("post-to-script", "script", 3.0, path="/cgi-bin/letter/send.cgi")
    report = builders.script()
    silent = replace(report.campaigns[0], origin=Origin(), signs=(called,))
    plan = advise.advise(replace(report, campaigns=(silent,)))
    assert next(s.params["scripts"] for s in plan.steps if s.id == "stop-program") == ("cgi-bin/letter/send.cgi",)


def test_the_owner_s_own_mistakes_wait_until_a_break_in_is_dealt_with() -> None:
    report = builders.hijacked()
    mistyped = replace(builders.own({"user-unknown": 1}).campaigns[0], reasons={"user-unknown": 1})
    plan = advise.advise(replace(report, campaigns=(*report.campaigns, mistyped)))
    today = [s.id for s in plan.steps if s.urgency == "today"]
    assert today.index("own-check-address") > today.index("check-payments")


def test_reasons_are_counted_in_the_step() -> None:
    plan = advise.advise(builders.own({"expired": 2, "network-error": 3}))
    (step,) = [s for s in plan.steps if s.id == "own-not-in-time"]
    assert step.params["count"] == 5


def test_a_list_with_many_dead_addresses_is_to_be_cleaned() -> None:
    assert "clean-list" in steps(builders.own({"user-unknown": 4, "host-unknown": 1}))
    assert "clean-list" not in steps(builders.own({"user-unknown": 4}))


@pytest.mark.parametrize(
    ("owner", "provider"),
    [
        (Owner(("a@shop.example",), providers=("xserver",)), "xserver"),
        (Owner(("a@shop.example",), outbound=("smtp-proxy1.phy.heteml.jp",)), "heteml"),
        (Owner(("a@yahoo.co.jp",), ("yahoo.co.jp",)), "yahoo-jp"),
        (Owner(("a@shop.example",), providers=("unheard-of",)), ""),
    ],
)
def test_the_provider_is_told_or_learned(owner: Owner, provider: str) -> None:
    plan = advise.advise(builders.hijacked(owner=owner))
    assert next(s.provider for s in plan.steps if s.id == "change-mail-password") == provider


def test_steps_and_drafts_name_account_addresses_and_times() -> None:
    plan = advise.advise(builders.hijacked())
    told_provider = next(s for s in plan.steps if s.id == "tell-provider")
    assert told_provider.params["account"] == "info@hanaya.example"
    assert told_provider.params["ips"] == ("203.0.113.198", "203.0.113.137")
    assert told_provider.params["from"] == builders.T
    assert [d.id for d in plan.drafts] == ["provider", "contacts", "abuse"]
    assert plan.drafts[0].params["bounces"] == 83


def test_important_letters_are_counted_without_newsletters() -> None:
    plan = advise.advise(builders.forged())
    assert next(s.params["letters"] for s in plan.steps if s.id == "rescue-letters") == 3
    only_news = builders.forged(rescue=builders.BURIED[-1:])
    assert "rescue-letters" not in steps(only_news)


def test_an_empty_report_gets_a_plan_too() -> None:
    empty = Report(0.0, Owner(), builders.judged("hijacked", 0.9, "critical", ()))
    assert "change-mail-password" in steps(empty)
