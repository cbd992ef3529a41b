"""What a site, its access log, a send graph or DMARC reports show by themselves, with neither letter nor mail log.

None of it settles the case: a hostile file may send no mail, a report knows no hands. It says what to look at and which
way it leans, so the answer stays "undecided" and tells why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from modori.attribute.case import distinct, sign
from modori.types import Background, Owner, SendCount, Sign, SiteFile, Usage

_HOSTILE = 0.7  # risk of a file from which it counts as planted
_PLANTED = ("dropper", "mailer", "unknown-new")
_LEAST = 100  # letters
_RISE = 4  # times the busiest of the other days
_OTHER_DAYS = 2
_HOUR = 3600.0
_ADDRESSES = 3
_HALF = 0.5  # of the weight that each has beside bounces of the same days


def shown(background: Background, owner: Owner) -> tuple[Sign, ...]:
    """The signs of everything but letters and mail logs."""
    return (*_site(background), *_graph(background.send_counts), *_reports(background.auth_rows, owner))


def _site(background: Background) -> Iterator[Sign]:
    planted = [f for f in background.site_files if f.kind in _PLANTED and f.risk >= _HOSTILE]
    if not planted:
        return
    worst = max(planted, key=lambda f: (f.risk, f.path))
    yield sign("site-dropper", places=[worst.place], strength=_HALF, path=worst.path, product=worst.product)
    called = [use for use in background.visits if use.what[1] == "POST" and use.what[2] == "2xx" and _of(use, planted)]
    if called:
        yield sign(
            "post-to-script",
            places=[use.place for use in called if use.place],
            strength=_HALF,
            path=max(called, key=lambda use: (use.count, use.what[0])).what[0],
            count=sum(use.count for use in called),
            ips=", ".join(distinct(use.client_ip for use in called)[:3]),
        )


def _of(use: Usage, files: Iterable[SiteFile]) -> bool:
    """The request went to one of these files; which part of either path is the site's root is not known."""
    path = "/" + use.what[0].partition("?")[0].lstrip("/")
    paths = ["/" + file.path.lstrip("/") for file in files]
    return any(path.endswith(own) or (own.endswith(path) and len(path) > 1) for own in paths)


def _reports(rows: Sequence[Usage], owner: Owner) -> Iterator[Sign]:
    domains = tuple(f".{domain}" for domain in owner.domains)
    own = [use for use in rows if not domains or f".{use.what[0]}".endswith(domains)]
    passed = [use for use in own if use.what[2] == "pass"]
    if _surges(passed):
        yield _said("dmarc-own-surge", passed)
    homes = {use.client_ip for use in passed}
    failed = [use for use in own if use.what[2] == "fail" and use.client_ip not in homes]
    if len({use.client_ip for use in failed}) >= _ADDRESSES and sum(use.count for use in failed) >= _LEAST:
        yield _said("dmarc-foreign-fails", failed)


def _surges(rows: Iterable[Usage]) -> bool:
    hours: Counter[int] = Counter()
    for use in rows:
        hours.update(use.hours)
    return _stands_out(_days(hours))


def _days(hours: Mapping[int, int]) -> Counter[int]:
    """Letters by days that begin with the busiest one's first hour: whose midnight counts is unknown. 0 is that one."""
    first = max(sorted(hours), key=lambda h: sum(hours.get(h + n, 0) for n in range(24)), default=0)
    days: Counter[int] = Counter()
    for hour, count in hours.items():
        days[(hour - first) // 24] += count
    return days


def _stands_out(days: Mapping[int, int]) -> bool:
    """One day holds many more letters than any other that is known."""
    *others, most = sorted(days.values()) or [0]
    return len(others) >= _OTHER_DAYS and most >= max(_LEAST, _RISE * others[-1])


def _graph(counts: Iterable[SendCount]) -> Iterator[Sign]:
    """The control panel's graph: the same bar given twice counts once."""
    bars = {(one.begin, one.end): one for one in counts if one.basis == "send-graph"}
    hours: Counter[int] = Counter()
    for one in bars.values():
        hours[int(one.begin // _HOUR)] += one.count
    days = _days(hours)
    if _stands_out(days):
        highest = max(bars.values(), key=lambda one: (one.count, one.begin))
        yield sign("graph-surge", places=[highest.place], strength=_HALF, count=days[0], when=highest.begin)


def _said(identity: str, rows: Sequence[Usage]) -> Sign:
    return sign(
        identity,
        places=[use.place for use in rows if use.place],
        strength=_HALF,
        count=sum(use.count for use in rows),
        ip=", ".join(distinct(use.client_ip for use in rows)[:5]),
    )
