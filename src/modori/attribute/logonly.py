"""What a mail log shows by itself, where no letter accounts for it: a hand that is clearly not its owner's.

Only the clear is said. A password: far more than the account ever sent in a day, from several networks it had never
used, and many recipients refused. A program: the same without networks, and more refused. The owner's newsletter comes
from where the owner always is; a busy server's tenants each keep to their own pace. All else is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from modori.attribute.campaigns import Examined
from modori.attribute.case import distinct, sign
from modori.octets.addresses import domain_of, network
from modori.octets.digest import hash64
from modori.types import Background, Campaign, Origin, Owner, Sign, Usage

_DAY = 24  # hours
_LEAD = 86_400.0  # the log must begin this long before: without a yesterday nothing is unusual
_TIMES = 10  # as much as on the busiest day before
_RECIPIENTS = 100
_NETWORKS = 3
_NETWORKS_UNKNOWN = 6  # where the account was not seen before: a travelling phone changes networks too
_REFUSED_AUTH = 0.1
_REFUSED_LOCAL = 0.3
_MOST = 20


@dataclass(frozen=True, slots=True)
class Burst:
    """One hand's busiest day and what followed: `rows` are of that time, `before` of any time before `begin` (hour)."""

    begin: int
    before: Sequence[Usage]
    rows: Sequence[Usage]

    @property
    def first(self) -> float:
        return max(self.begin * 3600.0, min(use.first for use in self.rows))

    @property
    def messages(self) -> int:
        return sum(count for hour, count in _by_hour(self.rows).items() if hour >= self.begin)

    @property
    def recipients(self) -> int:
        return sum(use.recipients for use in self.rows)

    @property
    def refused(self) -> int:
        return sum(use.bounced for use in self.rows)


def logged(background: Background, owner: Owner) -> list[Examined]:
    """A campaign of every account or program that the log alone shows to be in strange hands, the largest first."""
    hands: dict[tuple[str, str], list[Usage]] = {}
    for use in background.submissions:
        sender, account, method, program, _ = use.what
        if method == "auth" and account:
            hands.setdefault(("auth", account), []).append(use)
        elif method == "local" and program and sender:  # the null sender's are reports and answers
            hands.setdefault(("local", program), []).append(use)
    begun = min((use.first for use in background.submissions), default=0.0)
    found = [_examined(hand, rows, begun, owner) for hand, rows in sorted(hands.items())]
    return sorted((e for e in found if e is not None), key=lambda e: (-e.campaign.bounces, e.campaign.id))[:_MOST]


def _examined(hand: tuple[str, str], rows: Sequence[Usage], begun: float, owner: Owner) -> Examined | None:
    burst = _burst(hand[0], rows)
    signs = tuple(_signs(hand, burst, owner)) if _surges(burst, begun) else ()
    if not signs:
        return None
    name = hand[1]
    ips = distinct(use.client_ip for use in burst.rows)
    last = max(use.last for use in burst.rows)
    campaign = Campaign(
        id=f"{hash64('log', *hand):016x}"[:8],
        cause="undecided",
        confidence=0.0,
        bounces=burst.refused,
        recipients=burst.recipients,
        first=burst.first,
        last=last,
        origin=Origin(account=name, ips=tuple(ips[:50])) if hand[0] == "auth" else Origin(script=name),
        signs=signs,
        last_sent=last,
        witnesses=tuple(use.place for use in burst.rows if use.place is not None)[:12],
    )
    hours = {hour: count for hour, count in sorted(_by_hour(burst.rows).items()) if hour >= burst.begin}
    return Examined(campaign, (), 0.0, hours, ())


def _burst(method: str, rows: Sequence[Usage]) -> Burst:
    """Of a password, only the addresses that were new on the busiest day; a program has none."""
    begin = _busiest(rows)
    before = [use for use in rows if use.first < begin * 3600.0]
    known = {use.client_ip for use in before} if method == "auth" else set()
    return Burst(begin, before, [use for use in rows if use.last >= begin * 3600.0 and use.client_ip not in known])


def _busiest(rows: Iterable[Usage]) -> int:
    """The first hour of the twenty-four that saw most messages."""
    hours = _by_hour(rows)
    return max(sorted(hours), key=lambda h: sum(n for hour, n in hours.items() if h <= hour < h + _DAY), default=0)


def _by_hour(rows: Iterable[Usage]) -> dict[int, int]:
    hours: dict[int, int] = {}
    for use in rows:
        for hour, count in use.hours.items():
            hours[hour] = hours.get(hour, 0) + count
    return hours


def _surges(burst: Burst, begun: float) -> bool:
    """Far more than the same hand ever sent in a day, in a log that knows a day before."""
    if not burst.rows or burst.first - begun < _LEAD or burst.recipients < _RECIPIENTS:
        return False
    days: dict[int, int] = {}
    for hour, count in _by_hour(burst.before).items():
        if hour < burst.begin:
            days[hour // _DAY] = days.get(hour // _DAY, 0) + count
    return burst.messages >= _TIMES * max(days.values(), default=1)


def _signs(hand: tuple[str, str], burst: Burst, owner: Owner) -> Iterator[Sign]:
    method, name = hand
    share = burst.refused / max(1, burst.recipients)
    places = [use.place for use in burst.rows if use.place is not None]
    if method == "local":
        if share >= _REFUSED_LOCAL and burst.before:
            yield sign("log-local-surge", places=places, script=name, count=burst.messages)
            yield sign("log-many-refused", places=places, count=burst.refused, of=burst.recipients)
        return
    networks = distinct(network(use.client_ip) for use in burst.rows)
    known = distinct(network(use.client_ip) for use in burst.before)
    enough = max(_NETWORKS, 2 * len(known)) if known else _NETWORKS_UNKNOWN
    if share < _REFUSED_AUTH or len(networks) < enough:
        return
    yield sign("log-auth-surge", places=places, account=name, count=burst.messages, ips=len(networks))
    yield sign("log-many-refused", places=places, count=burst.refused, of=burst.recipients)
    if owner.domains and domain_of(name) not in owner.domains:
        yield sign("account-other", places=places, account=name)
