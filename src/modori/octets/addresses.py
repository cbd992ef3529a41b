"""Addresses and host names out of header values (RFC 5321 section 4.1.2, RFC 5322 section 3.4), by bounded scans.

Not a validator: what a hostile letter writes in an address field is cut out, lower-cased in its domain, and bounded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_LIMIT = 64 * 1024
_ANGLE = re.compile(rb"<([^<>\r\n]{0,320})>")
_BARE = re.compile(rb"[^\s<>\"(),:;@\[\]\\]{1,128}@(?:[^\s<>\"(),:;@\[\]\\]{1,255}|\[[0-9A-Fa-f.:]{3,64}\])")
_IP4 = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}\Z")


def addresses(value: bytes, most: int = 1000) -> list[str]:
    """Every address of a To, Cc or From value, at most `most`; local part as written, domain in lower case."""
    value = value[:_LIMIT]
    if b"=?" in value:
        value = re.sub(rb"=\?[^?\s]{1,40}\?[BbQq]\?[^?\s]{0,300}\?=", b"", value)
    found = [clean(m) for m in _BARE.findall(value)[:most]]
    if found:
        return found
    return [a for a in (clean(m) for m in _ANGLE.findall(value)[:most]) if a]


def address(value: bytes) -> str:
    """The one address of a From, Sender or Return-Path value: the last <...>, else the first bare one, else ""."""
    value = value[:_LIMIT]
    angles = _ANGLE.findall(value)
    for inner in angles[::-1]:
        if b"@" in inner:
            return clean(inner)
    bare = _BARE.search(value)
    if bare:
        return clean(bare.group())
    return clean(angles[-1]) if angles else ""


def clean(raw: bytes) -> str:
    """An address as text: source route and quotes removed, domain lower-cased, undecodable bytes replaced."""
    text = raw.decode("utf-8", "replace").strip().strip("<>").strip()
    if text.startswith("@") and ":" in text:  # RFC 5321 appendix C: obsolete source route
        text = text.rpartition(":")[2]
    local, at, domain = text.rpartition("@")
    if not at:
        return text[:320]
    if len(local) > 2 and local[0] == local[-1] == "'":
        local = local[1:-1]
    return f"{local}@{domain.lower().rstrip('.')}"[:320]


def is_null_path(value: bytes) -> bool:
    """True for the return path of a report: "<>" (RFC 5321 section 4.5.5), or MAILER-DAEMON, as sendmail writes it."""
    return value.strip().strip(b"<>").strip().lower() in {b"", b"mailer-daemon"}


def domain_of(addr: str) -> str:
    """The domain of an address, lower-case, "" when it has none."""
    return addr.rpartition("@")[2].lower() if "@" in addr else ""


def is_ip(text: str) -> bool:
    """True for an IPv4 or IPv6 address literal, brackets and IPv6: prefix allowed."""
    text = text.strip("[]")
    digits = "0123456789abcdefABCDEF:."
    return bool(_IP4.match(text)) or (":" in text and all(c in digits for c in text.removeprefix("IPv6:")))


def network(address: str) -> str:
    """The /24 (IPv4) or /48 (IPv6) an address lies in, as a prefix with a trailing separator."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + ":"
    return address.rpartition(".")[0] + "." if address.count(".") == 3 else address


@lru_cache(maxsize=65536)
def organisation(host: str) -> str:
    """The registrable domain of a host name ("mx5.rental.co.jp" -> "rental.co.jp"), by the public suffix list.

    "" for literals and single labels. Names under reserved suffixes (.example, .test) get two labels.
    """
    host = host.strip().strip(".").lower()
    if "." not in host or is_ip(host):
        return ""
    return _suffixes().privatesuffix(host) or ".".join(host.split(".")[-2:])


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList  # 30 ms to load: only when somebody asks

    return PublicSuffixList(only_icann=True)
