"""Countries by address, from either kind of table; what no table knows is empty."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.errors import UsageError
from modori.evidence import countries


def number(ip: str) -> int:
    return int(ipaddress.IPv4Address(ip))


@pytest.fixture
def tor(tmp_path: Path) -> str:
    """tor-geoipdb's two files, in small."""
    ranges = [("198.51.100.0", "198.51.100.255", "BR"), ("203.0.113.0", "203.0.113.9", "??")]
    ranges += [("203.0.113.10", "203.0.113.99", "VN")]
    four = "# Last updated\nnot a row\n" + "".join(f"{number(a)},{number(b)},{code}\n" for a, b, code in ranges)
    (tmp_path / "geoip").write_text(four)
    (tmp_path / "geoip6").write_text("2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,JP\n")
    return str(tmp_path / "geoip")


@pytest.mark.parametrize(
    ("ip", "code"),
    [
        ("198.51.100.0", "BR"), ("198.51.100.255", "BR"), ("198.51.101.0", ""), ("203.0.113.5", ""),
        ("203.0.113.50", "VN"), ("192.0.2.1", ""), ("2001:db8::25", "JP"), ("2001:db8:1::", ""), ("", ""), ("x", ""),
    ],
)  # fmt: skip
def test_the_tables_of_tor(tor: str, ip: str, code: str) -> None:
    assert countries.table(tor)(ip) == code


@given(st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address), st.booleans())
def test_an_address_written_either_way(address: ipaddress.IPv6Address, short: bool) -> None:
    assert countries._upper(address.compressed if short else address.exploded) == int(address) >> 64


def packed(value: object) -> bytes:
    """MaxMind DB's encoding of a map, a text or a number (maxmind.github.io/MaxMind-DB)."""
    if isinstance(value, dict):
        return bytes([7 << 5 | len(value)]) + b"".join(packed(part) for pair in value.items() for part in pair)
    if isinstance(value, str):
        return bytes([2 << 5 | len(value)]) + value.encode()
    if isinstance(value, list):
        return bytes([len(value), 11 - 7]) + b"".join(map(packed, value))
    assert isinstance(value, int)
    return bytes([5 << 5 | 2]) + value.to_bytes(2, "big")


def test_a_table_of_maxmind(tmp_path: Path) -> None:
    pytest.importorskip("maxminddb")
    tree = (1 + 16).to_bytes(3, "big") + (1).to_bytes(3, "big")  # addresses below 128.0.0.0 are Brazil's
    about = {"node_count": 1, "record_size": 24, "ip_version": 4, "database_type": "Country"}
    about |= {"binary_format_major_version": 2, "binary_format_minor_version": 0, "build_epoch": 1}
    about |= {"languages": [], "description": {}}
    content = tree + bytes(16) + packed({"country": {"iso_code": "BR"}}) + b"\xab\xcd\xefMaxMind.com" + packed(about)
    file = tmp_path / "country.mmdb"
    file.write_bytes(content)
    country = countries.table(str(file))
    assert (country("100.64.0.1"), country("203.0.113.1"), country("2001:db8::1")) == ("BR", "", "")


def test_a_broken_table_is_the_users_to_mend(tmp_path: Path) -> None:
    pytest.importorskip("maxminddb")
    file = tmp_path / "country.mmdb"
    file.write_bytes(b"no table")
    with pytest.raises(UsageError):
        countries.table(str(file))("198.51.100.1")
    with pytest.raises(UsageError):
        countries.table(str(tmp_path / "absent"))
