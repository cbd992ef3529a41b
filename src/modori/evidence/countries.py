"""Which country an address is registered in: from a table on this machine, never from the network.

Reads MaxMind's format (.mmdb: GeoLite2, DB-IP and others; with the extra `modori[country]`) and the two text tables of
Debian's tor-geoipdb: "first,last,CC", addresses as numbers in `geoip`, written out in `geoip6`.
"""

from __future__ import annotations

import ipaddress
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from modori.errors import UsageError

_USUAL = (
    "/usr/share/GeoIP/GeoLite2-Country.mmdb",
    "/var/lib/GeoIP/GeoLite2-Country.mmdb",
    "/usr/share/tor/geoip",
)
_MOST_ROWS = 2_000_000
_LONGEST_LINE = 200
_UNKNOWN = b"??"

Country = Callable[[str], str]  # address -> "BR", "" where nothing is known


def usual() -> str:
    """The table that this system has, "" if it has none."""
    return next((path for path in _USUAL if Path(path).is_file()), "")


def table(path: str) -> Country:
    """The table in a file, opened when it is first asked."""
    if not Path(path).is_file():
        raise UsageError(f"{path}: no such file")

    @lru_cache(maxsize=1)
    def opened() -> Country:
        return _maxmind(path) if path.endswith(".mmdb") else _tor(Path(path))

    @lru_cache(maxsize=4096)
    def country(ip: str) -> str:
        return opened()(ip) if _is_address(ip) else ""

    return country


def _is_address(ip: str) -> bool:
    try:
        ipaddress.ip_address(ip)
    except ValueError:
        return False
    return True


def _maxmind(path: str) -> Country:
    try:
        import maxminddb
    except ImportError as missing:
        raise UsageError(f"{path}: pip install 'modori[country]'") from missing
    try:
        reader = maxminddb.open_database(path, maxminddb.MODE_MMAP)
    except (OSError, TypeError, maxminddb.InvalidDatabaseError) as wrong:
        raise UsageError(f"{path}: {wrong}") from wrong

    def country(ip: str) -> str:
        try:
            found: Any = reader.get(ip)
            code = found["country"]["iso_code"]
        except (ValueError, KeyError, TypeError, maxminddb.InvalidDatabaseError):  # IPv6 in a table of IPv4; no country
            return ""
        return str(code)[:2]

    return country


def _tor(path: Path) -> Country:
    """`path` and its sister for IPv6, each read when it is first needed."""

    @lru_cache(maxsize=2)
    def rows(version: int) -> _Rows:
        return _Rows(_rows(path, int) if version == 4 else _rows(path.with_name(f"{path.name}6"), _upper))

    def country(ip: str) -> str:
        address = ipaddress.ip_address(ip)
        return rows(address.version).at(int(address) >> (0 if address.version == 4 else 64))

    return country


def _upper(text: str) -> int:
    """The upper half of an IPv6 address (RFC 4291 section 2.2): nobody is given less. `ipaddress` is slow."""
    head, gap, tail = text.partition("::")
    front, back = head.split(":") if head else [], tail.split(":") if tail else []
    groups = front + ["0"] * (8 - len(front) - len(back)) + back if gap else front
    first, second, third, fourth = groups[:4]
    return int(first, 16) << 48 | int(second, 16) << 32 | int(third, 16) << 16 | int(fourth, 16)


def _rows(path: Path, number: Callable[[str], int]) -> Iterator[tuple[int, int, bytes]]:
    if not path.is_file():
        return
    with path.open("rb") as stream:
        for line in islice(iter(lambda: stream.readline(_LONGEST_LINE), b""), _MOST_ROWS):
            first, _, rest = line.decode("latin-1").strip().partition(",")
            last, _, code = rest.partition(",")
            if len(code) == 2 and not first.startswith("#"):
                try:
                    yield number(first), number(last), code.encode()
                except ValueError:
                    continue


class _Rows:
    """Ranges in order of their beginnings, in the room of their numbers."""

    def __init__(self, rows: Iterator[tuple[int, int, bytes]]) -> None:
        self._first, self._last, self._codes = array("Q"), array("Q"), bytearray()
        for first, last, code in rows:
            self._first.append(first)
            self._last.append(last)
            self._codes += code

    def at(self, number: int) -> str:
        row = bisect_right(self._first, number) - 1
        code = bytes(self._codes[2 * row : 2 * row + 2])
        return code.decode() if row >= 0 and number <= self._last[row] and code != _UNKNOWN else ""
