"""Which program sent: named, a newsletter, a form that answers; the fields count only under a program's entry line."""

from __future__ import annotations

from tests.attribute.build import (
    NOON,
    WEB,
    by_program,
    forged,
    hijacked,
    local_line,
    many,
    ordinary,
    original,
    own_bounce,
    stamp,
)

PHP = ["X-PHP-Originating-Script: 1017:cache.php"]
ANSWER = ["Auto-Submitted: auto-replied", "X-PHP-Originating-Script: 1017:contact.php"]


def test_php_names_the_script() -> None:
    assert many(by_program(extra=PHP)).signs()["script-named"].params["script"] == "cache.php"


def test_the_same_field_on_letters_of_another_kind_is_text() -> None:
    assert "script-named" not in many(forged(extra=PHP)).signs()
    assert "script-named" not in many(hijacked()).signs()


def test_a_newsletter_program() -> None:
    found = many(by_program(extra=["X-Mailer: acmailer ver4.0"])).signs()
    assert "newsletter-program" in found


def test_an_ordinary_mailer_is_no_newsletter_program() -> None:
    assert "newsletter-program" not in many(by_program(extra=["X-Mailer: Mozilla Thunderbird"])).signs()


def test_a_form_that_tells_the_owner_whom_it_answered() -> None:
    told = [
        ordinary(n, "form@kitchen.example", NOON, [local_line()], body=f"From: u{n}@shop.example\n") for n in range(20, 28)
    ]
    letters = [
        raw.replace(b"u%d@shop.example" % n, b"u%d@shop.example" % (20 + n)) for n, raw in enumerate(by_program(extra=ANSWER))
    ]
    form = [
        letter.replace(b"Received: by web7", f"Received: from {WEB} ({WEB} [192.0.2.12])\n\tby mx1.hosting.example (Postfix)"
                       f" with ESMTP id 5D01; {stamp(NOON)}\nReceived: by web7".encode())
        for letter in told
    ]  # fmt: skip
    found = many([*letters, *form]).signs()
    assert "form-notified" in found
    assert "auto-submitted" in found


def test_an_answer_nobody_was_told_of() -> None:
    found = many(by_program(extra=ANSWER)).signs()
    assert "form-notified" not in found
    assert "answered-senders" not in found


def test_the_answered_had_written_before() -> None:
    wrote = [ordinary(30 + n, f"u{n}@shop.example") for n in range(8)]
    assert "answered-senders" in many([*by_program(extra=ANSWER), *wrote]).signs()


def test_letters_that_call_themselves_nothing() -> None:
    assert "not-automatic" in many(by_program()).signs()
    assert "not-automatic" not in many(by_program(extra=ANSWER)).signs()


def test_an_absence_notice_made_inside_the_own_server() -> None:
    line = f"from localhost (localhost [127.0.0.1])\n\tby out1.hosting.example (Postfix) with ESMTP id 7701; {stamp(NOON)}"
    answers = [
        own_bounce(
            original([line], number=n, to=f"u{n}@shop.example", extra=["Auto-Submitted: auto-replied"]),
            recipient=f"u{n}@shop.example",
        )
        for n in range(8)
    ]
    wrote = [ordinary(30 + n, f"u{n}@shop.example") for n in range(8)]
    assert many([*answers, *wrote]).causes() == ["autoreply"]
    assert many(answers).causes() != ["autoreply"]  # nobody wrote: then the mark is the sender's word alone
