"""Parts of a report that do not say what they are: mail gateways send on what they do not know as octet-stream."""

from __future__ import annotations

import re

from modori.octets.mime import Part

NAMELESS = frozenset(
    {b"application/octet-stream", b"application/unknown", b"application/x-unknown", b"message/unknown",
     b"application/x-unknown-content-type", b"unknown/unknown"}
)  # fmt: skip
_TOP = 2000  # bytes looked at
_STATUS = re.compile(
    rb"(?i)\s{0,20}(?:reporting-mta|arrival-date|received-from-mta|(?:final|original)-recipient|original-envelope-id|"
    rb"x-[a-z-]{1,30}-queue-id)[ \t]{0,4}:"
)
_MESSAGE = re.compile(rb"(?i)\s{0,20}(?:return-path|received|message-id|from|date|dkim-signature)[ \t]{0,4}: ?[^\n]")


def kind(raw: bytes, piece: Part) -> bytes:
    """What a part of one of the NAMELESS types is, by its first field."""
    top = piece.content(raw, _TOP)
    if _STATUS.match(top):
        return b"message/delivery-status"
    return b"message/rfc822" if _MESSAGE.match(top) else piece.kind
