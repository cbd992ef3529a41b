"""What can go wrong between here and a mail server, each with a sentence of its own (words/*/problems.toml)."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from modori.errors import ModoriError
from modori.types import Place, Problem

_LONGEST = 200  # of what the server says
# Ordered: the first that fits is the most telling.
_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "imap-no-host"),
    (ConnectionRefusedError, "imap-refused"),
    (TimeoutError, "imap-timeout"),
    (ssl.SSLCertVerificationError, "imap-certificate"),
    (imaplib.IMAP4.abort, "imap-cut"),
    (OSError, "imap-cut"),
    (imaplib.IMAP4.error, "imap-server"),
    (ValueError, "imap-server"),  # an answer that nobody can take apart
    (RecursionError, "imap-server"),  # or only by going too deep
)


class ImapError(ModoriError):
    """A server could not be used. `id` is a key of words/*/problems.toml, `params` what its sentence names."""

    def __init__(self, id: str, /, **params: object) -> None:
        super().__init__(id)
        self.id = id
        self.params = params

    @property
    def cut(self) -> bool:
        """Did the connection end, so that connecting once more may help?"""
        return self.id in {"imap-cut", "imap-timeout"}

    def problem(self, label: str) -> Problem:
        return Problem(self.id, Place(label), self.params)


@contextmanager
def telling(host: str) -> Iterator[None]:
    """What the libraries raise, as an ImapError."""
    try:
        yield
    except (OSError, ValueError, RecursionError, imaplib.IMAP4.error) as wrong:
        name = next(name for kind, name in _KINDS if isinstance(wrong, kind))
        raise ImapError(name, host=host, why=said(wrong)) from wrong


def said(wrong: Exception) -> str:
    """The reason in the words of the server or the system."""
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return wrong.verify_message
    if isinstance(wrong, OSError):
        return wrong.strerror or ""
    text = str(wrong)  # imaplib puts bytes into its exceptions as Python writes them
    return (text[2:-1] if text.startswith(("b'", 'b"')) else text)[:_LONGEST]
