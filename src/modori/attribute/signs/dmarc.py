"""What receivers counted in those days: DMARC aggregate reports (RFC 7489 section 7.2).

A rise of letters that passed speaks for the own servers, many that failed from strangers' addresses against. Both can
run at once, and a report knows no campaigns; so a pass is used only for letters that left by trusted lines, a failure
only for letters that did not. Whoever may send such reports can lie in them; several reporters do not.
"""

from __future__ import annotations

from collections.abc import Iterable

from modori.attribute.case import Case, Signs, distinct, sign
from modori.types import Sign, Usage

_DAY = 86_400.0
_LEAST = 10  # letters
_RISE = 4.0  # times an ordinary day
_ADDRESSES = 3


def signs(case: Case) -> Signs:
    rows = [use for use in case.background.auth_rows if _own_name(case, use)]
    if not rows:
        return
    if case.routes("auth", "local", "own"):
        found = [use for use in rows if use.what[2] == "pass" and _in_days(case, use)]
        if _rise(case, found):
            yield _said(case, "dmarc-own-surge", found)
    elif case.routes("foreign"):
        passed = {use.client_ip for use in rows if use.what[2] == "pass"}
        strange = passed | case.zone.addresses
        found = [
            use for use in rows if use.what[2] == "fail" and use.client_ip not in strange and _in_days(case, use)
        ]
        if len({use.client_ip for use in found}) >= _ADDRESSES and _rise(case, found):
            yield _said(case, "dmarc-foreign-fails", found)


def _said(case: Case, identity: str, found: list[Usage]) -> Sign:
    return sign(
        identity,
        places=[use.place for use in found if use.place],
        count=_sum(case, found),
        ip=", ".join(distinct(use.client_ip for use in found)[:5]),
    )


def _own_name(case: Case, use: Usage) -> bool:
    domain = use.what[0]
    return any(domain == own or domain.endswith(f".{own}") for own in case.owner.domains)


def _days(case: Case) -> range:
    """The campaign's days, and the one before: reports count by the day the letters came, bounces come after."""
    return range(int((case.first - _DAY) // _DAY), int(case.last // _DAY) + 1)


def _in_days(case: Case, use: Usage) -> bool:
    days = _days(case)
    return any(hour // 24 in days for hour in use.hours)


def _sum(case: Case, rows: Iterable[Usage]) -> int:
    days = _days(case)
    return sum(count for use in rows for hour, count in use.hours.items() if hour // 24 in days)


def _rise(case: Case, rows: list[Usage]) -> bool:
    """Many more on the busiest day than on an ordinary one, by the reports and by the folder of sent mail."""
    days = _days(case)
    busy: dict[int, int] = {}
    before: dict[int, int] = {}
    for use in rows:
        for hour, count in use.hours.items():
            book = busy if hour // 24 in days else before
            book[hour // 24] = book.get(hour // 24, 0) + count
    ordinary = max([*before.values(), _sent_a_day(case)])
    return max(busy.values(), default=0) >= max(_LEAST, _RISE * ordinary)


def _sent_a_day(case: Case) -> float:
    seen = case.background
    span = (seen.last or 0.0) - (seen.first or 0.0)
    return seen.sent / max(1.0, span / _DAY)
