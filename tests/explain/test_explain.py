"""Which witness is believed: the host's own rules, words, exact codes, stages, vague codes, the dialect."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.explain import explain, reason
from modori.knowledge import table
from modori.types import Bounce, Failure, Place

SEVEN = {  # the texts that a university explains to its users
    "550 5.1.1 <taro@example.jp>... User unknown": "user-unknown",
    "550 5.1.2 <taro@shop.example>... Host unknown (Name server: shop.example: host not found)": "host-unknown",
    "The file invoice.zip has been infected with the virus W32/Example": "virus-detected",
    "552 Message size exceeds remaining quota": "mailbox-full",
    "552 Message exceeds maximum fixed size": "message-too-big",
    "Message could not be delivered for 5 days": "expired",
    "550 Fragmented emails are not permitted": "fragmented",
}


def failure(diagnosis: str = "", **more: object) -> Failure:
    return Failure("taro@example.jp", diagnosis=diagnosis, **more)


@pytest.mark.parametrize(("text", "code"), SEVEN.items())
def test_the_seven_texts(text: str, code: str) -> None:
    assert reason(failure(text)).code == code


def test_words_are_believed_before_codes() -> None:
    found = reason(failure("550 5.1.1 too many messages from your host", status="5.1.1", reply=550, command="RCPT"))
    assert (found.code, found.permanent) == ("rate-limited", False)
    assert found.because == "too many messages from"


def test_an_exact_status_is_believed_before_weak_words() -> None:
    assert reason(failure("550 5.1.1 rejected", status="5.1.1", reply=550)).code == "user-unknown"
    assert reason(failure("550 rejected", reply=550)).code == "rejected"


def test_one_text_means_different_things_at_different_hosts() -> None:
    text = "550 Unknown user taro@docomo.ne.jp"
    assert reason(failure(text, remote_mta="mfsmax.docomo.ne.jp", command="RCPT")).code == "user-unknown"
    assert reason(failure(text, remote_mta="mfsmax.docomo.ne.jp")).code == "filtered"
    assert reason(failure(text, remote_mta="mx.example.jp")).code == "user-unknown"


def test_a_host_that_only_ends_alike_is_another() -> None:
    refused = "550 5.4.1 taro@example.jp: Recipient address rejected: Access denied"
    assert reason(failure(refused, status="5.4.1", remote_mta="x.outlook.com")).because.startswith(
        "microsoft: recipient"
    )
    assert reason(failure("RCP-P1", remote_mta="mx.notfacebook.com")).code == "on-hold"


def test_user_unknown_in_answer_to_mail_speaks_of_the_sender() -> None:
    assert reason(failure("550 user unknown", reply=550, command="MAIL")).code == "rejected"


def test_codes_speak_when_there_are_no_words() -> None:
    assert reason(failure(status="5.1.1")).code == "user-unknown"
    assert reason(failure(reply=550, command="RCPT")).code == "user-unknown"
    assert reason(failure(reply=554, command="CONN")).code == "blocked"
    assert reason(failure(status="5.2.2", reply=550)).because == "5.2.2"
    assert reason(failure(action="delayed", status="4.0.0")).code == "expired"


def test_without_words_and_codes_the_dialect_speaks() -> None:
    assert reason(failure("xyz"), "googlegroups").code == "rejected"
    assert reason(failure("xyz")).code == "on-hold"
    assert reason(failure()).code == "undefined"


def test_what_is_no_failure_gets_its_own_reason() -> None:
    assert reason(failure("user unknown", action="delivered")).code == "delivered"
    assert reason(failure("user unknown", action="complaint", feedback="abuse")).because == "abuse"
    assert reason(failure("", action="answered")).code == "auto-reply"
    assert reason(failure("", action="complaint", feedback="auth-failure")).code == "authentication-report"


def test_a_host_that_takes_no_mail_is_permanent_unless_the_code_says_temporary() -> None:
    text = "returned Null MX"
    assert reason(failure(text, status="5.1.10")).permanent
    assert not reason(failure(text, status="4.0.0")).permanent


def test_words_inside_an_address_or_its_host_are_nobodys_words() -> None:
    assert reason(failure("<mailbox.full@spam.virus-detected.example>: 550 user unknown")).code == "user-unknown"


def test_every_failure_of_a_bounce_is_explained_and_nothing_else_changes() -> None:
    bounce = Bounce(Place("box"), "postfix", "mx", 0.0, (failure("user unknown"), failure("mailbox full")))
    once = explain(bounce)
    assert [f.reason.code for f in once.failures if f.reason] == ["user-unknown", "mailbox-full"]
    assert explain(once) == once
    assert [f.diagnosis for f in once.failures] == [f.diagnosis for f in bounce.failures]


TEXT = st.text(max_size=300) | st.sampled_from(["550 5.1.1 ", "user ", "mailbox ", "domain of sender address "]).map(
    lambda piece: piece * 40
)


@given(
    TEXT,
    st.sampled_from(["", "5.1.1", "5.", "9.9.9", "5.0.0", "x"]),
    st.integers(0, 999),
    st.sampled_from(["", "CONN", "MAIL", "RCPT", "DATA", "XYZ"]),
    st.sampled_from(["failed", "delayed", "answered"]),
    st.text(max_size=40),
)
def test_explain_never_raises(text: str, status: str, reply: int, command: str, action: str, host: str) -> None:
    given_failure = failure(text, status=status, reply=reply, command=command, action=action, remote_mta=host)
    found = reason(given_failure)
    assert found.code in table("reasons")
    assert reason(given_failure) == found


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "@",
        "<a@",
        "user ",
        "mailbox x ",
        "550-5.7.1 ",
        "550-",
        "domain of sender address ",
        "宛先",
        "\ufdfa",
        "-",
    ],
)
def test_a_megabyte_costs_no_more_than_a_page(piece: str) -> None:
    begin = time.perf_counter()
    reason(failure(piece * (1_000_000 // len(piece))))
    assert time.perf_counter() - begin < 1.0  # milliseconds on a free machine; a backtracking pattern takes minutes
