"""Report -> JSON (schema `modori.report/1`, published as docs/report.schema.json): ids, numbers, places.

Names and order of keys are a promise to other programs: add, never rename. The only prose is in the `why` fields.
Times are ISO 8601 in UTC with "Z". Text from letters is passed on as it is, apart from what UTF-8 cannot hold;
whoever shows it must make it safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from modori.show.safe import encodable
from modori.show.words import Words
from modori.types import (
    Aftermath,
    Campaign,
    LimitUse,
    Missing,
    Moment,
    Notice,
    Owner,
    Place,
    Profile,
    Report,
    Rescued,
    Sends,
    Sign,
    Step,
    Surge,
    Tallies,
    Unsent,
    Verdict,
    Volume,
)

SCHEMA = "modori.report/1"


def json(report: Report, version: str, lang: str = "en") -> bytes:
    """The whole report as one JSON document, ending in a line end; `lang` is the language of its `why` fields."""
    return msgspec.json.format(msgspec.json.encode(plain(report, version, lang)), indent=1) + b"\n"


def plain(report: Report, version: str, lang: str = "en") -> dict[str, Any]:
    """The report as dicts and lists, in the order in which they are written."""
    words = Words(lang, report.zone_minutes)
    return {
        "schema": SCHEMA,
        "generated": iso(report.generated),
        "version": version,
        "owner": _owner(report.owner),
        "verdict": _verdict(report.verdict, words),
        "campaigns": [_campaign(c) for c in report.campaigns],
        "surges": [_surge(s) for s in report.surges],
        "volume": _volume(report.volume),
        "limits": [_limit(use) for use in report.limits],
        "tallies": _tallies(report.tallies),
        "rescue": [_rescued(r, words) for r in report.rescue],
        "notices": [_notice(n) for n in report.notices],
        "plan": [_step(s) for s in report.plan.steps],
        "drafts": [{"id": d.id, "to": encodable(d.to), "params": _params(d.params)} for d in report.plan.drafts],
        "problems": [{"id": p.id, "place": place(p.place), "params": _params(p.params)} for p in report.problems],
        "aftermath": _aftermath(report.aftermath),
        "unsent": [_unsent(u) for u in report.unsent],
        "profile": _profile(report.profile),
        "sends": _sends(report.sends),
        "timeline": [_moment(m) for m in report.timeline],
        "quotes": [{"place": place(at), "text": encodable(text)} for at, text in sorted(report.quotes.items())],
        "zone_minutes": report.zone_minutes,
    }


def iso(stamp: float | None) -> str | None:
    """Epoch seconds as 2026-05-03T05:02:00Z; None stays None."""
    if stamp is None:
        return None
    day, second = divmod(int(min(max(stamp, 0.0), 253_000_000_000.0)), 86_400)
    return f"{_day(day)}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"


@lru_cache(maxsize=512)
def _day(number: int) -> str:
    return f"{datetime.fromtimestamp(86_400 * number, UTC):%Y-%m-%d}"


def place(at: Place) -> dict[str, Any]:
    """Where a claim can be checked; `line` and `uid` only where they mean something."""
    found: dict[str, Any] = {"source": encodable(at.source), "offset": at.offset, "length": at.length}
    if at.line:
        found["line"] = at.line
    if at.uid:
        found["uid"] = at.uid
    return found


def _texts(items: Iterable[str]) -> list[str]:
    return [encodable(item) for item in items]


def _params(params: Mapping[str, object]) -> dict[str, Any]:
    return {encodable(str(key)): _value(value) for key, value in sorted(params.items())}


def _value(value: object) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Mapping):
        return _params(value)
    if isinstance(value, set | frozenset):
        return sorted(_value(item) for item in value)
    if isinstance(value, Iterable):
        return [_value(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else encodable(str(value))


def _owner(owner: Owner) -> dict[str, Any]:
    names = ("addresses", "domains", "inbound", "outbound", "networks", "providers", "client_ips")
    return {name: _texts(getattr(owner, name)) for name in names}


def _verdict(verdict: Verdict, words: Words) -> dict[str, Any]:
    return {
        "cause": verdict.cause,
        "confidence": round(verdict.confidence, 6),
        "severity": verdict.severity,
        "likely": verdict.likely or verdict.cause,
        "hijack_odds": round(verdict.hijack_odds, 6),
        "because": [_sign(s) for s in verdict.signs],
        "missing": [_missing(m, words) for m in verdict.missing],
    }


def _missing(missing: Missing, words: Words) -> dict[str, Any]:
    why = words.say(f"missing.{missing.id}", missing.params)
    return {"id": missing.id, "why": why, "params": _params(missing.params)}


def _sign(sign: Sign) -> dict[str, Any]:
    return {
        "id": sign.id,
        "toward": sign.toward,
        "bits": round(sign.bits, 3),
        "group": sign.group,
        "params": _params(sign.params),
        "places": [place(at) for at in sign.places],
    }


def _campaign(campaign: Campaign) -> dict[str, Any]:
    origin = campaign.origin
    return {
        "id": campaign.id,
        "cause": campaign.cause,
        "confidence": round(campaign.confidence, 6),
        "bounces": campaign.bounces,
        "recipients": campaign.recipients,
        "first": iso(campaign.first),
        "last": iso(campaign.last),
        "last_sent": iso(campaign.last_sent),
        "origin": {
            **{name: encodable(getattr(origin, name)) for name in ("ip", "country", "account", "script", "host")},
            "ips": _texts(origin.ips),
        },
        "subject": encodable(campaign.subject),
        "sender": encodable(campaign.sender),
        "odds": {cause: round(odds, 6) for cause, odds in sorted(campaign.odds.items())},
        "because": [_sign(s) for s in campaign.signs],
        "witnesses": [place(at) for at in campaign.witnesses],
    }


def _surge(surge: Surge) -> dict[str, Any]:
    return {
        "begin": iso(surge.begin),
        "alarm": iso(surge.alarm),
        "end": iso(surge.end),
        "count": surge.count,
        "expected": round(surge.expected, 3),
        "evidence": round(surge.evidence, 3),
        "campaign": surge.campaign,
    }


def _counts(volume: Volume | None) -> dict[str, int] | None:
    return None if volume is None else {"low": volume.low, "median": volume.median, "high": volume.high}


def _volume(volume: Volume | None) -> dict[str, Any] | None:
    return None if volume is None else {"messages": _counts(volume), "basis": volume.basis}


def _aftermath(found: Aftermath | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "last_sent": iso(found.last_sent),
        "bounces_until": iso(found.bounces_until),
        "stopped": found.stopped,
    }


def _unsent(found: Unsent) -> dict[str, Any]:
    return {
        "place": place(found.place),
        "message_id": encodable(found.message_id),
        "subject": encodable(found.subject),
        "recipients": _texts(found.recipients),
        "when": iso(found.when),
    }


def _profile(found: Profile | None) -> dict[str, Any] | None:
    if found is None:
        return None
    domains = [{"domain": encodable(domain), "count": count} for domain, count in found.domains]
    return {"domains": domains, "invalid": round(found.invalid, 4), "an_hour": round(found.an_hour, 2)}


def _sends(found: Sends | None) -> dict[str, Any] | None:
    if found is None:
        return None
    hours = {str(iso(hour * 3600.0)): round(count, 2) for hour, count in sorted(found.by_hour.items())}
    return {"by_hour": hours, "basis": found.basis}


def _limit(use: LimitUse) -> dict[str, Any]:
    return {
        "provider": use.provider,
        "window": use.window,
        "limit": use.limit,
        "used": _counts(use.used),
        "crossed": iso(use.crossed),
        "free_again": iso(use.free_again),
        "source": use.source,
        "date": use.date,
        "checked": use.checked,
        "plan": use.plan,
    }


def _tallies(tallies: Tallies) -> dict[str, Any]:
    plain_counts = ("letters", "bounces", "failures", "delays", "complaints", "answers", "successes", "fakes")
    found: dict[str, Any] = {name: getattr(tallies, name) for name in plain_counts}
    for name in ("by_reason", "by_writer", "by_domain"):
        counts: Mapping[str, int] = getattr(tallies, name)
        found[name] = {encodable(k): n for k, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))}
    found["by_day"] = dict(sorted(tallies.by_day.items()))
    found["by_hour"] = {str(iso(hour * 3600.0)): count for hour, count in sorted(tallies.by_hour.items())}
    return found


def _rescued(letter: Rescued, words: Words) -> dict[str, Any]:
    return {
        "place": place(letter.place),
        "message_id": encodable(letter.message_id),
        "from": encodable(letter.sender),
        "name": encodable(letter.name),
        "subject": encodable(letter.subject),
        "date": iso(letter.when),
        "kind": letter.kind,
        "reason": letter.why,
        "why": words.say(f"ui.rescue.{letter.why}"),
        "rank": letter.rank,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "service": encodable(notice.service),
        "when": iso(notice.when),
        "where": encodable(notice.where),
        "genuine": notice.genuine,
        "account": encodable(notice.account),
        "count": notice.count,
        "place": place(notice.place),
        "params": _params(notice.params),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "urgency": step.urgency,
        "because": list(step.because),
        "provider": step.provider,
        "params": _params(step.params),
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "when": iso(moment.when),
        "id": moment.id,
        "params": _params(moment.params),
        "place": None if moment.place is None else place(moment.place),
    }
