"""The course of events: what happened when, on one line each, in order."""

from __future__ import annotations

from collections.abc import Iterator

from modori.types import ACT_NOW, Background, Campaign, Moment, Report

_NEAR = 7 * 86_400.0
_MOST = 60


def timeline(report: Report, background: Background) -> tuple[Moment, ...]:
    """Moments of the incident, earliest first; () when nothing happened."""
    campaigns = [c for c in report.campaigns if c.cause != "own" or report.verdict.cause == "own"]
    if not campaigns:
        return ()
    first, last = min(c.first for c in campaigns), max(c.last for c in campaigns)
    found = [
        *_campaigns(report),
        *_surges(report),
        *_notices(report, first, last),
        *_site(background, first, last),
        *_limits(report),
    ]
    return tuple(sorted(found, key=lambda m: (m.when, m.id))[:_MOST])


def _campaigns(report: Report) -> Iterator[Moment]:
    spoken = [c for c in report.campaigns if c.cause == report.verdict.cause] or list(report.campaigns[:1])
    if not spoken:
        return
    place = spoken[0].witnesses[0] if spoken[0].witnesses else None
    if not report.tallies.bounces:  # the log alone told of it
        yield Moment(min(c.first for c in spoken), "first-submission", _hand(spoken[0]), place)
        yield Moment(max(c.last for c in spoken), "last-submission", _hand(spoken[0]))
        return
    what = "fake" if spoken[0].cause == "fake" else "bounce"
    yield Moment(min(c.first for c in spoken), f"first-{what}", {}, place)
    yield Moment(max(c.last for c in spoken), f"last-{what}")
    sent = [c.last_sent for c in spoken if c.last_sent is not None]
    if sent and report.verdict.cause in ACT_NOW:
        yield Moment(max(sent), "last-sent")


def _hand(campaign: Campaign) -> dict[str, object]:
    return {"account": campaign.origin.account} if campaign.origin.account else {}


def _surges(report: Report) -> Iterator[Moment]:
    for surge in report.surges:
        yield Moment(surge.alarm, "surge-alarm")
        if surge.end is not None:
            yield Moment(surge.end, "surge-end")


def _notices(report: Report, first: float, last: float) -> Iterator[Moment]:
    for notice in report.notices:
        near = first - _NEAR <= notice.when <= last + _NEAR
        if near and notice.kind in {"new-login", "password-changed", "send-limit"}:
            said = {"kind": notice.kind, "service": notice.service, "where": notice.where, "count": notice.count}
            yield Moment(notice.when, "notice", {name: value for name, value in said.items() if value}, notice.place)


def _site(background: Background, first: float, last: float) -> Iterator[Moment]:
    for file in background.site_files:
        if file.when is not None and file.risk >= 0.5 and first - 4 * _NEAR <= file.when <= last:
            yield Moment(file.when, "site-file", {"path": file.path}, file.place)
    posts = [v for v in background.visits if v.what[1] == "POST" and first - _NEAR <= v.first <= last]
    for visit in posts[:5]:
        yield Moment(visit.first, "script-posted", {"path": visit.what[0], "ip": visit.client_ip}, visit.place)


def _limits(report: Report) -> Iterator[Moment]:
    for use in report.limits:
        if use.crossed is not None:
            yield Moment(use.crossed, "limit-reached", {"limit": use.limit} if use.limit else {})
        if use.free_again is not None:
            yield Moment(use.free_again, "limit-free")
