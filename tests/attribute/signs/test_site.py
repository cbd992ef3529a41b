"""The owner's site: planted mailers, newsletter programs, forms, the calls they got, and programs it does not hold."""

from __future__ import annotations

from modori.types import Login, Place, SiteFile, Visit
from tests.attribute.build import BOTS, DAY, HOME_IP, NOON, OWNER, Mailbox, by_program, forged, hijacked, many

DROPPED = ["X-PHP-Originating-Script: 1017:cache-x.php"]
FORM = ["X-PHP-Originating-Script: 1017:contact.php", "Auto-Submitted: auto-replied"]


def _file(path: str, kind: str, risk: float = 0.3) -> SiteFile:
    return SiteFile(Place(f"site/{path}"), path, kind, risk=risk)


def _call(path: str, when: float = NOON, ip: str = BOTS[0], status: int = 200) -> Visit:
    return Visit(Place("access_log", int(when)), when, when + 60, ip, "POST", path, status, 5)


def test_a_planted_mailer_that_strangers_called() -> None:
    mailbox = many(by_program(extra=DROPPED)).know(
        _file("img/cache-x.php", "dropper", 0.95), _call("/img/cache-x.php"), _call("/img/cache-x.php", ip=BOTS[1])
    )
    found = mailbox.signs()
    assert found["site-dropper"].params["path"] == "img/cache-x.php"
    assert found["post-to-script"].params["count"] == 10
    assert mailbox.causes() == ["script"]


def test_a_newsletter_program() -> None:
    found = many(by_program(extra=["X-Mailer: acmailer"])).know(
        _file("mail/send.cgi", "newsletter-cgi"), _call("/mail/send.cgi?mode=send")
    ).signs()  # fmt: skip
    assert {"site-mailer", "post-to-script"} <= found.keys()


def test_a_newsletter_program_that_did_not_write_these_letters() -> None:
    assert "site-mailer" not in many(by_program()).know(_file("mail/send.cgi", "newsletter-cgi")).signs()


def test_a_form_is_a_form_although_strangers_call_it() -> None:
    mailbox = many(by_program(extra=FORM)).know(_file("contact.php", "form-mailer"), _call("/contact.php"))
    assert {"site-form", "post-to-script"} <= mailbox.signs().keys()
    assert "site-dropper" not in mailbox.signs()
    assert "script" not in mailbox.causes()


def test_a_program_that_the_site_does_not_hold() -> None:
    found = many(by_program(extra=DROPPED)).know(_file("contact.php", "form-mailer"), _call("/contact.php")).signs()
    assert "script-not-on-site" in found
    assert "post-to-script" not in found


def test_a_mail_library_is_called_by_whatever_includes_it() -> None:
    library = ["X-PHP-Originating-Script: 1017:class-phpmailer.php"]
    assert "script-not-on-site" not in many(by_program(extra=library)).know(_call("/index.php")).signs()


def test_calls_of_another_month_or_refused_ones() -> None:
    for visit in (_call("/img/cache-x.php", NOON - 40 * DAY), _call("/img/cache-x.php", status=403)):
        assert "post-to-script" not in many(by_program(extra=DROPPED)).know(visit).signs()


def test_the_site_says_nothing_of_letters_that_no_program_handed_in() -> None:
    known = (_file("img/cache-x.php", "dropper", 0.95), _call("/img/cache-x.php"))
    ids = {"site-dropper", "site-mailer", "site-form", "post-to-script", "script-not-on-site"}
    assert not ids & many(hijacked()).know(*known).signs().keys()
    assert not ids & many(forged(extra=DROPPED)).know(*known).signs().keys()


def test_a_newsletter_that_the_owner_sent_from_the_usual_address() -> None:
    reads = [Login(Place("log"), NOON - n * DAY, "mx1", OWNER, HOME_IP, "imap", True) for n in range(1, 5)]
    mailbox = many(by_program(extra=["X-Mailer: acmailer"])).know(_file("mail/send.cgi", "newsletter-cgi"), *reads)
    mine = Mailbox(mailbox.letters, facts=[*mailbox.facts, _call("/mail/send.cgi", ip=HOME_IP)])
    assert "post-by-owner" in mine.signs()
    assert "script" not in mine.causes()
    theirs = Mailbox(mailbox.letters, facts=[*mine.facts, _call("/mail/send.cgi")])
    assert "post-to-script" in theirs.signs()
