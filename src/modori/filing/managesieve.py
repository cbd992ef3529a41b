"""Installing a filter on a mail server (ManageSieve, RFC 5804), beside the user's own script, which is never changed.

The filter becomes the active script and goes on to the one that was active before (include, RFC 6609); where a server
has no include, it is set into a copy of that one. Taking it away makes the user's own active again. Only over TLS, with
the certificate checked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from modori.filing import sieve
from modori.filing.failure import FilingError
from modori.imap import Account, secret
from modori.imap.session import CA_FILE

if TYPE_CHECKING:
    from sievelib.managesieve import Client

NAME = "modori"
_PORT = 4190
_SERVER = re.compile(r"(\S{1,320})@([^@\s:/]{1,253})(?::(\d{1,5}))?\Z")
_BEFORE = re.compile(r'# before: "([^"]{1,500})"\n?')


@dataclass(frozen=True, slots=True)
class Installed:
    """A filter that is, or would be, active: `before` is the user's own script, `old` what `new` is compared with."""

    before: str
    old: str
    new: str
    copied: bool = False  # the filter stands in a copy of the user's own script


@dataclass(frozen=True, slots=True)
class Removed:
    """`before` is active again; it is a new script when the user had `changed` the copy that held the filter."""

    before: str
    changed: bool


def install(server: str, script: str, apply: bool = True) -> Installed:
    """Make the script active, or, without `apply`, only see what would become active."""
    with _session(server) as (client, host):
        made = _made(client, script)
        if apply and not (client.putscript(NAME, made.new) and client.setactive(NAME)):
            raise _refused(client, host)
        return made


def remove(server: str) -> Removed:
    """Take the filter away again."""
    with _session(server) as (client, host):
        listed: tuple[str | None, list[str]] = client.listscripts() or (None, [])
        active, others = listed
        if NAME not in {active, *others}:
            raise FilingError("absent", host=host)
        before, copy, changed = _standing(client) if active == NAME else ("", "", False)
        if changed:
            before = next(name for n in count(2) if (name := f"{before}-{n}") not in others)
            if not client.putscript(before, copy):
                raise _refused(client, host)
            others.append(before)
        before = before if before in others else ""  # the user may have deleted it since
        if active == NAME and not client.setactive(before):
            raise _refused(client, host)
        client.deletescript(NAME)
        return Removed(before, changed)


def _made(client: Client, script: str) -> Installed:
    """The whole script that is to be active."""
    active: str = (client.listscripts() or (None, []))[0] or ""
    before, copy, changed = _standing(client) if active == NAME else (active, "", False)
    old = _script(client, NAME) if active == NAME else ""
    if not before:
        return Installed("", old, script)
    head = f'# before: "{before}"\n'
    if not changed and "include" in client.get_sieve_capabilities():
        named = before.replace("\\", "\\\\").replace('"', '\\"')
        return Installed(before, old, f'{head}require ["include"];\n{script}\ninclude :personal "{named}";\n')
    own = _script(client, before)
    base = copy if changed else own
    return Installed(before, old or own, head + sieve.joined(base, script, sieve.mark(own)), True)


def _standing(client: Client) -> tuple[str, str, bool]:
    """Of the active filter: the user's own script, its copy without the filter, and whether that was changed since."""
    script = _script(client, NAME)
    found = _BEFORE.match(script)
    copy, was = sieve.apart(script[found.end() :] if found else script)
    return found[1] if found else "", copy, bool(was) and sieve.mark(copy) != was


def _script(client: Client, name: str) -> str:
    try:
        return f"{client.getscript(name) or ''}\n"
    except IndexError:  # how this library takes an empty script
        return ""


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
    except (Error, OSError, UnicodeDecodeError) as wrong:
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


def _refused(client: Client, host: str) -> FilingError:
    message = getattr(client, "errmsg", b"") or b""
    why = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
    return FilingError("refused", host=host, why=why[:200])
