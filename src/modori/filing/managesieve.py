"""Installing a filter on a mail server (ManageSieve, RFC 5804), beside the user's own script, which is never changed.

The filter becomes the active script and goes on to the one that was active before (include, RFC 6609); taking it away
makes that one active again. Only over TLS, with the certificate checked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from modori.filing.failure import FilingError
from modori.imap import Account, secret
from modori.imap.session import CA_FILE

if TYPE_CHECKING:
    from sievelib.managesieve import Client

NAME = "modori"
_PORT = 4190
_SERVER = re.compile(r"(\S{1,320})@([^@\s:/]{1,253})(?::(\d{1,5}))?\Z")
_BEFORE = re.compile(r'# before: "([^"]{1,500})"')


def install(server: str, script: str) -> str:
    """Make the script active; the name of the user's own that it goes on to, "" when there was none."""
    with _session(server) as (client, host):
        before = _before(client)
        if before:
            if "include" not in client.get_sieve_capabilities():
                raise FilingError("include", host=host, before=before)
            named = before.replace("\\", "\\\\").replace('"', '\\"')
            script = f'# before: "{before}"\nrequire ["include"];\n{script}\ninclude :personal "{named}";\n'
        if not client.putscript(NAME, script) or not client.setactive(NAME):
            raise FilingError("refused", host=host, why=_said(client))
        return before


def remove(server: str) -> str:
    """Take the filter away again; the name of the user's own script, which is active as before."""
    with _session(server) as (client, host):
        active, others = client.listscripts() or (None, [])
        if NAME not in {active, *others}:
            raise FilingError("absent", host=host)
        before = _before(client) if active == NAME else ""
        if active == NAME and not client.setactive(before):
            raise FilingError("refused", host=host, why=_said(client))
        client.deletescript(NAME)
        return before


def _before(client: Client) -> str:
    """The user's own active script, also when the filter stands before it."""
    active: str = (client.listscripts() or (None, []))[0] or ""
    if active != NAME:
        return active
    found = _BEFORE.match(client.getscript(NAME) or "")
    return found[1] if found else ""


@contextmanager
def _session(server: str) -> Iterator[tuple[Client, str]]:
    from sievelib.managesieve import Client, Error

    found = _SERVER.match(server)
    if found is None:
        raise FilingError("server", server=server)
    user, host, port = found[1], found[2], int(found[3] or _PORT)
    account = Account("imaps", user, host, 993)
    client = Client(host, port)
    try:
        with _trusting():
            if not client.connect(user, secret.password(account), starttls=True):
                secret.forget(account)
                raise FilingError("login", host=host, user=user)
        yield client, host
        client.logout()
    except (Error, OSError) as wrong:
        raise FilingError("connect", host=host, why=str(wrong)[:200]) from wrong


@contextmanager
def _trusting() -> Iterator[None]:
    """The user's own file of certificates, in the only way in which this library can be told: OpenSSL's variable."""
    file, variable = os.environ.get(CA_FILE, ""), "SSL_CERT_FILE"
    before = os.environ.get(variable)
    if file:
        os.environ[variable] = file
    try:
        yield
    finally:
        if file and before is None:
            del os.environ[variable]
        elif file and before is not None:
            os.environ[variable] = before


def _said(client: Client) -> str:
    message = getattr(client, "errmsg", b"") or b""
    return message.decode("utf-8", "replace")[:200] if isinstance(message, bytes) else str(message)[:200]
