"""Letters that pose as bounces: signs of them, in the one campaign that they make."""

from __future__ import annotations

from modori.attribute.case import common, sign
from modori.types import Background, Sign


def fake_signs(background: Background) -> tuple[int, tuple[Sign, ...], float, float]:
    """(how many, what shows it, first, last) of the letters that only look like bounces."""
    letters = background.poses
    if not letters:
        return 0, (), 0.0, 0.0
    found = [
        sign(identity, places=[p.place for p in letters if mark in p.poses], **params)
        for mark, identity, params in (
            ("no-report", "fake-no-report", {"count": background.posing}),
            ("return-path", "fake-foreign-sender", {"host": common(p.received_from or p.received_ip for p in letters)}),
            ("link", "fake-links", {}),
        )
        if any(mark in p.poses for p in letters)
    ]
    moments = [p.moment for p in letters]
    return background.posing, tuple(found), min(moments), max(moments)
