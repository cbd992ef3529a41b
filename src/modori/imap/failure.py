"""What can go wrong between here and a mail server, each with a sentence of its own (words/*/problems.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from modori.errors import ModoriError
from modori.types import Place, Problem

_LONGEST = 200  # of what the server says


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
    kinds = _kinds()
    try:
        yield
    except tuple(kind for kind, _ in kinds) as wrong:
        name = next(name for kind, name in kinds if isinstance(wrong, kind))
        raise ImapError(name, host=host, why=said(wrong)) from wrong


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[type[Exception], str], ...]:
    """What is raised, and which sentence tells it, the most telling first.

    The libraries are imported here: every command loads this module, and few talk to a server.
    """
    import imaplib
    import socket
    import ssl

    return (
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


def said(wrong: Exception) -> str:
    """The reason in the words of the server or the system."""
    from ssl import SSLCertVerificationError

    if isinstance(wrong, SSLCertVerificationError):
        return wrong.verify_message
    if isinstance(wrong, OSError):
        return wrong.strerror or ""
    text = str(wrong)  # imaplib puts bytes into its exceptions as Python writes them
    return (text[2:-1] if text.startswith(("b'", 'b"')) else text)[:_LONGEST]
