"""Where the password comes from: a token command, the environment, the system's keyring, or the user at a terminal.

It is kept in this process's memory while the process lives, so that nobody is asked twice, and nowhere else.
"""

from __future__ import annotations

import getpass
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from modori.imap.failure import ImapError
from modori.imap.url import Account

PASSWORD, TOKEN_COMMAND = "MODORI_IMAP_PASSWORD", "MODORI_IMAP_TOKEN_COMMAND"
_PATIENCE = 120.0  # a token command may open a browser

_typed: dict[Account, str] = {}


def token(account: Account) -> str:
    """A fresh OAuth 2.0 access token from the user's own command, "" when none is set."""
    command = os.environ.get(TOKEN_COMMAND, "")
    if not command:
        return ""
    told = {**os.environ, "MODORI_IMAP_USER": account.user, "MODORI_IMAP_HOST": account.host}
    try:
        done = subprocess.run(
            shlex.split(command), env=told, stdout=subprocess.PIPE, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError) as wrong:
        raise ImapError("imap-token", why=type(wrong).__name__) from wrong
    return done.stdout.strip()


def password(account: Account) -> str:
    """The account's password; ImapError when there is nobody to ask."""
    found = known(account)
    if not found:
        found = _typed[account] = _ask(account)
    return found


def known(account: Account) -> str:
    """The password if it need not be asked for, else ""."""
    return _typed.get(account, "") or os.environ.get(PASSWORD, "") or _from_keyring(account)


def hold(account: Account, password: str) -> None:
    """Somebody typed it elsewhere: use it while this process lives."""
    _typed[account] = password


def held(account: Account) -> bool:
    """Was it typed? Then it is what the user means, whatever else is set."""
    return account in _typed


def forget(account: Account) -> None:
    """The server refused it: ask again next time."""
    _typed.pop(account, None)


def _from_keyring(account: Account) -> str:
    """`keyring set imaps://HOST USER` put it there, or `keep` did."""
    with _keyring() as safe:
        return (safe.get_password(f"imaps://{account.host}", account.user) or "") if safe else ""
    return ""


def has_keyring() -> bool:
    """Can passwords be kept here? The package is optional, and a machine may have no safe."""
    with _keyring() as safe:
        return safe is not None and safe.get_keyring().priority > 0
    return False


def keep(account: Account, password: str) -> bool:
    """Put the password into the system's keyring; False when that does not take it."""
    with _keyring() as safe:
        if safe is not None:
            safe.set_password(f"imaps://{account.host}", account.user, password)
            return True
    return False


@contextmanager
def _keyring() -> Iterator[Any]:
    """The package, None without it. A safe that is locked, or breaks, ends the block without an error."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        yield None
        return
    with suppress(KeyringError, RuntimeError):
        yield keyring


def _ask(account: Account) -> str:
    if not sys.stderr.isatty():
        raise ImapError("imap-no-password", user=account.user, host=account.host)
    try:
        found = getpass.getpass(f"{account.user}@{account.host}: ")
    except EOFError:
        found = ""
    if not found:
        raise ImapError("imap-no-password", user=account.user, host=account.host)
    return found
