"""How many independent servers tell the same story, and whether the own server wrote any of the bounces."""

from __future__ import annotations

from modori.attribute.case import Case, Signs, sign
from modori.attribute.signs.entry import independent_writers

_SEVERAL = 3
_MANY = 10


def signs(case: Case) -> Signs:
    crossing = [s for s in case.seen if s.passage.connecting is not None]
    writers = independent_writers(crossing)
    if len(writers) >= _SEVERAL:
        yield sign("connecting-several", crossing, count=len(writers))
    if case.bounces >= _MANY and not any(s.passage.writer == "own" for s in case.seen):
        yield sign("foreign-writers-only", case.seen, count=case.bounces)
