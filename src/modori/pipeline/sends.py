"""When it was sent, for the charts: the mail log, else the control panel's graph, else the Dates of what came back.

What a forger's machines sent is nowhere to be seen: of backscatter only the owner's own log may speak, and then it
shows how little left here while so much came back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from modori.attribute.campaigns import Examined
from modori.attribute.signs.account import account
from modori.count.counters import GRAPH
from modori.types import ACT_NOW, Background, Campaign, Report, SendCount, Sends, Usage

_LEFT_HERE = ACT_NOW | {"own", "autoreply", "forwarded"}
_BEFORE, _AFTER = 31 * 24, 7 * 24  # hours around the incident that are worth showing
_LONGEST = 31 * 24  # hours of one bar of a graph

Hours = dict[int, float]


def sends(report: Report, examined: Sequence[Examined], background: Background) -> Sends | None:
    """Messages by hour around the incident, from the best source there is."""
    spoken = [c for c in report.campaigns if c.cause == report.verdict.cause]
    if not spoken:
        return None
    chosen = [e for e, c in zip(examined, report.campaigns, strict=False) if c.cause == report.verdict.cause]
    sources = [
        ("log", _logged(spoken, chosen, background, report.owner.addresses)),
        (GRAPH, _graphed(background.send_counts)),
        ("originals", _returned(chosen) if report.verdict.cause in _LEFT_HERE else {}),
    ]
    for basis, hours in sources:
        if near := _near(hours, spoken):
            return Sends(near, basis)
    return None


def _near(hours: Mapping[int, float], spoken: Sequence[Campaign]) -> Hours:
    first = min(c.first for c in spoken) // 3600 - _BEFORE
    last = max(c.last for c in spoken) // 3600 + _AFTER
    return {hour: count for hour, count in sorted(hours.items()) if first <= hour <= last}


def _logged(
    spoken: Sequence[Campaign], chosen: Sequence[Examined], background: Background, addresses: Sequence[str]
) -> Hours:
    """What the log shows handed in under the accounts in question, the owner's own among them, or by the programs."""
    accounts = {account(s) for e in chosen for s in e.seen} | {c.origin.account for c in spoken} | set(addresses)
    programs = {c.origin.script for c in spoken} | {
        s.passage.entry.uid for e in chosen for s in e.seen if s.passage.entry is not None
    }
    rows = [use for use in background.submissions if _same_hand(use, accounts - {""}, programs - {""})]
    return _added((hour, float(count)) for use in rows for hour, count in use.hours.items())


def _same_hand(use: Usage, accounts: set[str], programs: set[str]) -> bool:
    _, name, method, by, _ = use.what
    return name in accounts if method == "auth" else method == "local" and by in programs


def _graphed(counters: Iterable[SendCount]) -> Hours:
    """A bar of the graph, spread evenly over its hours; the same bar given twice counts once."""
    bars = {(c.begin, c.end): c.count for c in counters if c.basis == GRAPH}
    return _added(part for (begin, end), count in bars.items() for part in _spread(begin, end, count))


def _spread(begin: float, end: float, count: int) -> Iterator[tuple[int, float]]:
    first = int(begin // 3600)
    hours = min(max(1, round((end - begin) / 3600)), _LONGEST)
    yield from ((first + number, count / hours) for number in range(hours))


def _returned(chosen: Sequence[Examined]) -> Hours:
    """A sample of the letters that came back, scaled to all of them."""
    return _added(
        (int(left // 3600), max(1.0, one.distinct / len(one.originals)) if one.originals else 1.0)
        for one in chosen
        for left in one.sent
    )


def _added(parts: Iterable[tuple[int, float]]) -> Hours:
    found: Hours = {}
    for hour, count in parts:
        found[hour] = found.get(hour, 0.0) + count
    return found
