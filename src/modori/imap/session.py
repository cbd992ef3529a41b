"""A connection to a mail server, encrypted, checked and logged in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from modori.imap import secret
from modori.imap.failure import ImapError, said, telling
from modori.imap.url import Account

if TYPE_CHECKING:
    from ssl import SSLContext

    from imapclient import IMAPClient

CA_FILE = "MODORI_CA_FILE"  # a PEM file of the certificates to trust instead of the system's
_CONNECT, _READ = 30.0, 120.0
_LITERAL = 64 << 20  # bytes; letters are asked for in pieces that are smaller


def connect(account: Account, password: str = "", patience: float = _READ) -> IMAPClient:
    """A session with the account's server; ImapError says why there is none.

    Without a password, `secret` knows it. `patience` is how many seconds each answer of the server may take.
    """
    with telling(account.host):
        client = _bounded(_open(account, patience))
        client.normalise_times = False  # else INTERNALDATE loses its zone
        try:
            _log_in(client, account, password)
        except BaseException:
            client.shutdown()
            raise
    return client


def trusted() -> SSLContext:
    """The system's certificate authorities, or the user's own file of them."""
    from ssl import create_default_context

    file = os.environ.get(CA_FILE, "")
    try:
        return create_default_context(cafile=file or None)
    except OSError as wrong:
        raise ImapError("imap-ca-file", path=file) from wrong


def _open(account: Account, patience: float) -> IMAPClient:
    from imapclient import IMAPClient, SocketTimeout

    context, timeout = trusted(), SocketTimeout(connect=min(_CONNECT, patience), read=patience)
    if account.scheme == "imaps":
        return IMAPClient(account.host, account.port, ssl=True, ssl_context=context, timeout=timeout)
    client = IMAPClient(account.host, account.port, ssl=False, timeout=timeout)
    if not client.has_capability("STARTTLS"):
        client.shutdown()
        raise ImapError("imap-no-tls", host=account.host)
    client.starttls(context)
    return client


def _bounded(client: IMAPClient) -> IMAPClient:
    """imaplib makes room for as much as a server announces (RFC 3501 section 4.3), before anything has come."""
    connection = client._imap
    read = connection.read

    def within(size: int) -> bytes:
        if size > _LITERAL:
            raise connection.abort(f"an answer of {size} bytes")
        return bytes(read(size))

    connection.read = within
    return client


def _log_in(client: IMAPClient, account: Account, password: str) -> None:
    """With the password that was typed; else by XOAUTH2 when a token command is set, else with one that is kept."""
    from imapclient.exceptions import LoginError

    token = "" if password or secret.held(account) else secret.token(account)
    try:
        if token:
            client.oauth2_login(account.user, token)
        else:
            client.login(account.user, password or secret.password(account))
    except (LoginError, UnicodeEncodeError) as wrong:
        secret.forget(account)
        raise ImapError("imap-login", user=account.user, host=account.host, why=said(wrong)) from wrong
