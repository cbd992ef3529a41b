"""Logins to mail servers that wait for their user to choose folders: in memory, and only for a while."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

from modori.imap import Account, connect, telling
from modori.read.imap_folders import Folder, listed

_LASTING = 900.0  # seconds that a password is held for somebody who went away
_MOST = 20
_PATIENCE = 20.0  # seconds of somebody before a page, who may have mistyped the server's name


@dataclass(frozen=True, slots=True)
class Login:
    """A password that a server accepted, and the folders it then listed."""

    account: Account
    password: str = field(repr=False)
    folders: tuple[Folder, ...] = ()


def log_in(account: Account, password: str) -> Login:
    """Try the password and list the folders; nothing is opened yet. ImapError says why it did not work."""
    client = connect(account, password, _PATIENCE)
    try:
        with telling(account.host):
            return Login(account, password, tuple(listed(client)))
    finally:
        client.shutdown()


class Logins:
    """Logins by names that nobody can guess; each is forgotten when used, when its time is over, or in a crowd."""

    def __init__(self, lasting: float = _LASTING) -> None:
        self._lasting = lasting
        self._held: dict[str, tuple[Login, threading.Timer]] = {}

    def hold(self, login: Login) -> str:
        name = secrets.token_urlsafe(16)
        for oldest in list(self._held)[: max(0, len(self._held) - _MOST + 1)]:
            self.take(oldest)
        timer = threading.Timer(self._lasting, self.take, [name])
        timer.daemon = True
        timer.start()
        self._held[name] = login, timer
        return name

    def find(self, name: str) -> Login | None:
        found = self._held.get(name)
        return found[0] if found else None

    def take(self, name: str) -> Login | None:
        """The login, which is forgotten here."""
        login, timer = self._held.pop(name, (None, None))
        if timer is not None:
            timer.cancel()
        return login
