"""Addresses of mailboxes on servers: imaps://user@host[:port]/FOLDER[,FOLDER...] (after RFC 5092).

imaps:// is TLS from the first byte (RFC 8314), imap:// is TLS by STARTTLS; without encryption there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from modori.imap.failure import ImapError

_SCHEMES = {"imaps": 993, "imap": 143}


@dataclass(frozen=True, slots=True)
class Account:
    """Whose mailbox, on which server."""

    scheme: str
    user: str
    host: str
    port: int

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _SCHEMES[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{_written(self.user, '%:/?#[]')}@{host}{port}"

    def folder(self, name: str) -> str:
        """The source that a folder's letters name as their place."""
        return f"{self.url}/{_written(name, '%,?#')}"

    def folders(self, names: Iterable[str]) -> str:
        """The source for reading these folders; the usual ones when none is named."""
        return f"{self.url}/{','.join(_written(name, '%,?#') for name in names)}"


def is_url(source: str) -> bool:
    """Does this source lie on a mail server?"""
    return source.lower().startswith(("imaps://", "imap://"))


def shown(source: str) -> str:
    """The source as it may be shown: should it hold a password, without."""
    scheme, mark, rest = source.partition("://")
    named, at, server = rest.rpartition("@")
    return f"{scheme}{mark}{named.partition(':')[0]}{at}{server}"


def parse(source: str) -> tuple[Account, tuple[str, ...]]:
    """The account and the folders named, () for the usual ones. A password in the address is refused, not used."""
    try:
        parts = urlsplit(source)
        named, _, _ = parts.netloc.rpartition("@")
        user, _, password = named.partition(":")
        host, port = parts.hostname or "", parts.port or _SCHEMES[parts.scheme]
    except ValueError as wrong:
        raise ImapError("imap-url") from wrong
    if password:
        raise ImapError("imap-password-in-url")
    if not (user and host) or not _plain(unquote(user) + host):
        raise ImapError("imap-url")
    names = tuple(unquote(name) for name in parts.path.strip("/").split(",") if name not in ("", "*"))
    return Account(parts.scheme, unquote(user), host, port), tuple(dict.fromkeys(names))


def account(user: str, server: str) -> Account:
    """The account of somebody who was asked for both; the server may name a port, of which 143 means STARTTLS."""
    scheme = "imap" if server.endswith(":143") else "imaps"
    if not all(c.isalnum() or c in "-._:[]" for c in server):
        raise ImapError("imap-url")
    return parse(f"{scheme}://{quote(user, safe='@')}@{server}")[0]


def account_of(label: str) -> tuple[Account, str]:
    """The account and the one folder of a letter's place."""
    account, names = parse(label)
    return account, names[0] if names else "INBOX"


def _written(text: str, dividing: str) -> str:
    """As people read it, but for what would divide an address elsewhere."""
    return "".join(c if c.isprintable() and c not in dividing else quote(c, safe="") for c in text)


def _plain(text: str) -> bool:
    return text.isprintable() and " " not in text
