"""Moments that mail servers write into their ids, apart from the stamps of their logs.

Sources: queue numbers (octets/queueclock.py reads them; here they are found in their lines), Postfix cleanup (its own
Message-IDs hold UTC), Dovecot lib/guid.c (128-bit ids hold nanoseconds and seconds) and login-common (48 bits of
microseconds).
"""

from __future__ import annotations

import re
from base64 import b64decode
from calendar import timegm
from collections.abc import Callable, Iterator

from modori.octets import queueclock

_POSTFIX_LONG = re.compile(rb": ([0-9B-Zb-z]{10}z[0-9B-Zb-z]{1,16}): (?:client|uid)=")
_POSTFIX_OWN = re.compile(rb": ([0-9A-Za-z]{6,24}): message-id=<(\d{14})\.\1@")
_EXIM = re.compile(rb" ([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) <= ")
_DOVECOT_GUID = re.compile(rb"><([A-Za-z0-9+/]{22})(?::\w{1,20})?>: |> ([A-Za-z0-9+/]{22})(?::\w{1,20})? Saved\)")
_DOVECOT_LOGIN = re.compile(rb"-login: .{0,400}\bsession=<([A-Za-z0-9+/]{12,24})={0,2}>")
_SENDMAIL = re.compile(rb": ([0-9A-Za-x]{8}\d{6,10}): from=")
_REACH = 2048  # bytes of a line
_TRIES = 1000  # lines of a kind and block: a server writes the moment into all of its ids or into none
_LOGIN_WRAPS = 2**48 / 1e6
_FIELDS = ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))


def dated(block: bytes, latest: float) -> Iterator[tuple[bytes, float]]:
    """(line, moment) of every line that holds one; `latest` settles ids whose clock wraps."""
    for mark, read in _READERS:
        at = block.find(mark)
        tries = 0
        while at >= 0 and tries < _TRIES:
            tries += 1
            begin, end = block.rfind(b"\n", 0, at) + 1, block.find(b"\n", at)
            line = block[begin : begin + _REACH] if end < 0 else block[begin : min(end, begin + _REACH)]
            moment = read(line, latest)
            if moment is not None:
                yield line, moment
            at = block.find(mark, end) if end >= 0 else -1


def _postfix_long(line: bytes, latest: float) -> float | None:
    found = _POSTFIX_LONG.search(line)
    return queueclock.postfix(found[1].decode()) if found else None


def _postfix_own(line: bytes, latest: float) -> float | None:
    found = _POSTFIX_OWN.search(line)
    return _utc(found[2]) if found else None


def _exim(line: bytes, latest: float) -> float | None:
    found = _EXIM.search(line)
    return queueclock.exim(found[1].decode()) if found else None


def _dovecot_login(line: bytes, latest: float) -> float | None:
    found = _DOVECOT_LOGIN.search(line)
    if found is None:
        return None
    stem = int.from_bytes(_bytes(found[1])[:6], "little") / 1e6
    return stem + (latest - stem) // _LOGIN_WRAPS * _LOGIN_WRAPS


def _sendmail(line: bytes, latest: float) -> float | None:
    found = _SENDMAIL.search(line)
    return queueclock.sendmail(found[1].decode(), latest) if found else None


def _dovecot_guid(line: bytes, latest: float) -> float | None:
    found = _DOVECOT_GUID.search(line)
    return float(int.from_bytes(_bytes(found[1] or found[2])[4:8], "little")) if found else None


_READERS: tuple[tuple[bytes, Callable[[bytes, float], float | None]], ...] = (
    (b": client=", _postfix_long),
    (b": uid=", _postfix_long),
    (b": message-id=<", _postfix_own),
    (b" <= ", _exim),
    (b"-login: ", _dovecot_login),
    (b": from=", _sendmail),
    (b"lmtp", _dovecot_guid),
)


def _utc(digits: bytes) -> float | None:
    year, month, day, hour, minute, second = (int(digits[a:b]) for a, b in _FIELDS)
    if not (1970 <= year <= 2100 and 1 <= month <= 12):
        return None
    return float(timegm((year, month, day, hour, minute, second)))


def _bytes(text: bytes) -> bytes:
    """What unpadded base64 holds, its last odd digits left out."""
    return b64decode(text[: len(text) // 4 * 4])
