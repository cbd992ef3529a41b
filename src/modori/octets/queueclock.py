"""The moment at which a mail server took a letter in, as it wrote it into the letter's queue number.

    sendmail      "61LFvYgh012345"            conf.c assign_queueid (8.12 and later): year, month, day, hour, minute,
                                              second in base 60, UTC, then a counter and the process
    Exim          "1vqXyZ-0003Ab-1c"          spec chapter 3.4: seconds in base 62; 23 letters since 4.97
    Postfix long  "4fKQdN3LGvz4s2x"           global/mail_queue.h: seconds and microseconds in base 52, "z", the inode

Short Postfix numbers hold microseconds alone and say nothing about the second. None of them carries a counter of
letters: no volume can be read from them. Numbers that decode to a moment outside 1990 to 2100 are no such numbers.
"""

from __future__ import annotations

import re
from calendar import timegm
from time import gmtime

_BASE52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
_BASE60 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SENDMAIL = re.compile(r"[0-9A-Za-x]{8}\d{6,10}\Z")
_EXIM = re.compile(r"[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4})\Z")
_POSTFIX = re.compile(r"[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10}z[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{1,16}\Z")
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # 1990 and 2100


def exim(number: str) -> float | None:
    """The second in an Exim message id of either length."""
    return _plausible(_value(number[:6], _BASE62)) if _EXIM.match(number) else None


def postfix(number: str) -> float | None:
    """The microsecond in a long Postfix queue id; short ones give None."""
    if not _POSTFIX.match(number):
        return None
    seconds, micros = _value(number[:6], _BASE52), _value(number[6:10], _BASE52)
    whole = _plausible(seconds)
    return whole + micros / 1e6 if whole is not None and micros < 1_000_000 else None


def sendmail(number: str, near: float) -> float | None:
    """The second in a sendmail queue id. It counts years in rounds of sixty: the round nearest to `near` is taken."""
    if not _SENDMAIL.match(number):
        return None
    year, month, day, hour, minute, second = (_BASE60.index(c) for c in number[:6])
    if not (month < 12 and 1 <= day <= 31 and hour < 24):
        return None
    around = gmtime(near).tm_year
    full = around + (year - (around - 1900) + 30) % 60 - 30
    return _plausible(timegm((full, month + 1, day, hour, minute, second)))


def moment(number: str, near: float) -> float | None:
    """The moment in a queue number of any kind that can be told by its shape, None for all others."""
    for read in (exim, postfix):
        found = read(number)
        if found is not None:
            return found
    return sendmail(number, near)


def _value(digits: str, alphabet: str) -> int:
    value = 0
    for digit in digits:
        value = value * len(alphabet) + alphabet.index(digit)
    return value


def _plausible(seconds: int) -> float | None:
    return float(seconds) if _EARLIEST <= seconds < _LATEST else None
