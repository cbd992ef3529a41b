"""Exported password lists: Chrome, Edge, Firefox, Safari, Bitwarden, 1Password, KeePass (knowledge/exports.toml).

Whoever exports has every password in one open file; here each becomes, at once, a keyed digest that is good for
comparing within this run and for nothing else. Titles and user names are shown, so those that hold a password by
mistake, and passwords within addresses, are left out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from modori.errors import ModoriError
from modori.knowledge import table

MOST_BYTES = 32 << 20
MOST_ROWS = 50_000
_LONGEST = 1 << 16  # of one cell
_SHORT = 4  # so short a text stands in many others by chance


class NoExport(ModoriError):
    """The file is no export that is known; the message is a key of words/*/password.toml [wrong]."""


@dataclass(slots=True, repr=False)
class Key:
    """Digests of one run: equal passwords have equal digests, and without the key they say nothing."""

    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def digest(self, password: str) -> bytes:
        return hashlib.blake2b(password.encode("utf-8", "surrogatepass"), key=self._secret).digest()


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `password` is its digest. `path` and `scheme` tell what kind of account it is."""

    name: str
    host: str
    user: str
    password: bytes = field(repr=False)
    scheme: str = ""
    path: str = ""


def read(stream: BinaryIO, key: Key) -> list[Account]:
    """All accounts that have a password. Raises NoExport."""
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise NoExport("too-large")
    rows = csv.reader(io.StringIO(_decoded(raw), newline=""), strict=False)
    csv.field_size_limit(_LONGEST)
    try:
        columns = [name.strip().lower() for name in next(rows, [])]
        export = _export(columns)
        return _shown(list(_accounts(rows, columns, export)), key)
    except csv.Error as wrong:
        raise NoExport("not-csv") from wrong


def _decoded(raw: bytes) -> str:
    """UTF-8, with or without its mark; UTF-16 with it; else Shift_JIS, as older Japanese programs write."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp932", "replace")


def _export(columns: list[str]) -> Mapping[str, Any]:
    exports: Mapping[str, Any] = table("exports")["export"]
    found = next((e for e in exports.values() if set(e["all"]) <= set(columns)), None)
    if found is None:
        raise NoExport("unknown-columns")
    return dict(found)


_Row = tuple[Account, str]


def _accounts(rows: Iterator[list[str]], columns: list[str], export: Mapping[str, Any]) -> Iterator[_Row]:
    at = {part: columns.index(export[part]) for part in ("name", "url", "user", "password") if export[part]}
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise NoExport("too-large")
        cells = {part: row[index] if index < len(row) else "" for part, index in at.items()}
        if cells["password"]:
            scheme, host, path = _address(cells["url"])
            yield Account(cells.get("name", ""), host, cells["user"], b"", scheme, path), cells["password"]


def _address(url: str) -> tuple[str, str, str]:
    """Scheme, host and path of the first address; never its user, password or query."""
    first = url.split(",")[0].strip()
    try:
        parts = urlsplit(first if "://" in first else f"//{first}")
        host = parts.hostname or ""
    except ValueError:
        return "", "", ""
    if parts.scheme == "android":  # android://<hash>@com.example.app/: the owner's domain, the other way round
        host = ".".join(reversed(host.split(".")))
    return parts.scheme, host.removeprefix("www."), parts.path.lower()


def _shown(rows: list[_Row], key: Key) -> list[Account]:
    """The passwords gone, and with them every name that gives one away."""
    passwords = {password.lower() for _, password in rows}
    return [
        replace(
            account,
            name="" if _tells(account.name, password, passwords) else account.name,
            user="" if _tells(account.user, password, passwords) else account.user,
            password=key.digest(password),
        )
        for account, password in rows
    ]


def _tells(text: str, own: str, passwords: set[str]) -> bool:
    """The text is somebody's password, or holds this account's own, or holds one among its words."""
    plain = text.lower()
    if plain in passwords or (len(own) >= _SHORT and own.lower() in plain):
        return True
    return any(word in passwords for word in plain.split() if len(word) >= _SHORT)
