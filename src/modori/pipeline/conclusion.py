"""A ledger to a report: attribute, count, judge, advise. Pure: the clock and the network are parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from modori import advise, judge, rescue
from modori.attribute.alone import shown
from modori.attribute.campaigns import Examined, examine
from modori.attribute.case import Lookup
from modori.attribute.extend import acquainted
from modori.attribute.fake import fake_signs
from modori.attribute.logonly import logged
from modori.attribute.zone import Zone
from modori.count import surge
from modori.count.refused import unsent
from modori.ledger import Ledger
from modori.ledger.views import background as behind
from modori.ledger.views import clusters
from modori.pipeline.amounts import afterwards, amounts, profiled
from modori.pipeline.places import located
from modori.pipeline.quotes import quotes
from modori.pipeline.sends import sends
from modori.pipeline.timeline import timeline
from modori.types import ACT_NOW, Background, Campaign, Owner, Plan, Report, Rescued, Surge, Tallies, Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """What the user said: own addresses, own servers, the provider's name; and a table of countries."""

    me: Sequence[str] = ()
    own_hosts: Sequence[str] = ()
    provider: str = ""
    false_alarm_hours: float = 8760.0
    country: Callable[[str], str] | None = None  # address -> country code


@dataclass(frozen=True, slots=True)
class Study:
    """Whose mailbox it is, and its campaigns before the judge."""

    background: Background
    owner: Owner
    zone: Zone
    examined: Sequence[Examined]


def study(ledger: Ledger, told: Told, lookup: Lookup | None = None) -> Study:
    """Learn the owner, and follow the witnesses back to where their originals came in."""
    groups = clusters(ledger.cells)
    background = behind(ledger)
    owner, zone = acquainted(background, groups, told.me, told.own_hosts, lookup)
    return Study(background, owner, zone, examine(groups, owner, background, zone, lookup))


def conclude(ledger: Ledger, told: Told, now: float, lookup: Lookup | None = None) -> Report:
    """Everything the ledger shows, as a Report without words. `lookup(name, type)` asks DNS (only under --online)."""
    found = study(ledger, told, lookup)
    background, owner, examined = found.background, found.owner, found.examined
    examined = [*examined, *_by_log(examined, background, owner)]
    campaigns = [located(judge.settle(e.campaign), told.country) for e in examined]
    fake = judge.fakes(*fake_signs(background))
    if fake is not None:
        campaigns.append(fake)
    surges = surge.detect(
        ledger.arrivals(), now=background.last, begin=background.first, false_alarm_hours=told.false_alarm_hours
    )
    silent = {e.campaign.id for e in examined if not any(s.witness.original for s in e.seen)}
    lacking = judge.missing(campaigns, owner, background, lookup is not None, silent)
    verdict = judge.verdict(campaigns, bool(surges), lacking)
    if verdict.cause == "none":
        verdict = _unless_told(verdict, background, owner)
    owner = _with_provider(owner, told.provider)
    report = Report(
        generated=now,
        owner=owner,
        verdict=verdict,
        campaigns=tuple(campaigns),
        surges=surges,
        tallies=_tallies(ledger),
        rescue=_rescued(ledger, background, surges, campaigns, owner),
        notices=background.notices,
        problems=tuple(ledger.problems.values()),
        quotes=quotes(examined, campaigns, background),
        zone_minutes=_clock(ledger),
        examined=ledger.evidence.counts(),
    )
    return _planned(_counted(report, examined, background))


def _by_log(examined: Sequence[Examined], background: Background, owner: Owner) -> list[Examined]:
    """What the mail log proves by itself; beside letters, only what was sent with the owner's own password."""
    found = logged(background, owner)
    if not background.letters and not examined:
        return found
    if any(judge.settle(e.campaign).cause in ACT_NOW for e in examined):
        return []
    mine = [e for e in found if e.campaign.origin.account in owner.addresses]
    return [e for e in mine if judge.settle(e.campaign).cause in ACT_NOW]


def _unless_told(calm: Verdict, background: Background, owner: Owner) -> Verdict:
    """No bounces are no all-clear where there were no letters, or where the site holds what strangers planted."""
    signs = shown(background, owner)
    if background.letters and not any(sign.id == "site-dropper" for sign in signs):
        return calm
    return judge.unread(signs, judge.unasked(background))


def _counted(report: Report, examined: Sequence[Examined], background: Background) -> Report:
    volume, limits = amounts(report, examined, background)
    report = replace(
        report,
        volume=volume,
        limits=limits,
        aftermath=afterwards(report),
        unsent=unsent((s.witness for e in examined for s in e.seen), background.sent_ids),
        profile=profiled(report, volume),
        sends=sends(report, examined, background),
    )
    return replace(report, timeline=timeline(report, background))


def _planned(report: Report) -> Report:
    plan: Plan = advise.advise(report)
    return replace(report, plan=plan)


def _with_provider(owner: Owner, provider: str) -> Owner:
    return replace(owner, providers=tuple(dict.fromkeys((provider, *owner.providers)))) if provider else owner


def _rescued(
    ledger: Ledger, background: Background, surges: Sequence[Surge], campaigns: Sequence[Campaign], owner: Owner
) -> tuple[Rescued, ...]:
    letters = ledger.people.keep.values()
    return rescue.rescue(letters, surges, campaigns, owner, background.contacts, background.sent_ids)


def _clock(ledger: Ledger) -> int:
    """The owner's clock, in minutes east of UTC: what most of the sent mail was dated with."""
    zone = ledger.people.zones.top() or ledger.people.home_zones.top()
    return int(zone) if zone else 0


def _tallies(ledger: Ledger) -> Tallies:
    counts = ledger.counts
    clock = _clock(ledger) * 60
    hours = {number: hour.bounces for number, hour in sorted(ledger.hours.items())}
    return Tallies(
        letters=counts["letters"],
        bounces=counts["bounces"],
        failures=counts["failures"],
        delays=counts["delays"],
        complaints=counts["complaints"],
        answers=counts["answers"],
        successes=counts["successes"],
        fakes=ledger.people.posing,
        by_reason=ledger.by_reason.counts(),
        by_writer=ledger.by_writer.counts(),
        by_day=_days(hours, clock),
        by_domain=ledger.by_domain.counts(),
        by_hour=hours,
    )


def _days(hours: dict[int, int], clock: int) -> dict[str, int]:
    days: dict[str, int] = {}
    for hour, count in hours.items():
        day = f"{datetime.fromtimestamp(hour * 3600 + clock, UTC):%Y-%m-%d}"
        days[day] = days.get(day, 0) + count
    return days
