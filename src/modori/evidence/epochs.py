"""Moments that mail servers write into their ids, apart from the stamps of their logs.

Sources: queue numbers (octets/queueclock.py reads them; here they are found in their lines), Postfix cleanup (its own
Message-IDs hold UTC), Dovecot lib/guid.c (128-bit ids hold nanoseconds and seconds) and login-common (48 bits of
microseconds).
"""

from __future__ import annotations

import re
from base64 import b64decode
from calendar import timegm

from modori.octets import queueclock

_POSTFIX_LONG = re.compile(rb": ([0-9B-Zb-z]{10}z[0-9B-Zb-z]{1,16}): (?:client|uid)=")
_POSTFIX_OWN = re.compile(rb": ([0-9A-Za-z]{6,24}): message-id=<(\d{14})\.\1@")
_EXIM = re.compile(rb" ([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) <= ")
_DOVECOT_GUID = re.compile(rb"><([A-Za-z0-9+/]{22})(?::\w{1,20})?>: |> ([A-Za-z0-9+/]{22})(?::\w{1,20})? Saved\)")
_DOVECOT_LOGIN = re.compile(rb"-login: .{0,400}\bsession=<([A-Za-z0-9+/]{12,24})={0,2}>")
_SENDMAIL = re.compile(rb": ([0-9A-Za-x]{8}\d{6,10}): from=")
_LOGIN_WRAPS = 2**48 / 1e6
_FIELDS = ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))


def epoch(line: bytes, latest: float) -> float | None:
    """The moment found in one log line, None when it holds none; `latest` settles ids whose clock wraps."""
    line = line[:2048]
    if (b"client=" in line or b"uid=" in line) and (found := _POSTFIX_LONG.search(line)):
        return queueclock.postfix(found[1].decode())
    if b"message-id=<" in line and (found := _POSTFIX_OWN.search(line)):
        return _utc(found[2])
    if b" <= " in line and (found := _EXIM.search(line)):
        return queueclock.exim(found[1].decode())
    if b"-login: " in line and (found := _DOVECOT_LOGIN.search(line)):
        stem = int.from_bytes(_bytes(found[1])[:6], "little") / 1e6
        return stem + (latest - stem) // _LOGIN_WRAPS * _LOGIN_WRAPS
    if b": from=" in line and (found := _SENDMAIL.search(line)):
        return queueclock.sendmail(found[1].decode(), latest)
    if b"lmtp" in line and (found := _DOVECOT_GUID.search(line)):
        return float(int.from_bytes(_bytes(found[1] or found[2])[4:8], "little"))
    return None


def _utc(digits: bytes) -> float | None:
    year, month, day, hour, minute, second = (int(digits[a:b]) for a, b in _FIELDS)
    if not (1970 <= year <= 2100 and 1 <= month <= 12):
        return None
    return float(timegm((year, month, day, hour, minute, second)))


def _bytes(text: bytes) -> bytes:
    """What unpadded base64 holds, its last odd digits left out."""
    return b64decode(text[: len(text) // 4 * 4])
