"""The record of Sisimai 5: its fields, its types, its names for reasons."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from modori.knowledge import table
from modori.show import sisimai
from modori.types import Original, Reason
from tests.show.bounces import BOUNCE, RETURNED, UNKNOWN, failing

TEXTS = [
    "action",
    "addresser",
    "alias",
    "command",
    "smtpcommand",
    "decodedby",
    "smtpagent",
    "deliverystatus",
    "destination",
    "diagnosticcode",
    "diagnostictype",
    "feedbackid",
    "feedbacktype",
    "lhost",
    "listid",
    "messageid",
    "origin",
    "reason",
    "recipient",
    "replycode",
    "rhost",
    "senderdomain",
    "subject",
    "timezoneoffset",
    "token",
]
REASONS = [
    "authfailure",
    "badreputation",
    "blocked",
    "contenterror",
    "delivered",
    "exceedlimit",
    "expired",
    "failedstarttls",
    "feedback",
    "filtered",
    "hasmoved",
    "hostunknown",
    "mailboxfull",
    "mailererror",
    "mesgtoobig",
    "networkerror",
    "norelaying",
    "notaccept",
    "notcompliantrfc",
    "onhold",
    "policyviolation",
    "rejected",
    "requireptr",
    "securityerror",
    "spamdetected",
    "speeding",
    "suppressed",
    "suspend",
    "syntaxerror",
    "systemerror",
    "systemfull",
    "toomanyconn",
    "undefined",
    "userunknown",
    "vacation",
    "virusdetected",
]


def test_every_field_is_there_with_its_type() -> None:
    (found,) = sisimai.records(BOUNCE, RETURNED)
    assert {name for name, value in found.items() if isinstance(value, str)} == set(TEXTS)
    assert found.keys() - set(TEXTS) == {"catch", "hardbounce", "timestamp"}
    assert type(found["hardbounce"]) is bool
    assert type(found["timestamp"]) is int


def test_the_values_are_those_of_the_bounce() -> None:
    (found,) = sisimai.records(BOUNCE, RETURNED)
    assert (found["reason"], found["hardbounce"], found["deliverystatus"]) == ("userunknown", True, "5.1.1")
    assert (found["replycode"], found["command"], found["rhost"]) == ("550", "RCPT", "mx.example.jp")
    assert (found["addresser"], found["senderdomain"]) == ("info@hanaya.example", "hanaya.example")
    assert (found["destination"], found["listid"]) == ("example.jp", "news.hanaya.example")
    assert (found["decodedby"], found["diagnostictype"], found["origin"]) == ("Postfix", "SMTP", "box.mbox")


def test_the_token_names_sender_recipient_and_second() -> None:
    token = sisimai.token("Info@hanaya.example", "taro@example.jp", 1_777_784_520)
    assert len(token) == 40
    assert token == sisimai.token("info@hanaya.example", "TARO@example.jp", 1_777_784_520)
    assert token != sisimai.token("info@hanaya.example", "taro@example.jp", 1_777_784_521)


def test_each_of_its_reasons_is_somebodys_and_no_other_is_used() -> None:
    assert {entry["sisimai"] for entry in table("reasons").values()} == set(REASONS)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"command": "RCPT", "status": "5.0.0"}, ("userunknown", True)),
        ({"command": "DATA", "status": "5.0.0"}, ("filtered", False)),
        ({"command": "", "status": ""}, ("filtered", False)),
        ({"command": "", "status": "5.1.1"}, ("userunknown", True)),
    ],
)
def test_an_unknown_user_refused_after_the_content_is_filtered(
    more: dict[str, str], expected: tuple[str, bool]
) -> None:
    (found,) = sisimai.records(failing(**more), None)
    assert (found["reason"], found["hardbounce"]) == expected


def test_a_programs_own_words_need_no_stage() -> None:
    bounce = replace(failing(command="", status="", reply=0), dialect="domino")
    assert sisimai.reason_name(bounce.failures[0], bounce.dialect) == "userunknown"


def test_a_program_that_refuses_at_rcpt_alone_is_believed() -> None:
    (failure,) = failing(command="", status="5.0.0").failures
    assert sisimai.reason_name(failure, "messagelabs") == "userunknown"
    assert sisimai.reason_name(failure, "postfix") == "filtered"


@pytest.mark.parametrize(
    ("code", "action", "reply", "status"),
    [
        ("mailbox-full", "failed", 0, "5.0.922"),
        ("mailbox-full", "failed", 450, "4.0.922"),
        ("expired", "delayed", 0, "4.0.947"),
        ("complaint", "complaint", 0, ""),
    ],
)
def test_a_missing_status_is_made_up_as_sisimai_does(code: str, action: str, reply: int, status: str) -> None:
    bounce = failing(reason=Reason(code, False), status="", action=action, reply=reply)
    (found,) = sisimai.records(bounce, None)
    assert found["deliverystatus"] == status


def test_what_stage_decides_for_sisimai() -> None:
    worn = replace(UNKNOWN, reason=Reason("bad-reputation", False))
    assert sisimai.reason_name(replace(worn, command="MAIL"), "postfix") == "rejected"
    assert sisimai.reason_name(replace(worn, command="RCPT"), "postfix") == "badreputation"


def test_an_empty_bounce_is_still_a_whole_record() -> None:
    empty = replace(BOUNCE, when=None, failures=(replace(UNKNOWN, recipient="\udcff", reason=None),))
    (found,) = sisimai.records(empty, Original())
    assert msgspec.json.decode(msgspec.json.encode(found))["reason"] == "undefined"
