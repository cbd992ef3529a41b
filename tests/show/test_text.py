"""The report as a frightened reader meets it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from modori.knowledge import words
from modori.show.text import text
from modori.show.width import columns
from modori.types import Campaign, Draft, Owner, Place, Plan, Problem, Report, Sign, Step
from tests.show import builders

CAUSES = sorted(builders.ALL)
LANGUAGES = ["ja", "en"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CAUSES)
def test_the_first_three_lines_are_the_answer(name: str, lang: str) -> None:
    report = builders.ALL[name]()
    said = [words(lang)[f"verdict.{report.verdict.cause}.{part}"] for part in ("what", "danger", "now")]
    assert text(report, lang).splitlines()[:3] == said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", CAUSES)
def test_no_line_is_wider_than_asked(name: str, width: int, lang: str) -> None:
    shown = text(builders.ALL[name](), lang, width, verbose=True)
    assert [line for line in shown.splitlines() if columns(line) > width] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CAUSES)
def test_nothing_is_left_unfilled(name: str, lang: str) -> None:
    shown = text(builders.ALL[name](), lang, verbose=True)
    assert not re.search(r"\{\w+\}|\[\[|\]\]|<[a-z]+\|[a-z]+>", shown)
    assert "\x1b" not in shown


def test_colour_only_when_asked() -> None:
    report = builders.hijacked()
    coloured = text(report, "ja", colour=True)
    assert coloured.startswith("\x1b[1;31m")
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text(report, "ja")


def test_each_sign_names_its_line_and_where_it_is() -> None:
    shown = text(builders.hijacked(), "en")
    assert "somebody who logged in with the right password. The account was" in shown
    assert "Authenticated sender: info@hanaya.example" in shown
    assert "(受信箱.mbox, byte 4,000)" in shown


def test_a_line_is_quoted_once_and_the_one_that_shows_the_params() -> None:
    entry = builders.sign("own-relay-authenticated", "outbound", 9.0, ip="203.0.113.200")
    entry = replace(entry, places=(builders.at(1), builders.at(2)))
    same = replace(builders.sign("account-named", "outbound", 8.0), places=entry.places)
    compared = replace(builders.sign("not-in-sent", "own", -4.0), places=entry.places)
    quotes = {builders.at(1): "from [203.0.113.100]", builders.at(2): "from [203.0.113.200]"}
    verdict = builders.judged("hijacked", 0.99, "critical", (entry, same, compared))
    shown = text(builders.report(verdict, plan=False, quotes=quotes), "en")
    assert re.findall(r"Evidence: \"(.*)\"", shown) == ["from [203.0.113.200]", "from [203.0.113.100]"]


def test_a_long_path_is_shortened_to_its_name() -> None:
    sign = Sign("account-named", "outbound", 9.0, "x", (Place("/home/somebody/backups/mail/2026/inbox.mbox", 7),))
    line = Sign("log-no-sending", "outbound", 9.0, "y", (Place("maillog", 70, line=12),))
    uid = Sign("limit-bounce", "outbound", 9.0, "z", (Place("INBOX", uid=77),))
    file = Sign("site-dropper", "outbound", 9.0, "f", (Place("uploads/x.php"),))
    shown = text(
        builders.report(builders.judged("hijacked", 0.99, "critical", (sign, line, uid, file)), plan=False), "en"
    )
    assert "(uploads/x.php)" in shown
    assert "(…/inbox.mbox, byte 7)" in shown
    assert "(maillog, line 12)" in shown
    assert "(INBOX, UID 77)" in shown


def test_the_same_sign_is_worded_for_the_cause() -> None:
    sign = builders.sign("own-relay-authenticated", "outbound", 9.0)
    mine, stolen = (
        text(builders.report(builders.judged(cause, 0.99, "notice", (sign,)), plan=False), "en")
        for cause in ("own", "hijacked")
    )
    assert "with your password" in mine
    assert "by somebody who\n    logged in" in stolen or "somebody who logged in" in stolen


def test_signs_that_do_not_fit_are_shown_apart() -> None:
    carrying, against = text(builders.forged(), "en").split("What does not fit")
    assert "may not send for your domain" in carrying
    assert "a\n    proper one for your domain" in against
    assert "it proves nothing" in against


def test_a_rest_of_doubt_about_a_break_in_is_said() -> None:
    assert "A chance of 3.0 % remains" in text(builders.forged(odds=0.03), "en")
    assert "remains" not in text(builders.forged(odds=0.001), "en")


def test_other_causes_are_named_beside_the_first() -> None:
    shown = text(builders.hijacked(), "ja")
    assert "このほかに、差出人を勝手に使われただけの通知が220通あります。" in shown
    assert "・乗っ取り（パスワードを使った送信）: 通知83通、宛先332件" in shown


def test_undecided_says_what_is_likeliest_and_what_would_settle_it() -> None:
    shown = text(builders.undecided(), "en")
    assert "The likeliest explanation is: break-in (sent with your password) (55 %)." in shown
    assert "mail-software login history (SMTP AUTH log) for 3 May 2026,\n    13:02 to 20:02" in shown
    unknown = builders.report(builders.judged("undecided", 0.4, "warning", ()))
    assert "the evidence does not settle it (40 %)" in text(unknown, "en")


def test_how_many_were_sent_with_its_basis() -> None:
    assert "410〜1,180通（最もありそうな数は620通）" in text(builders.hijacked(), "ja")
    assert "At least this many." in text(builders.forged(), "en")


def test_a_rough_guess_is_not_told_to_those_who_sent_it_themselves() -> None:
    guess = builders.hijacked().volume
    assert guess is not None
    prior = replace(guess, basis="prior")
    assert "How many" not in text(builders.own(volume=prior), "en")
    assert "How many" in text(builders.own(volume=replace(guess, basis="log")), "en")


def test_the_course_has_a_chart_when_there_is_something_to_draw() -> None:
    tallies = replace(builders.hijacked().tallies, by_hour={493_829: 60, 493_830: 23})
    shown = text(builders.hijacked(tallies=tallies), "ja")
    assert "█" in shown
    assert "最初のエラー通知が届く" in shown
    few = replace(tallies, bounces=2)
    assert "█" not in text(builders.hijacked(tallies=few), "ja")


def test_a_rise_is_told_beside_what_is_usual() -> None:
    surge = builders.hijacked().surges[0]
    ended = replace(surge, end=builders.T + 3600)
    assert "83通のメールが戻ってきました。ふだんは、ほとんど" in text(builders.hijacked(surges=(ended,)), "ja").replace(
        "\n  ", ""
    )
    assert "ふだんなら2.5通ほど" in text(builders.hijacked(surges=(replace(ended, expected=2.5),)), "ja").replace(
        "\n  ", ""
    )


def test_limits_that_were_kept_are_told_only_where_they_matter() -> None:
    kept = (replace(builders.hijacked().limits[0], crossed=None, free_again=None),)
    assert "it has not been reached" in text(builders.hijacked(limits=kept), "en")
    assert "it has not been reached" not in text(builders.forged(limits=kept), "en")
    assert "it has not been reached" in text(builders.forged(limits=kept), "en", verbose=True)


def told(shown: str) -> str:
    """The text without its line breaks."""
    return " ".join(shown.split())


def test_when_mail_goes_again() -> None:
    now = builders.T + builders.HOUR
    shown = told(text(builders.hijacked(generated=now), "en"))
    assert "You are over the limit of heteml: 1,000 messages an hour." in shown
    assert "send again from about 3 May 2026, 21:02." in shown


def test_a_limit_that_has_room_again_is_told_as_past() -> None:
    shown = told(text(builders.hijacked(), "en"))
    assert "the limit of heteml was exceeded: 1,000 messages an hour." in shown
    assert "From about 3 May 2026, 21:02 on you should have been able to send again." in shown
    assert "You are over" not in shown


def test_while_it_goes_on_no_date_is_promised() -> None:
    (use,) = builders.hijacked().limits
    shown = told(text(builders.hijacked(limits=(replace(use, free_again=None),)), "en"))
    assert "As long as so much is sent, the limit stays full" in shown


def test_every_limit_says_where_it_comes_from() -> None:
    (use,) = builders.hijacked().limits
    uses = {
        "looked up": replace(use, plan="standard"),
        "not looked up": replace(use, checked=False),
        "told": replace(use, source="said", date="2026-05-03"),
        "unknown": replace(use, crossed=None, limit=None),
    }
    shown = {key: told(text(builders.hijacked(limits=(limit,)), "en")) for key, limit in uses.items()}
    assert "Source of the limit: provider (2024). It is that of the plan \"standard\"" in shown["looked up"]
    assert "Nobody has looked this limit up yet (provider, 2024)." in shown["not looked up"]
    assert "The server named this limit itself (2026-05-03)." in shown["told"]
    assert "We know of no published sending limit of heteml." in shown["unknown"]


def test_a_limit_that_is_not_published_is_said_to_be_unknown() -> None:
    (use,) = builders.hijacked().limits
    shown = text(builders.hijacked(limits=(replace(use, limit=None),)), "en")
    assert "the limit itself is not published" in shown


def test_steps_that_can_wait_are_told_at_length_only_when_asked() -> None:
    brief, full = (text(builders.forged(), "en", verbose=verbose) for verbose in (False, True))
    assert "p=quarantine" not in brief
    assert "p=quarantine" in full
    assert "--verbose" in brief
    assert "--verbose" not in full


def test_the_providers_own_menu_is_named_with_a_caution() -> None:
    at_xserver = builders.hijacked(
        owner=Owner(("info@hanaya.example",), ("hanaya.example",), outbound=("sv1.xserver.jp",))
    )
    shown = text(at_xserver, "ja")
    assert "画面: サーバーパネル → メール → メールアカウント設定" in shown
    assert "画面の名前は変わることがあります" in shown.replace("\n      ", "")


def test_newsletters_are_counted_but_not_called_important() -> None:
    shown = text(builders.forged(), "ja")
    assert "埋もれていた大切なメール（3通）" in shown
    assert "週末セール" not in shown
    assert "ほかに1通" in shown


def test_without_a_flood_nothing_was_buried() -> None:
    assert "埋もれていた" not in text(builders.none(rescue=builders.BURIED), "ja")


def test_what_could_not_be_read_is_said() -> None:
    shown = text(builders.hijacked(), "ja")
    assert "読めなかったもの" in shown
    assert "古い.zip" in shown


def test_phishing_that_poses_as_errors_is_counted_apart() -> None:
    assert "Another 24 letters only pretend to be one." in text(builders.fake(), "en")


def test_long_lists_are_cut_and_say_so() -> None:
    report = builders.hijacked()
    many = replace(
        report,
        campaigns=report.campaigns * 5,
        rescue=report.rescue[:1] * 30,
        problems=report.problems * 30,
        timeline=report.timeline * 10,
        verdict=replace(report.verdict, signs=report.verdict.signs * 4),
    )
    shown = text(many, "en")
    for said in ("4 more groups", "And 10 more (modori rescue", "And 20 more.", "And 26 more (all", "10 more signs"):
        assert said in shown, said


NASTY = "\x1b[2J\u202eevil\u200b http://x.example/ {account} [[x]]"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_full_of_hostile_text_is_harmless(lang: str) -> None:
    at = Place(NASTY, 1)
    sign = Sign("account-named", "hijacked", 9.0, "x", (at,), {"account": NASTY})
    campaign = Campaign(NASTY, "hijacked", 0.99, 3, 3, 1.7e9, 1.7e9, NASTY, NASTY, signs=(sign,))
    other = replace(campaign, cause="forged")
    base = builders.report(builders.judged("hijacked", 0.99, "critical", (sign,)), campaign, other, plan=False)
    hostile: Report = replace(
        base,
        quotes={at: NASTY},
        rescue=tuple(replace(r, subject=NASTY, name=NASTY) for r in builders.BURIED),
        notices=tuple(replace(n, service=NASTY, where=NASTY) for n in builders.hijacked().notices),
        problems=(Problem("strange", at, {"name": NASTY}),),
        plan=Plan((Step("stop-program", "now", ("program",), "", {"scripts": (NASTY,)}),), (Draft("provider", NASTY),)),
    )
    shown = text(hostile, lang)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\u200b" not in shown
    assert "http:" not in shown


def test_an_unknown_sign_cause_step_or_notice_is_still_readable() -> None:
    sign = Sign("brand-new-sign", "hijacked", 2.0, "x")
    report = builders.report(builders.judged("hijacked", 0.9, "critical", (sign,)), plan=False)
    notice = replace(builders.hijacked().notices[0], kind="unheard-of")
    odd = replace(report, plan=Plan((Step("walk-the-dog", "now"),)), notices=(notice,))
    shown = text(odd, "en")
    assert "brand new sign" in shown
    assert "Instagram: a notice" in shown


def test_an_answer_of_the_user_without_words_of_its_own_is_still_attributed() -> None:
    sign = Sign("answer-something-new", "hijacked", 2.0, "x", params={"answer": "yes"})
    assert "This rests on what you told us: yes." in text(
        builders.report(builders.judged("hijacked", 0.9, "critical", (sign,)), plan=False), "en"
    )


def test_notices_of_the_incident_are_marked_true_false_or_unknown() -> None:
    base = builders.hijacked().notices[0]
    true, false = replace(base, genuine=True, service="Bank"), replace(base, genuine=False, service="Fake")
    old = replace(base, when=builders.T - 40 * builders.DAY, service="LongAgo")
    shown = text(builders.hijacked(notices=(base, true, false, old)), "en")
    assert "→ genuine" in shown
    assert "→ a forgery" in shown
    assert "Those without a mark cannot be verified" in shown
    assert "LongAgo" not in shown
    assert "Those without" not in text(builders.hijacked(notices=(true,)), "en")
    assert "LongAgo" in text(builders.none(notices=(old,)), "en")
