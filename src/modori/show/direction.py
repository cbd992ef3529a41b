"""Which way a sign points for a reader: for the verdict that is shown, or against it (by knowledge/signs.toml)."""

from __future__ import annotations

from collections.abc import Mapping

from modori.knowledge import table
from modori.types import Sign

# Causes whose mail did leave through the user's own outbound server; the others' did not.
_OWN_OUTBOUND = frozenset({"hijacked", "script", "device", "own", "forwarded", "autoreply", "neighbour"})
_OUTBOUND = frozenset({"outbound", "own-outbound"})
_RIVAL = 0.1  # what speaks against another cause speaks, a little, for this one


def speaks_for(sign: Sign, cause: str) -> bool:
    """True when the sign makes `cause` likelier, or belongs to it though it says nothing of the way out."""
    return pull(sign, cause) > 0 or cause in table("signs").get("sign", {}).get(sign.id, {}).get("fits", ())


def pull(sign: Sign, cause: str) -> float:
    """The log-odds that the sign adds to `cause`: what it says of the cause itself, and of the way out."""
    found = 0.0
    for toward, bits in _weights(sign).items():
        if toward == cause:
            found += bits
        elif toward in _OUTBOUND:
            found += bits if cause in _OWN_OUTBOUND else -bits
    return found or -_weights(sign).get(sign.toward, 0.0) * _RIVAL


def _weights(sign: Sign) -> Mapping[str, float]:
    """All weights of a sign that is known and used as it is defined; else only what the sign says itself."""
    known: Mapping[str, float] = table("signs").get("sign", {}).get(sign.id, {}).get("weights", {})
    if not known or known.get(sign.toward, 0.0) * sign.bits <= 0:
        return {sign.toward: sign.bits}
    return known
