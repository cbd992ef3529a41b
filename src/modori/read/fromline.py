"""The From_ line that opens each letter in an mbox file: RFC 4155, and the dialects before and beside it.

    From addr Tue Jul 28 04:41:06 2026                    Unix, Postfix, Dovecot, Google Takeout (with +0000)
    From addr Tue Jul 28 04:41:06 JST 2026 remote from h  older sendmail and UUCP
    From addr Tue, 28 Jul 2026 04:41:06 +0900             programs that copy Date:
    From - Tue Jul 28 04:41:06 2026                       Thunderbird: the PC's clock when it fetched, so no arrival
    From (nothing more), From -, From addr                Mozilla, converters

Whether a line opens a letter is decided from that line, the end of the line before it and the beginning of the line
after it, and from nothing else: so every reader of any part of a file sees the same letters. That is also why
Content-Length (mboxcl) is not believed; a letter could use it to hide its neighbours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from modori.octets import dates

REACH = 2048  # bytes after the beginning of a From_ line that decide; more than both patterns below can take

_FIELD = rb"[!-9;-~]{1,128}+[ \t]{0,64}+:"
_USUAL = re.compile(
    rb"From (\S{1,900}+) [A-Z][a-z]{2} ([A-Z][a-z]{2} [ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})(?>\r\n?|\n)"
    rb"(?=" + _FIELD + rb")"
)
# Next comes a field, or UUCP's second envelope line, or the letter has no head at all.
_LINE = re.compile(rb"From ([^\r\n]{0,990}+)(?>\r\n?|\n|\Z)(?:(?=(" + _FIELD + rb"))|(?=>From |\r|\n|\Z))")
_WORD = rb"(?: {1,4}[A-Za-z+-][A-Za-z0-9+-]{1,6})"
_DATE = re.compile(
    rb"(?:[A-Z][a-z]{2},? {1,4})?([A-Z][a-z]{2}) {1,4}(\d\d?) {1,4}(\d\d?:\d\d(?::\d\d)?)"
    rb"(" + _WORD + rb"{0,2}) {1,4}(\d{4})(" + _WORD + rb"{0,2})(?: {1,4}remote from \S{1,255})?[ \t]{0,99}\Z"
)
_MAIL_DATE = re.compile(
    rb"(?:[A-Z][a-z]{2},? {1,4})?(\d\d?) {1,4}([A-Z][a-z]{2}) {1,4}(\d{4}) {1,4}(\d\d?:\d\d(?::\d\d)?)([^\r\n]{0,80})\Z"
)
_ZONE = re.compile(rb"([+-]\d{4})|\b(GMT|UTC?|Z)\b|\b(JST)\b")
_BARE = re.compile(rb"-?|<>|MAILER-DAEMON|[^\s@]{1,300}@[^\s@,;:]{1,300}", re.IGNORECASE)
_PLAIN = re.compile(rb"-|<>|MAILER-DAEMON|\S{1,300}@\S{1,300}", re.IGNORECASE)


# Where the letter's own bytes begin, and the time on the From_ line: as it is, or by a clock of unknown zone.
Opening: TypeAlias = tuple[int, float | None, float | None]


def opening(text: bytes, at: int, after_blank: bool) -> Opening | None:
    """The From_ line at `at`, None when it is a line of a letter. `after_blank`: an empty line, or none, precedes."""
    usual = _USUAL.match(text, at)
    if usual:
        sender, day, hour, minute, second, year = usual.groups()
        if after_blank or _PLAIN.fullmatch(sender):
            midnight = None if sender == b"-" else _midnight(day, year)
            seconds = 3600 * int(hour) + 60 * int(minute) + int(second)
            return usual.end(), None, None if midnight is None else midnight + seconds
    line = _LINE.match(text, at)
    if line is None:
        return None
    date = _DATE.search(line[1]) or _MAIL_DATE.search(line[1])
    if date is None:
        bare = after_blank and line[2] and _BARE.fullmatch(line[1].strip())
        return (line.end(), None, None) if bare else None
    return _dated(line, date, after_blank)


def _dated(line: re.Match[bytes], date: re.Match[bytes], after_blank: bool) -> Opening | None:
    sender = line[1][: date.start()].strip()
    if not (_PLAIN.fullmatch(sender) or (after_blank and (b"@" in sender or b" " not in sender))):
        return None
    return (line.end(), None, None) if sender == b"-" else (line.end(), *_when(date))


def _when(date: re.Match[bytes]) -> tuple[float | None, float | None]:
    """The date as (time, None) when it names its zone, else as (None, what the clock showed)."""
    if date.re is _DATE:
        month, day, hour, before, year, after = date.groups()
    else:
        day, month, year, hour, after = date.groups()
        before = b""
    zone = _ZONE.search(before + after)
    offset = b"+0000" if zone is None or zone[2] else b"+0900" if zone[3] else zone[1]
    time = dates.date(b" ".join((day, month, year, hour, offset)))
    return (time, None) if zone else (None, time)


@lru_cache(maxsize=1024)
def _midnight(day: bytes, year: bytes) -> float | None:
    return dates.date(b"%s %s %s 00:00:00 +0000" % (day[4:].strip(), day[:3], year))
