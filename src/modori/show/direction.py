"""Which way a sign points for a reader: for the verdict that is shown, or against it."""

from __future__ import annotations

from modori.types import Sign

# Causes whose mail did leave through the user's own outbound server; the others' did not.
_OWN_OUTBOUND = frozenset({"hijacked", "script", "device", "own", "forwarded", "autoreply", "neighbour"})


def speaks_for(sign: Sign, cause: str) -> bool:
    """True when the sign makes `cause` likelier."""
    if sign.toward == "own-outbound":
        return (sign.bits > 0) == (cause in _OWN_OUTBOUND)
    return sign.bits > 0 if sign.toward == cause else sign.bits < 0
