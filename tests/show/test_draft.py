"""Letters that the user sends: complete, without what is unknown, without what is private."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from modori.show.draft import written
from modori.types import Draft
from tests.show import builders


def drafted(report: object, identity: str, lang: str = "ja"):  # type: ignore[no-untyped-def]
    draft = next(d for d in report.plan.drafts if d.id == identity)  # type: ignore[attr-defined]
    return written(report, draft, lang)  # type: ignore[arg-type]


def test_the_provider_gets_account_times_addresses_and_evidence() -> None:
    letter = drafted(builders.hijacked(), "provider")
    assert letter.subject.endswith("：info@hanaya.example")
    for fact in ("83通", "2026年5月3日 14:02 〜 19:02（日本時間）", "203.0.113.198", "with ESMTPSA id 4F2A1B3C9D"):
        assert fact in letter.body


def test_what_is_unknown_is_left_out() -> None:
    letter = drafted(builders.neighbour(), "provider", "en")
    assert "Connecting IP addresses" not in letter.body
    assert "Sending program" not in letter.body
    assert "another customer of the same server" in letter.body


def test_without_evidence_the_place_for_it_is_marked() -> None:
    report = replace(builders.hijacked(), quotes={})
    assert "  —" in drafted(report, "provider").body


def test_an_abuse_desk_gets_english_and_utc_and_no_recipients() -> None:
    report = builders.hijacked()
    private = {
        at: line.replace(" by out3", " for <friend@private.example> by out3") for at, line in report.quotes.items()
    }
    letter = drafted(replace(report, quotes=private), "abuse", "ja")
    assert "Period: 3 May 2026, 05:02 to 10:02 (UTC)" in letter.body
    assert "friend@private.example" not in letter.body
    assert "ESMTPSA" in letter.body


def test_contacts_get_no_links() -> None:
    letter = drafted(builders.hijacked(), "contacts", "en")
    assert "http" not in letter.body
    assert "hxxp" not in letter.body


def test_mailto_opens_the_letter_filled_in() -> None:
    letter = replace(drafted(builders.hijacked(), "contacts", "en"), to="friends@example.org")
    link = letter.mailto()
    assert link.startswith("mailto:friends@example.org?subject=Suspicious%20mail")
    assert unquote(link).endswith(letter.body.replace("\n", "\r\n"))


def test_hostile_params_stay_in_their_line() -> None:
    report = builders.hijacked()
    draft = Draft("provider", params={"account": "a\r\nBcc: victim@example.org\x1b[2J"})
    letter = written(report, draft, "en")
    assert "\nBcc:" not in letter.body
    assert "\n" not in letter.subject
    assert "\x1b" not in letter.body
