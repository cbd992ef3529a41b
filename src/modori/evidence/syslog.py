"""The frame of a log line: stamp, host, program, message, whichever logger wrote it.

Reads RFC 3164 lines as every Unix keeps them, with or without a priority; RFC 5424; ISO stamps (rsyslog, journald
short-iso); `journalctl -o export` and `-o json`; and Dovecot's own log file, which names no host.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from modori.evidence.clock import Clock
from modori.evidence.lines import blocks
from modori.types import Fact, Paper, Place, Problem

At: TypeAlias = tuple[int, int, int]  # offset, length, line number
Read: TypeAlias = Callable[[float, bytes, bytes, bytes, At], Sequence[Fact]]  # when, host, tag, message, at
_Frame: TypeAlias = tuple[float, bytes, bytes, bytes]  # when, host, tag ("postfix/smtpd[123]"), message
_Head: TypeAlias = tuple[bytes, bytes, Read]

_DOVECOT_LEVELS = (b"Info:", b"Warning:", b"Error:", b"Fatal:", b"Panic:", b"Debug:")
_CR = 13
_MOST_HEADS = 10_000
_LONGEST_HEAD = 300
_LONGEST_MESSAGE = 8192


class Heads(dict[bytes, _Head | None]):
    """ "mx1 postfix/smtpd[411]" to (host, tag, who reads it), None for no head: taken apart once, they repeat."""

    def __init__(self, route: Callable[[bytes], Read]) -> None:
        super().__init__()
        self._route = route
        self._readers: dict[bytes, Read] = {}  # by program: its processes come and go

    def __missing__(self, head: bytes) -> _Head | None:
        host, _, tag = head.partition(b" ")
        plain = tag and b" " not in tag and host[-1:] != b":" and len(head) <= _LONGEST_HEAD
        if len(self) >= _MOST_HEADS:
            self.clear()
            self._readers.clear()
        found = (host, tag, self._reader(tag)) if plain else None
        if len(head) <= _LONGEST_HEAD:
            self[head] = found
        return found

    def _reader(self, tag: bytes) -> Read:
        program = tag.partition(b"[")[0]
        if program not in self._readers:
            self._readers[program] = self._route(program)
        return self._readers[program]


def told(paper: Paper, clock: Clock, heads: Heads, note: Callable[[Problem], None]) -> Iterator[Sequence[Fact]]:
    """What each line tells its reader, where that is anything; lines without a frame are noted once, at the end."""
    if paper.peek.startswith((b"__CURSOR=", b"__REALTIME_TIMESTAMP=")):
        yield from _exported(paper, heads)
        return
    number = unread = 0
    second = zone = b""
    width = cut = 15
    when: float | None = None
    with paper.open() as stream:
        for offset, found in blocks(stream):
            for line in found:
                number += 1
                size = len(line)
                # The two common shapes are read here, without a call: "STAMP host tag[pid]: message".
                if line[:width] != second or (zone and line[cut - 6 : cut + 1] != zone):
                    if line[10:11] == b"T":
                        width, cut = 19, line.find(b" ", 19, 40)
                        when, zone = clock.full(line[:cut]), line[cut - 6 : cut + 1]  # "+09:00 "
                    else:
                        width, cut = 15, 15
                        when, zone = clock.bsd(line[:15]), b""
                    second = line[:width]
                colon = line.find(b": ", cut)
                if when is not None and (head := heads[line[cut + 1 : colon]]) is not None:
                    message = line[colon + 2 : colon + _LONGEST_MESSAGE]
                    if line[-1] == _CR:
                        message = message[:-1]
                    if facts := head[2](when, head[0], head[1], message, (offset, size, number)):
                        yield facts
                elif (framed := frame(line, clock)) is not None:
                    yield _heard(framed, heads, (offset, size, number))
                elif line.strip():
                    unread += 1
                offset += size + 1
    if unread:
        note(Problem("log-lines-unread", Place(paper.place.source), {"lines": unread, "of": number}))


def _heard(framed: _Frame, heads: Heads, at: At) -> Sequence[Fact]:
    """What a line in a less common frame tells."""
    when, host, tag, message = framed
    head = heads[host + b" " + tag]
    return () if head is None else head[2](when, host, tag, message, at)


def frame(line: bytes, clock: Clock) -> _Frame | None:
    """(when, host, tag, message) of one line, None when it has no frame."""
    if line[-1:] == b"\r":
        line = line[:-1]
    first = line[:1]
    if first == b"<":
        priority, close, line = line.partition(b">")
        if not close or len(priority) > 4:
            return None
        first = line[:1]
    if first.isalpha():
        when = clock.bsd(line[:15])
        return None if when is None else _tagged(when, line[16:])
    if first.isdigit():
        return _rfc5424(line, clock) if line[:2] == b"1 " else _iso(line, clock)
    return _journal_json(line) if first == b"{" else None


def _tagged(when: float, rest: bytes) -> _Frame | None:
    """ "host tag[pid]: message"; of Dovecot's own file "imap-login: Info: message"."""
    parts = rest.split(b" ", 2)
    if len(parts) != 3:
        return None
    host, tag, message = parts
    if host[-1:] == b":":
        if tag in _DOVECOT_LEVELS:
            return when, b"", b"dovecot", host + b" " + message
        return when, b"", host[:-1], tag + b" " + message
    if tag[-1:] != b":":
        return when, host, b"", message
    return when, host, tag[:-1], message


def _iso(line: bytes, clock: Clock) -> _Frame | None:
    stamp, _, rest = line.partition(b" ")
    if len(stamp) == 10:  # "2026-02-19 09:50:50 ...": the time is a word of its own
        hours, _, rest = rest.partition(b" ")
        stamp += b"T" + hours
    when = clock.full(stamp)
    return None if when is None else _tagged(when, rest)


def _rfc5424(line: bytes, clock: Clock) -> _Frame | None:
    """ "1 STAMP HOST APP PID MSGID [SD] MESSAGE" (RFC 5424 section 6); structured data is skipped."""
    parts = line.split(b" ", 6)
    if len(parts) != 7:
        return None
    _, stamp, host, app, pid, _, rest = parts
    when = clock.full(stamp)
    if when is None:
        return None
    rest = rest.partition(b"] " if rest[:1] == b"[" else b" ")[2]
    return when, host, app + b"[" + pid + b"]", rest.removeprefix(b"\xef\xbb\xbf")


def _journal_json(line: bytes) -> _Frame | None:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    return _journal({key: str(value).encode("utf-8", "replace") for key, value in fields.items()})


def _exported(paper: Paper, heads: Heads) -> Iterator[Sequence[Fact]]:
    """Records of KEY=value lines with an empty line after each (systemd's Journal Export Format)."""
    fields: dict[str, bytes] = {}
    number = 0
    with paper.open() as stream:
        for offset, found in blocks(stream):
            for line in found:
                number += 1
                key, equals, value = line.rstrip(b"\r").partition(b"=")
                if equals and len(fields) < 100:
                    fields[key.decode("latin-1")] = value
                elif not key:
                    if (framed := _journal(fields)) is not None:
                        yield _heard(framed, heads, (offset, len(line), number))
                    fields = {}
                offset += len(line) + 1
    if (framed := _journal(fields)) is not None:
        yield _heard(framed, heads, (offset, 0, number))


def _journal(fields: dict[str, bytes]) -> _Frame | None:
    stamp = fields.get("_SOURCE_REALTIME_TIMESTAMP") or fields.get("__REALTIME_TIMESTAMP") or b""
    message = fields.get("MESSAGE")
    if message is None or not stamp.isdigit() or len(stamp) > 20:
        return None
    tag = fields.get("SYSLOG_IDENTIFIER") or fields.get("_COMM") or b""
    pid = fields.get("SYSLOG_PID") or fields.get("_PID") or b""
    return int(stamp) / 1e6, fields.get("_HOSTNAME", b""), tag + b"[" + pid + b"]", message
