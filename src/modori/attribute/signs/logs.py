"""What the mail log says of these very letters: by whose password, or by which program, they were handed in.

First the letters are looked up one by one, by the queue numbers that the own server put on them, unless the story rests
on one stranger's server, which may have read such a number on a letter of the owner's; where none is found,
what the log shows under the owner's name in the campaign's time speaks. Nobody outside can write into the log, but it
may be the log of another server: it speaks only where it covers the time, and of silence only where it knows the owner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from modori.attribute.case import Case, Seen, Signs, distinct, is_mine, is_owners, sign
from modori.attribute.signs.account import is_other
from modori.attribute.signs.entry import vouched
from modori.attribute.signs.usual import tells, usual
from modori.octets.digest import hash64
from modori.types import Place, Usage

_SEVERAL = 3
_DAY = 86_400.0
_MARGIN = 6 * 3600.0  # a bounce follows its letter by minutes, seldom by hours
_HALF = 0.5
_PART = 0.1  # of the bounces: fewer submissions than this did not cause them


@dataclass(frozen=True, slots=True)
class Hand:
    """Who handed a letter in, as the log has it."""

    method: str
    account: str
    client: str
    program: str


def signs(case: Case) -> Signs:
    if not case.background.submissions:
        return
    if case.routes("auth", "local", "own"):
        believed = case.seen if vouched(list(case.seen)) else ()
        joined = Counter(hand for seen in believed for hand in _hands(case, seen))
        yield from _said(case, joined, ()) if joined else _in_that_time(case)
    elif case.routes("foreign") and _covered(case):
        handed_in = sum(_within(case, use) for use in _own_rows(case))
        if handed_in < max(1.0, _PART * case.bounces):
            yield replace(sign("log-no-sending"), params={"from": case.first, "until": case.last})


def _in_that_time(case: Case) -> Signs:
    """What the log shows under the owner's name, when it is enough to have caused the bounces."""
    rows = [use for use in _own_rows(case) if use.what[2] in {"auth", "local"}]
    recipients = sum(_within(case, use) * use.recipients / use.count for use in rows)
    if recipients < _HALF * case.bounces:
        return
    counted: Counter[Hand] = Counter()
    for use in rows:
        counted[Hand(use.what[2], use.what[1], use.client_ip, use.what[3])] += _within(case, use)
    yield from _said(case, counted, [use.place for use in rows if use.place is not None])


def _said(case: Case, hands: Counter[Hand], places: list[Place] | tuple[Place, ...]) -> Signs:
    """The sign of the hand that did most of it."""
    kinds: Counter[str] = Counter()
    for hand, count in hands.items():
        kinds[_kind(case, hand)] += count
    total = kinds.total()
    if not total:
        return
    kind, count = max(sorted(kinds.items()), key=lambda item: item[1])
    if count * 2 <= total or kind == "unsure":
        return
    those = [hand for hand in hands if _kind(case, hand) == kind]
    if kind == "mine":
        kind = _by_password(case, those)
    if kind == "log-local":
        yield from _whose(case, {hand.program for hand in those})
    yield sign(
        kind,
        places=places,
        count=count,
        account=", ".join(distinct(hand.account for hand in those)[:3]),
        ip=", ".join(distinct(hand.client for hand in those)[:5]),
        script=", ".join(distinct(hand.program for hand in those)[:3]),
    )


def _whose(case: Case, programs: set[str]) -> Signs:
    """The user number's other letters: under other customers' names it is theirs, under the owner's the owner's."""
    rows = [use for use in case.background.submissions if use.what[2] == "local" and use.what[3] in programs]
    before = [use for use in rows if use.first < case.first - _DAY and _own(case, use)]
    number = ", ".join(sorted(programs)[:3])
    if any(not _own(case, use) and "@" in use.what[0] for use in rows):
        yield sign("uid-other", places=[use.place for use in rows if use.place], uid=number)
    elif before:
        yield sign("uid-own", places=[use.place for use in before if use.place], uid=number)


def _kind(case: Case, hand: Hand) -> str:
    if hand.method == "local":
        return "log-local"
    if is_mine(case, hand.account):
        return "mine"
    return "log-account-other" if is_other(case, hand.account) else "unsure"


def _by_password(case: Case, hands: list[Hand]) -> str:
    """From the owner's usual address, or from others? Without a usual one only many addresses tell."""
    clients = {hand.client for hand in hands if tells(case, hand.client)}
    known = usual(case)
    if clients and clients <= known:
        return "log-auth-usual"
    strange = clients - known
    return "log-auth-foreign" if (known and strange) or len(strange) >= _SEVERAL else "log-account-mine"


def _hands(case: Case, seen: Seen) -> Iterator[Hand]:
    """The log's line for this very letter; never by a number that a stranger wrote."""
    passage = seen.passage
    numbers = {hop.queue_id for hop in passage.chain if case.zone.owns(hop.by)}
    if passage.writer == "own":
        numbers.add(seen.witness.bounce.queue_id)
    for number in sorted(numbers - {""}):
        account, method, client, program = case.background.queue.get(hash64(number), ("", "", "", ""))
        if method in {"auth", "local"}:
            yield Hand(method, account, client, program)
            return


def _own_rows(case: Case) -> list[Usage]:
    """Rows of the campaign's time under the owner's name or with the owner's password."""
    return [use for use in case.background.submissions if case.during(use.first, use.last, _MARGIN) and _own(case, use)]


def _own(case: Case, use: Usage) -> bool:
    sender, account = use.what[:2]
    return is_mine(case, account) or is_owners(case.owner, sender)


def _within(case: Case, use: Usage) -> int:
    begin, end = (case.first - _MARGIN) // 3600, (case.last + _MARGIN) // 3600
    return sum(count for hour, count in use.hours.items() if begin <= hour <= end)


def _covered(case: Case) -> bool:
    """The log begins before the campaign, goes on after its begin, and is of a server that the owner sends through."""
    rows = case.background.submissions
    known = any(_own(case, use) for use in rows)
    return known and min(use.first for use in rows) < case.first and max(use.last for use in rows) >= case.first
