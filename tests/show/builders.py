"""Reports of every cause, made by hand as the pipeline would make them: what show and advise are tried on."""

from __future__ import annotations

from dataclasses import replace

from modori.advise import advise
from modori.types import (
    Campaign,
    LimitUse,
    Missing,
    Moment,
    Notice,
    Origin,
    Owner,
    Place,
    Problem,
    Report,
    Rescued,
    Sign,
    Surge,
    Tallies,
    Verdict,
    Volume,
)

T = 1_777_784_520.0  # 2026-05-03 05:02 UTC, 14:02 in Japan
HOUR, DAY = 3600.0, 86_400.0
JAPAN = 540
SHOP = Owner(
    addresses=("info@hanaya.example",),
    domains=("hanaya.example",),
    inbound=("mx1.rental.example",),
    outbound=("out3.rental.example",),
    networks=("192.0.2.7",),
    client_ips=("203.0.113.5",),
)
BOX = "受信箱.mbox"


def at(number: int) -> Place:
    return Place(BOX, offset=4_000 * number, length=3_900)


def sign(identity: str, toward: str, bits: float, number: int = 1, **params: object) -> Sign:
    return Sign(identity, toward, bits, identity, (at(number),), params)


def campaign(cause: str, *signs: Sign, bounces: int = 83, **more: object) -> Campaign:
    made = Campaign(
        id=f"c-{cause}",
        cause=cause,
        confidence=0.998,
        bounces=bounces,
        recipients=bounces * 4,
        first=T,
        last=T + 5 * HOUR,
        subject="お支払い方法の更新のお願い",
        sender="info@hanaya.example",
        signs=signs,
        last_sent=T + 4 * HOUR,
        witnesses=(at(1), at(2)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def rescued(number: int, name: str, subject: str, kind: str, why: str, rank: int) -> Rescued:
    sender = f"person{number}@partner.example"
    return Rescued(
        at(100 + number), f"m{number}@partner.example", sender, name, subject, T + number * HOUR, kind, why, rank
    )


BURIED = (
    rescued(1, "田中 直子", "Re: 母の日の花束の件", "reply", "reply-to-yours", 0),
    rescued(2, "みどり銀行", "【みどり銀行】振込入金のお知らせ", "bank", "bank", 2),
    rescued(3, "青木商店", "5月分ご請求書の送付", "invoice", "invoice", 2),
    rescued(4, "花の問屋", "週末セールのご案内", "newsletter", "newsletter", 9),
)

RECEIVED = (
    "Received: from [203.0.113.198] (unknown [203.0.113.198]) (Authenticated sender: info@hanaya.example) "
    "by out3.rental.example (Postfix) with ESMTPSA id 4F2A1B3C9D; Sun,  3 May 2026 14:02:11 +0900 (JST)"
)


def report(verdict: Verdict, *campaigns: Campaign, plan: bool = True, **more: object) -> Report:
    """A report around a verdict; with its plan unless told otherwise."""
    bounces = sum(c.bounces for c in campaigns)
    made = Report(
        generated=T + 2 * DAY,
        owner=SHOP,
        verdict=verdict,
        campaigns=campaigns,
        tallies=Tallies(letters=bounces + 106, bounces=bounces, failures=bounces, by_reason={"user-unknown": bounces}),
        quotes={at(1): RECEIVED} if campaigns else {},
        zone_minutes=JAPAN,
    )
    made = replace(made, **more)  # type: ignore[arg-type]
    return replace(made, plan=advise(made)) if plan else made


def judged(cause: str, confidence: float, severity: str, signs: tuple[Sign, ...], **more: object) -> Verdict:
    return Verdict(cause, confidence, severity, signs, **more)  # type: ignore[arg-type]


def hijacked(**more: object) -> Report:
    signs = (
        sign(
            "own-relay-authenticated",
            "outbound",
            9.0,
            host="out3.rental.example",
            account="info@hanaya.example",
            ip="203.0.113.198",
            protocol="ESMTPSA",
        ),
        sign("many-networks", "hijacked", 6.0, 2, count=12),
        sign("not-in-sent", "own", -4.0, 3, of=83),
        sign("provider-notice", "outbound", 9.0, 4, count=1000),
    )
    origin = Origin(ip="203.0.113.198", account="info@hanaya.example", ips=("203.0.113.198", "203.0.113.137"))
    mine = campaign("hijacked", *signs, origin=origin)
    noise = campaign("forged", sign("foreign-top-hop", "outbound", -7.0, 5, ip="198.51.100.9"), bounces=220)
    rest: dict[str, object] = {
        "surges": (Surge(T, T + 480, None, 83, 0.02, 12.0, mine.id),),
        "volume": Volume(410, 620, 1180, "truncated-beta-binomial"),
        "limits": (
            LimitUse(
                "heteml", "hour", 1000, Volume(300, 450, 900, "prior"), T + HOUR, T + 7 * HOUR, "provider", "2024"
            ),
        ),
        "rescue": BURIED,
        "notices": (Notice(at(90), T + 2 * HOUR, "new-login", "Instagram", None, "Brazil"),),
        "timeline": (
            Moment(T, "first-bounce", {}, at(1)),
            Moment(T + 480, "surge-alarm", {"count": 3}),
            Moment(T + HOUR, "limit-reached", {"limit": 1000}),
            Moment(T + 5 * HOUR, "last-bounce"),
        ),
        "problems": (Problem("truncated", Place("古い.zip")),),
    }
    return report(judged("hijacked", 0.998, "critical", signs, hijack_odds=0.999), mine, noise, **{**rest, **more})


def script(**more: object) -> Report:
    signs = (
        sign("local-submission", "outbound", 9.0, host="web7.rental.example", uid="10033"),
        sign("script-named", "script", 9.0, 2, script="/wp-content/uploads/x1.php"),
    )
    origin = Origin(script="/wp-content/uploads/x1.php", host="web7.rental.example")
    return report(
        judged("script", 0.99, "critical", signs, hijack_odds=0.99), campaign("script", *signs, origin=origin), **more
    )


def newsletter(**more: object) -> Report:
    signs = (
        sign("local-submission", "outbound", 9.0, host="web7.rental.example", uid="10033"),
        sign("newsletter-program", "script", 4.0, 2, mailer="acmailer3.0"),
    )
    return report(judged("script", 0.97, "critical", signs, hijack_odds=0.98), campaign("script", *signs), **more)


def device(**more: object) -> Report:
    signs = (
        sign("own-relay-authenticated", "outbound", 9.0, host="out3.rental.example", ip="203.0.113.5"),
        sign("usual-network", "device", 5.0, 2, ip="203.0.113.5"),
    )
    origin = Origin(ip="203.0.113.5", ips=("203.0.113.5",))
    return report(
        judged("device", 0.95, "critical", signs, hijack_odds=0.97), campaign("device", *signs, origin=origin), **more
    )


def forged(odds: float = 0.001, **more: object) -> Report:
    signs = (
        sign("foreign-top-hop", "outbound", -7.0, ip="198.51.100.77", by="mx.partner.example"),
        sign("spf-fail", "outbound", -6.0, 2, ip="198.51.100.77", domain="hanaya.example", by="mx.partner.example"),
        sign("dkim-missing", "outbound", -4.0, 3, domain="hanaya.example", samples=120),
        sign("own-below-untrusted", "outbound", 0.3, 4, host="out3.rental.example"),
        sign("spf-pass", "outbound", 4.0, 5, ip="198.51.100.77", domain="hanaya.example"),
    )
    rest: dict[str, object] = {
        "surges": (Surge(T, T + 600, T + 20 * HOUR, 2000, 1.4),),
        "volume": Volume(2000, 2000, 2000, "lower-bound"),
        "rescue": BURIED,
    }
    verdict = judged("forged", 0.999 - odds, "notice", signs, hijack_odds=odds)
    return report(verdict, campaign("forged", *signs, bounces=2000), **{**rest, **more})


def own(by_reason: dict[str, int] | None = None, **more: object) -> Report:
    signs = (
        sign("message-id-in-sent", "own", 7.0, count=11, of=11),
        sign("usual-network", "device", 2.0, 2, ip="203.0.113.5"),
    )
    counts = by_reason if by_reason is not None else {"user-unknown": 7, "mailbox-full": 2, "authentication-failed": 2}
    tallies = Tallies(letters=114, bounces=11, failures=11, by_reason=counts)
    verdict = judged("own", 0.99, "notice", signs, hijack_odds=0.004)
    return report(verdict, campaign("own", *signs, bounces=11), **{"tallies": tallies, **more})


def forwarded(**more: object) -> Report:
    signs = (
        sign("forwarding-hop", "forwarded", 8.0, to="naoko@mail.example"),
        sign("forwarded-same-letter", "forwarded", 6.0, 2),
    )
    return report(judged("forwarded", 0.98, "notice", signs), campaign("forwarded", *signs, bounces=22), **more)


def autoreply(form: bool = True, **more: object) -> Report:
    named = (
        sign("local-submission", "outbound", 9.0, host="web7.rental.example")
        if form
        else sign("answered-senders", "autoreply", 8.0)
    )
    signs = (named, sign("auto-submitted", "autoreply", 7.0, 2, subject="お問い合わせありがとうございます"))
    origin = Origin(script="/contact.php" if form else "")
    return report(
        judged("autoreply", 0.97, "notice", signs), campaign("autoreply", *signs, bounces=67, origin=origin), **more
    )


def neighbour(**more: object) -> Report:
    signs = (sign("account-other", "neighbour", 9.0, account="sales@othershop.example"),)
    return report(judged("neighbour", 0.97, "notice", signs, hijack_odds=0.01), campaign("neighbour", *signs), **more)


def fake(**more: object) -> Report:
    signs = (sign("fake-no-report", "fake", 5.0), sign("fake-links", "fake", 4.0, 2))
    tallies = Tallies(letters=127, fakes=24)
    return report(
        judged("fake", 0.99, "notice", signs), campaign("fake", *signs, bounces=24), **{"tallies": tallies, **more}
    )


def undecided(**more: object) -> Report:
    signs = (
        sign("own-relay-wrote", "outbound", 5.0, host="out3.rental.example"),
        sign("account-hidden", "neighbour", 0.0, 2),
    )
    span = {"from": T - HOUR, "until": T + 6 * HOUR, "provider": "さくら"}
    lacking = (Missing("provider-auth-log", span), Missing("sent-folder", span), Missing("dmarc-reports", span))
    verdict = judged("undecided", 0.55, "warning", signs, missing=lacking, likely="hijacked", hijack_odds=0.55)
    return report(verdict, campaign("undecided", *signs, bounces=9, confidence=0.55), **more)


def none(**more: object) -> Report:
    return report(judged("none", 0.99, "calm", ()), **{"tallies": Tallies(letters=182, bounces=2), **more})


ALL = {
    "hijacked": hijacked,
    "script": script,
    "newsletter": newsletter,
    "device": device,
    "forged": forged,
    "own": own,
    "forwarded": forwarded,
    "autoreply": autoreply,
    "neighbour": neighbour,
    "fake": fake,
    "undecided": undecided,
    "none": none,
}
