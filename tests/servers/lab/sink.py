"""Small exchangers of our own, the letters' last stop: what they take they keep, the rest they refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Judge = Callable[[str], str]
"""Says of a recipient's address with which reply it is refused; "" takes it."""


@dataclass
class Sink:
    """An exchanger with a rule for recipients, a rule for contents, and a memory."""

    refuse: Judge = lambda address: ""
    refuse_content: Callable[[bytes], str] = lambda content: ""
    kept: list[bytes] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  (the hook's name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.refuse(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  (likewise)
        content = envelope.original_content or b""
        if refusal := self.refuse_content(content):
            return refusal
        self.kept.append(content)
        return "250 2.0.0 Ok: queued"


def listen(sink: Sink, name: str, address: str) -> None:
    """Serve `sink` on port 25 of `address` until the program ends."""
    Controller(sink, hostname=address, port=25, server_hostname=name, ident=f"{name} ESMTP").start()
