"""Counters of the own provider: bounces that say the account sent too much, and the provider's notices.

Exim and cPanel write the numbers into the bounce ("(125/100 (125%))"); notices carry them in words.
"""

from __future__ import annotations

import re

from modori.attribute.case import Case, Signs, sign
from modori.octets.addresses import domain_of, organisation
from modori.types import Notice

_COUNTER = re.compile(r"\((\d{1,9})/(\d{1,9})\b")
_DAYS = 3 * 86_400
_REASONS = frozenset({"sending-limit", "rate-limit-own"})


def signs(case: Case) -> Signs:
    refused = [
        s
        for s in case.seen
        if s.passage.writer == "own"
        and any(f.reason is not None and f.reason.code in _REASONS for f in s.witness.bounce.failures)
    ]
    if refused:
        text = " ".join(f.diagnosis for s in refused for f in s.witness.bounce.failures)
        counters = [(int(m[1]), int(m[2])) for m in _COUNTER.finditer(text[:20_000])]
        used, limit = max(counters, default=(0, 0))
        yield sign("limit-bounce", refused, count=used or None, limit=limit or None)
    for notice in case.background.notices:
        if notice.kind in {"send-limit", "abuse", "held"} and notice.genuine and _near(case, notice):
            yield sign("provider-notice", places=[notice.place], count=notice.count or None, service=notice.service)
            return


def _near(case: Case, notice: Notice) -> bool:
    account = not notice.account or notice.account.lower() in case.owner.addresses
    return account and case.first - _DAYS <= notice.when <= case.last + _DAYS


def is_provider(case: Case, domain: str) -> bool:
    """A domain of the owner's own provider."""
    return organisation(domain_of(domain) or domain) in case.zone.organisations
