"""How many really left, and what that means for the provider's limit: what was examined, put before the counters."""

from __future__ import annotations

from collections.abc import Sequence

from modori.attribute.campaigns import Examined
from modori.attribute.signs.account import account
from modori.count import limits
from modori.count.aftermath import aftermath
from modori.count.profile import profile
from modori.count.volume import Sample, estimate
from modori.types import ACT_NOW, Aftermath, Background, LimitUse, Place, Profile, Report, SendCount, Volume

_COUNTABLE = ACT_NOW | {"own", "autoreply", "forwarded"}
_TELLING = {"send-limit", "abuse", "held"}
_KNOWN_TO_THE_USER = {"own", "forwarded"}  # who sent it knows better than a rough guess
_MARGIN = 2 * 3600.0
_SHARED = {"usual-network", "log-auth-usual"}  # the culprit sends from where the owner sends


def amounts(
    report: Report, examined: Sequence[Examined], background: Background
) -> tuple[Volume | None, tuple[LimitUse, ...]]:
    """(volume, limits) of the campaign the verdict speaks of. Never from backscatter: nothing of it left here."""
    if report.verdict.cause not in _COUNTABLE:
        return None, ()
    chosen = [e for e, c in zip(examined, report.campaigns, strict=False) if c.cause == report.verdict.cause]
    if not chosen:
        return None, ()
    counters = [*background.send_counts, *_counted(report, chosen)]
    volume = estimate([s for e in chosen for s in _samples(e)], counters, _logged(chosen, background))
    volume = _without_own(volume, chosen, background)
    told = _told(report, chosen)
    sends: dict[int, float] = {}
    for one in chosen:
        for hour, count in one.hours.items():
            sends[hour] = sends.get(hour, 0.0) + count
    forecast = limits.forecast(_providers(report), sends, _now(report), volume=volume, told=told)
    guessed = volume is not None and volume.basis == "prior" and report.verdict.cause in _KNOWN_TO_THE_USER
    return None if guessed else volume, forecast


def afterwards(report: Report) -> Aftermath | None:
    """Whether the sending itself has stopped, by the newest returned letter of what left without the owner."""
    chosen = [c for c in report.campaigns if c.cause == report.verdict.cause and c.cause in ACT_NOW]
    sent = [c.last_sent for c in chosen if c.last_sent is not None]
    if not sent:
        return None
    return aftermath(max(sent), max(c.last for c in chosen), report.generated)


def profiled(report: Report, volume: Volume | None) -> Profile | None:
    """To whom, how many to addresses that do not exist, how fast: of what left without the owner."""
    chosen = [c for c in report.campaigns if c.cause == report.verdict.cause and c.cause in ACT_NOW]
    tallies = report.tallies
    if not chosen or len(report.campaigns) > 1 or not tallies.bounces:
        return None  # the tallies are the whole mailbox's
    hours = {hour: float(count) for hour, count in tallies.by_hour.items()}
    return profile(tallies.by_domain, tallies.by_reason, hours, volume)


def _samples(one: Examined) -> list[Sample]:
    if not one.seen:  # known from the log alone
        return []
    if not one.originals:
        return [Sample(1, 1, float(one.campaign.bounces))]
    weight = max(1.0, one.distinct / len(one.originals))
    return [Sample(max(1, asked), max(1, failed), weight) for asked, failed in one.originals]


def _logged(chosen: Sequence[Examined], background: Background) -> int | None:
    """Messages that the log shows handed in by the same hand, under an own or no sender, in the campaign's time."""
    named = {e.campaign.origin.account for e in chosen}
    hands = ({account(s) for e in chosen for s in e.seen} | named) - {""}
    programs = {e.campaign.origin.script for e in chosen} - {""}
    uids = {s.passage.entry.uid for e in chosen for s in e.seen if s.passage.entry} - {""}
    first = min(e.campaign.first for e in chosen) - _MARGIN
    last = max(e.campaign.last for e in chosen) + _MARGIN
    ips = {ip for e in chosen for ip in e.campaign.origin.ips}
    count = 0
    for use in background.submissions:
        _, name, method, by, _ = use.what
        same = (method == "auth" and name in hands) if name else (method == "local" and by in programs | uids)
        if same and use.last >= first and use.first <= last and (method != "auth" or _strange(use.client_ip, ips)):
            count += sum(n for hour, n in use.hours.items() if first <= hour * 3600 + 3600 and hour * 3600 <= last)
    return count or None


def _without_own(volume: Volume | None, chosen: Sequence[Examined], background: Background) -> Volume | None:
    """A log counts the owner's own letters too when the culprit sends from the owner's own address."""
    signs = {sign.id for e in chosen for sign in e.campaign.signs}
    if volume is None or volume.basis != "log" or signs.isdisjoint(_SHARED) or "message-id-in-sent" in signs:
        return volume
    first = min(e.campaign.first for e in chosen) - _MARGIN
    last = max(e.campaign.last for e in chosen) + _MARGIN
    own = sum(first <= moment <= last for moment in background.sent_ids.values())
    left = max(1, volume.low - own)
    return Volume(left, left, volume.high, volume.basis)


def _strange(ip: str, ips: set[str]) -> bool:
    """Rows of the campaign's own clients; a shortened row (a network) counts when one of them lies in it."""
    return not ips or any(known.startswith(ip) for known in ips)


def _counted(report: Report, chosen: Sequence[Examined]) -> list[SendCount]:
    """Counters that servers wrote: in limit bounces and in notices about the account."""
    told = (t for t in _told(report, chosen) if t.used)
    return [SendCount(_place(report, chosen), t.when - _length(t), t.when, t.used, "counter") for t in told]


def _told(report: Report, chosen: Sequence[Examined]) -> list[limits.Told]:
    by_text = [
        told
        for e in chosen
        for s in e.seen
        if s.passage.writer == "own"
        for f in s.witness.bounce.failures
        if (told := limits.told_by_text(f.diagnosis, s.witness.moment)) is not None
    ]
    by_notice = [
        told
        for notice in report.notices
        if notice.genuine is not False and notice.kind in _TELLING
        if (told := limits.told_by_notice(notice)) is not None
    ]
    return [*by_text, *by_notice]


def _length(told: limits.Told) -> float:
    return {"minute": 60.0, "hour": 3600.0, "day": 86400.0}.get(told.window, 3600.0)


def _place(report: Report, chosen: Sequence[Examined]) -> Place:
    return report.notices[0].place if report.notices else chosen[0].campaign.witnesses[0]


def _providers(report: Report) -> list[str]:
    """Provider ids: the first label of each own organisation ("heteml.jp" -> "heteml")."""
    return list(dict.fromkeys(name.split(".")[0] for name in report.owner.providers if name))


def _now(report: Report) -> float:
    """The evidence's own present: its last letter. A mailbox of last year has nothing to say about today's limit."""
    return max((c.last for c in report.campaigns), default=report.generated)
