"""After the fix: bounces keep coming, for servers retry for days; has the sending itself stopped?

RFC 5321 section 4.5.4.1 lets a server retry for four to five days before it gives up. So not the bounce's date counts
but the returned original's: what left before the fix may bounce until five days after it left.
"""

from __future__ import annotations

from modori.types import Aftermath

RETRIES = 5 * 86400.0
_SILENT = 86400.0  # even a leak of a few messages a day would have shown itself by then
_FRESH = 3600.0  # most refusals come within the hour


def aftermath(last_sent: float | None, last_bounce: float | None, now: float) -> Aftermath:
    """`last_sent` is the newest Date of a returned original; one later than its own bounce is a wrong clock's."""
    if last_sent is None:
        return Aftermath(None, None, None)
    sent = min(last_sent, now if last_bounce is None else last_bounce)
    return Aftermath(sent, sent + RETRIES, _stopped(now - sent))


def _stopped(silence: float) -> bool | None:
    if silence >= _SILENT:
        return True
    return False if silence < _FRESH else None
