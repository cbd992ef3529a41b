"""From where the owner usually sends: what the hand in a log or on a letter is compared with.

No sign of its own. Three sources, from the surest to the weakest: letters that lay in Sent before, whose way in a log
or a bounce shows (the campaign's own copies there prove nothing: webmail keeps a copy of what an intruder sends,
too); logins that read mail over days (owner.client_ips); and, when neither is there, submissions with the owner's
password on two days or more before anything bounced, at a person's pace.
"""

from __future__ import annotations

from modori.attribute.case import Case, is_mine
from modori.attribute.signs.sent import about, in_sent
from modori.attribute.zone import is_private
from modori.types import Usage

_DAY = 24
_HOUR = 3600.0
_QUIET = 12  # hours between the owner's own use and the first bounce: the flood's first letters are not the owner's
_PACE = 30  # letters a day


def usual(case: Case) -> frozenset[str]:
    """Client addresses that are the owner's own, () when nothing tells."""
    known = {*case.owner.client_ips, *_of_sent(case)}
    return frozenset(ip for ip in known or _before(case) if tells(case, ip))


def tells(case: Case, ip: str) -> bool:
    """A client's address that says who sat there; everybody who uses webmail comes from the provider's own address."""
    return bool(ip) and not is_private(ip) and ip not in case.zone.addresses


def _of_sent(case: Case) -> set[str]:
    found = set()
    for identity, written in case.background.sent_ids.items():
        taken, ip = case.background.clients.get(identity, (0.0, ""))
        if ip and about(written, taken) and written < case.first - _QUIET * _HOUR:
            found.add(ip)
    for seen in case.others:
        entry = seen.passage.entry
        if seen.passage.route == "auth" and entry is not None and in_sent(case, seen):
            found.add(entry.source_ip)
    return found


def _before(case: Case) -> set[str]:
    """An intruder begins with the flood, or with one trial hours before it, not with days of quiet use."""
    return {use.client_ip for use in case.background.submissions if _quiet(case, use)}


def _quiet(case: Case, use: Usage) -> bool:
    _, account, method, _, _ = use.what
    if method != "auth" or not is_mine(case, account):
        return False
    until = case.first // 3600 - _QUIET
    days: dict[int, int] = {}
    for hour, count in use.hours.items():
        if hour < until:
            days[hour // _DAY] = days.get(hour // _DAY, 0) + count
    return len(days) > 1 and max(days.values()) <= _PACE
