"""What now, in which order? A verdict meets the playbooks (knowledge/playbooks/*.toml) and becomes a Plan.

A step is data: `order` puts it in its place, and each of its `when` clauses says under which conditions it applies and
how urgently; the first clause whose every condition holds decides. This module knows what the conditions mean
(`_HOLDS`) and nothing about any single step. Advice is asymmetric on purpose: a new password costs five minutes, a
missed break-in costs the address its reputation, so some clauses start at a small `odds` of a break-in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modori.knowledge import table
from modori.octets.addresses import domain_of
from modori.types import ACT_NOW, Campaign, Draft, Notice, Plan, Report, Step, Volume

URGENCIES = ("now", "today", "this-week", "later")
_SURE_ENOUGH = 0.5  # a campaign's cause below this is a guess, and a guess brings no steps of its own
_NO_HURRY = frozenset({"newsletter", "list", "automatic", "unknown"})  # why a letter is listed, but not for its worth
_NEAR = 7 * 86_400.0  # notices older than this belong to another story
_CALLED = ("post-to-script", "site-dropper", "site-mailer", "site-form")  # signs that name the program by its path
_SENT_ON = ("forwarding-hop", "forwarding-recipient", "forward-logged")
_NAMED = 12  # how many addresses or scripts a step names; the rest is in the report


def advise(report: Report) -> Plan:
    """The steps that apply to this report, the most urgent first, and the letters that go with them."""
    case = _case(report)
    chosen = []
    for identity, rule in _playbook():
        clause = next((c for c in rule["when"] if _holds(c, case)), None)
        if clause is not None:
            chosen.append((URGENCIES.index(clause["urgency"]), rule["order"], identity, rule, clause))
    chosen.sort(key=lambda found: found[:3])
    steps = tuple(_step(identity, rule, clause, case) for _, _, identity, rule, clause in chosen)
    wanted = {rule["draft"]: None for *_, rule, _ in chosen if "draft" in rule}
    return Plan(steps, tuple(Draft(identity, params=case.params) for identity in wanted))


@dataclass(frozen=True, slots=True)
class _Case:
    """What the conditions of a playbook may ask about."""

    main: str
    causes: frozenset[str]
    odds: float
    reasons: Mapping[str, int]
    forward_reasons: Mapping[str, int]
    signs: frozenset[str]
    notices: frozenset[str]
    own_domain: bool
    provider: str
    present: frozenset[str]
    params: Mapping[str, object]


def _case(report: Report) -> _Case:
    verdict = report.verdict
    certain = {c.cause for c in report.campaigns if c.confidence >= _SURE_ENOUGH} - {"undecided", "none"}
    signs = (*verdict.signs, *(sign for campaign in report.campaigns for sign in campaign.signs))
    provider = _provider(report)
    return _Case(
        main=verdict.cause,
        causes=frozenset({verdict.cause} | certain),
        odds=verdict.hijack_odds,
        reasons=_reasons(report, "own"),
        forward_reasons=_reasons(report, "forwarded"),
        signs=frozenset(s.id for s in signs if s.bits >= 0),
        notices=frozenset(n.kind for n in report.notices if n.genuine is not False and _during(report, n)),
        own_domain=not _is_freemail(report.owner.addresses),
        provider=provider,
        present=_present(report),
        params=_params(report, provider),
    )


def _reasons(report: Report, cause: str) -> Mapping[str, int]:
    """Why the owner's own letters, or those sent on, were refused: a thief's refusals are no advice to anybody."""
    meant = [c for c in report.campaigns if c.cause == cause]
    if not meant:
        return {}
    counts: dict[str, int] = {}
    for campaign in meant:
        for reason, count in campaign.reasons.items():
            counts[reason] = counts.get(reason, 0) + count
    return counts or (report.tallies.by_reason if len(meant) == len(report.campaigns) else {})


def _during(report: Report, notice: Notice) -> bool:
    return not report.campaigns or any(c.first - _NEAR <= notice.when <= c.last + _NEAR for c in report.campaigns)


def _present(report: Report) -> frozenset[str]:
    """Which optional parts the report has."""
    found = {
        "rescue": report.verdict.cause != "none" and bool(_important(report)),
        "missing": bool(report.verdict.missing),
        "limit": any(use.crossed is not None for use in report.limits),
        "bounces": report.tallies.bounces > 0,
        "flood": bool(report.surges),
        "origin": any(c.origin.ip or c.origin.ips for c in _culprits(report)),
        "fakes": report.tallies.fakes > 0,
    }
    return frozenset(name for name, there in found.items() if there)


# --- conditions -------------------------------------------------------------------------------------------------

_HOLDS: dict[str, Callable[[_Case, Any], bool]] = {
    "causes": lambda case, wanted: not case.causes.isdisjoint(wanted),
    "without": lambda case, wanted: case.causes.isdisjoint(wanted),
    "main": lambda case, wanted: case.main in wanted,
    "odds": lambda case, least: case.odds >= least,
    "odds_below": lambda case, most: case.odds < most,
    "reasons": lambda case, wanted: any(case.reasons.get(reason) for reason in wanted),
    "forward_reasons": lambda case, wanted: any(case.forward_reasons.get(reason) for reason in wanted),
    "reasons_least": lambda case, wanted: sum(case.reasons.get(r, 0) for r in wanted["of"]) >= wanted["count"],
    "signs": lambda case, wanted: not case.signs.isdisjoint(wanted),
    "notices": lambda case, wanted: not case.notices.isdisjoint(wanted),
    "present": lambda case, wanted: case.present.issuperset(wanted),
    "own_domain": lambda case, wanted: case.own_domain is wanted,
    "provider": lambda case, wanted: case.provider in wanted,
}
CONDITIONS = frozenset(_HOLDS)


def _holds(clause: Mapping[str, Any], case: _Case) -> bool:
    return all(_HOLDS[key](case, wanted) for key, wanted in clause.items() if key in _HOLDS)


@lru_cache(maxsize=1)
def _playbook() -> tuple[tuple[str, dict[str, Any]], ...]:
    return tuple((step, rule) for book in table("playbooks").values() for step, rule in book.items())


def _step(identity: str, rule: Mapping[str, Any], clause: Mapping[str, Any], case: _Case) -> Step:
    named = rule.get("params", ())
    params = {name: case.params[name] for name in named if case.params.get(name) not in (None, "", ())}
    counted = clause.get("reasons") or clause.get("reasons_least", {}).get("of", ())
    if counted:
        params["count"] = sum(case.reasons.get(reason, 0) for reason in counted)
    page = identity in table("panels").get(case.provider, {}).get("pages", {})
    because = (str(clause["because"]),) if "because" in clause else ()
    return Step(identity, clause["urgency"], because, case.provider if page else "", params)


# --- what the steps may name ------------------------------------------------------------------------------------


def _culprits(report: Report) -> list[Campaign]:
    """The campaigns to act on: those that left through the account or the site, else all of the main cause."""
    acute = [c for c in report.campaigns if c.cause in ACT_NOW and c.confidence >= _SURE_ENOUGH]
    return acute or [c for c in report.campaigns if c.cause == report.verdict.cause] or list(report.campaigns)


def _params(report: Report, provider: str) -> dict[str, object]:
    culprits = _culprits(report)
    crossed = [use for use in report.limits if use.crossed is not None]
    params: dict[str, object] = {
        "account": next((c.origin.account for c in culprits if c.origin.account), "") or _main_address(report),
        "ips": _distinct(ip for c in culprits for ip in (c.origin.ip, *c.origin.ips)),
        "scripts": _distinct(c.origin.script for c in culprits) or _called(culprits),
        "to": next(iter(_told(culprits, "to", _SENT_ON)), ""),
        "hosts": _distinct(c.origin.host for c in culprits),
        "subjects": _distinct(c.subject for c in culprits),
        "addresses": report.owner.addresses,
        "domains": tuple(d for d in report.owner.domains if d not in _freemail()),
        "provider": provider,
        "bounces": sum(c.bounces for c in culprits) or report.tallies.bounces,
        "from": min((c.first for c in culprits if c.first), default=None),
        "until": max((c.last for c in culprits if c.last), default=None),
        "last_sent": max((c.last_sent for c in culprits if c.last_sent), default=None),
        "free_again": max((use.free_again for use in crossed if use.free_again), default=None),
        "limit": next((use.limit for use in crossed if use.limit), None),
        "window": next((use.window for use in crossed), ""),
        "letters": _important(report),
        "writers": _distinct(sorted(report.tallies.by_writer, key=lambda w: -report.tallies.by_writer[w])),
    }
    return {**params, **_sent(report.volume)}


def _called(culprits: Iterable[Campaign]) -> tuple[str, ...]:
    """The program's path as the site or its log has it, where the bounces name none; else what it calls itself."""
    paths = _distinct(path.lstrip("/") for path in _told(culprits, "path", _CALLED))
    return paths or _told(culprits, "mailer", ("newsletter-program",))


def _told(culprits: Iterable[Campaign], name: str, signs: Collection[str]) -> tuple[str, ...]:
    """What some signs say of one thing."""
    return _distinct(sign.params.get(name) for c in culprits for sign in c.signs if sign.id in signs)


def _sent(volume: Volume | None) -> dict[str, object]:
    return {} if volume is None else {"low": volume.low, "high": volume.high}


def _important(report: Report) -> int:
    """How many buried letters somebody would miss."""
    return sum(letter.why not in _NO_HURRY for letter in report.rescue)


def _distinct(items: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))[:_NAMED]


def _main_address(report: Report) -> str:
    return report.owner.addresses[0] if report.owner.addresses else ""


# --- whose service it is ----------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _freemail() -> Mapping[str, str]:
    """Mail domain -> the service that runs it, for services whose users have no DNS of their own."""
    return {domain: name for name, panel in table("panels").items() for domain in panel.get("domains", ())}


def _is_freemail(addresses: Collection[str]) -> bool:
    domains = {domain_of(a) for a in addresses}
    return bool(domains) and domains <= _freemail().keys()


def _provider(report: Report) -> str:
    """The provider whose control panel the user will open: told or learned, else by mail domain, else by host names."""
    panels = table("panels")
    owner = report.owner
    named = [p for p in owner.providers if p in panels]
    mailed = [_freemail()[d] for a in owner.addresses if (d := domain_of(a)) in _freemail()]
    hosted = [
        name
        for name, panel in panels.items()
        for suffix in panel.get("hosts", ())
        if any(host.endswith(suffix) for host in (*owner.outbound, *owner.inbound))
    ]
    return next(iter([*named, *mailed, *hosted]), "")
