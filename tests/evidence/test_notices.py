"""Letters about the account: recognised by their words, believed only by the own server's stamp."""

from __future__ import annotations

import re
import tomllib
from email.header import Header
from pathlib import Path

import pytest

from modori.evidence import from_letter
from modori.knowledge import table
from modori.types import Notice
from tests.evidence.papers import letter

SUBJECTS = tomllib.loads(Path(__file__).with_name("notice-subjects.toml").read_text("utf-8"))
RECEIVED = (
    "from out.service.example (out.service.example [198.51.100.7]) by mx.provider.example (Postfix) with ESMTP id 1"
)


def written(
    subject: str,
    body: str = "",
    sender: str = "Service <security@service.example>",
    results: str = "",
    received: str = RECEIVED,
) -> bytes:
    stamp = f"Authentication-Results: mx.provider.example; {results}\r\n" if results else ""
    return (
        f"{stamp}Received: {received};\r\n\tThu, 19 Feb 2026 09:50:50 +0900\r\nFrom: {sender}\r\nTo: info@farm.example\r\n"
        f"Subject: {Header(subject, 'utf-8').encode()}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + body.encode()


def notice(raw: bytes, trusted: bool = True) -> Notice | None:
    found = from_letter(letter(raw), trusted)
    assert all(isinstance(fact, Notice) for fact in found)
    return found[0] if found and isinstance(found[0], Notice) else None


@pytest.mark.parametrize(("kind", "subject"), [(kind, text) for kind, texts in SUBJECTS.items() for text in texts])
def test_a_subject_tells_the_kind(kind: str, subject: str) -> None:
    found = notice(written(subject, "info@farm.example"))
    assert (found.kind if found else "nothing") == kind


def test_every_pattern_has_a_subject() -> None:
    kinds = {name: entry for name, entry in table("notices")["kinds"].items() if isinstance(entry, dict)}
    assert kinds.keys() == SUBJECTS.keys() - {"nothing"}
    idle = [
        pattern
        for name, entry in kinds.items()
        for pattern in entry["subject"]
        if not any(re.search(pattern, subject, re.IGNORECASE) for subject in SUBJECTS[name])
    ]
    assert idle == []


@pytest.mark.parametrize("service", table("notices")["services"])
def test_a_service_is_believed_when_the_own_server_stamped_it(service: str) -> None:
    entry = table("notices")["services"][service]
    for domain in entry["domains"]:
        passed = f"dkim=pass header.d={domain}; spf=pass smtp.mailfrom=b@{domain}; dmarc=pass header.from={domain}"
        found = notice(written("Security alert: new sign-in", sender=f"X <no-reply@mail.{domain}>", results=passed))
        assert found is not None
        assert found.genuine is True
    forged = notice(written(f"{entry['words'][0]}: new login", sender="security@evil.example", results="dkim=pass"))
    assert forged is not None
    assert (forged.service, forged.genuine) == (entry["name"], False)


@pytest.mark.parametrize(
    ("results", "genuine"),
    [
        ("dkim=pass header.d=service.example", True),
        ("dkim=pass header.i=@mail.service.example", True),
        ("spf=pass smtp.mailfrom=bounce@service.example", True),
        ("dmarc=pass header.from=service.example", True),
        ("dkim=pass header.d=evil.example", None),
        ("dkim=fail header.d=service.example", False),
        ("dkim=pass header.d=evil.example; dmarc=fail header.from=service.example", False),
        ("spf=softfail smtp.mailfrom=x@service.example", None),
        ("", None),
    ],
)
def test_only_an_aligned_pass_is_genuine(results: str, genuine: bool | None) -> None:
    found = notice(written("New login to your account", results=results))
    assert found is not None
    assert found.genuine is genuine


def test_nothing_is_genuine_when_the_stamp_is_not_the_own_servers() -> None:
    found = notice(written("New login", results="dkim=pass header.d=service.example"), trusted=False)
    assert found is not None
    assert found.genuine is None


def test_the_place_of_a_login_is_told() -> None:
    found = notice(
        written(
            "新しい端末からのログイン", "ログインがありました。\n場所: ブラジル サンパウロ\nIPアドレス: 203.0.113.9\n"
        )
    )
    assert found is not None
    assert (found.kind, found.where, found.params["ip"]) == ("new-login", "ブラジル サンパウロ", "203.0.113.9")
    assert found.when == 1771462250.0


INSIDE = (
    "from out2.provider.example (out2.provider.example [192.0.2.36]) by mx.provider.example (Postfix) with ESMTPS id 1"
)


@pytest.mark.parametrize(
    ("body", "count", "limit", "window"),
    [
        (
            "アカウント【info@farm.example】より1時間あたり【1,000】件のメールが送信されたため制限しました。",
            1000,
            None,
            "hour",
        ),
        ("info@farm.example から24時間に5200通が送信されました。上限は5000通です。", 5200, 5000, "day"),
        ("The mailbox info@farm.example sent 320 messages per hour; the limit is 300.", 320, 300, "hour"),
        ("Domain farm.example has exceeded the max emails per hour (125/100 (125%)) allowed.", 125, 100, "hour"),
    ],
)
def test_a_providers_notice_carries_its_count(body: str, count: int, limit: int | None, window: str) -> None:
    raw = written("【重要】送信数上限のお知らせ", body, "support@provider.example", received=INSIDE)
    found = notice(raw)
    assert found is not None
    assert (found.kind, found.service, found.genuine) == ("send-limit", "provider.example", True)
    assert (found.count, found.params.get("limit"), found.params["window"]) == (count, limit, window)


def test_a_notice_below_the_delivery_into_the_mailbox_is_inside_too() -> None:
    raw = written("Sending limit", "info@farm.example: 70 messages", "support@provider.example", received=INSIDE)
    lmtp = b"Received: from mx.provider.example\r\n\tby mx.provider.example with LMTP id x; Thu, 19 Feb 2026 09:50:50 +0900\r\n"
    found = notice(lmtp + raw)
    assert found is not None
    assert found.genuine is True


def test_a_stranger_that_poses_as_the_provider_is_not_believed() -> None:
    outside = "from out2.provider.example (unknown [203.0.113.9]) by mx.provider.example (Postfix) with ESMTP id 1"
    found = notice(written("Sending limit", "info@farm.example", "support@provider.example", received=outside))
    assert found is not None
    assert found.genuine is None


def test_talk_about_limits_without_numbers_or_accounts_is_no_notice() -> None:
    assert notice(written("送信制限についてのご案内", "新しいプランをご用意しました。")) is None


def test_a_notice_in_html_alone_is_read() -> None:
    raw = written("New login", "<p>Location: <b>Hanoi</b></p>").replace(b"text/plain", b"text/html")
    found = notice(raw)
    assert found is not None
    assert found.where == "Hanoi"
