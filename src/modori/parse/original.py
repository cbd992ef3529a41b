"""The returned letter, as far as it was returned: one pass over its header, subject decoded, nothing verified."""

from __future__ import annotations

from collections.abc import Mapping

from modori.octets import headers
from modori.octets.addresses import address, addresses
from modori.octets.charsets import words
from modori.octets.dates import date
from modori.types import Bounce, Letter, Original

BODY_LIMIT = 1 << 20


def original(letter: Letter, bounce: Bounce) -> Original | None:
    """What the bounce returned of the original letter; None when it returned nothing."""
    source = bounce.original_raw or letter.raw
    begin, end = (0, len(source)) if bounce.original_raw else bounce.original_at or (0, 0)
    if begin >= end:
        return None
    head_end, body_at = headers.head_end(source, begin, min(end, begin + headers.HEAD_LIMIT))
    block = source[begin:head_end]
    head = headers.head_map(block)
    written = head.get(b"date", b"")
    return Original(
        sender=address(head[b"from"]) if b"from" in head else "",
        return_path=address(head[b"return-path"]) if b"return-path" in head else "",
        message_id=_message_id(head.get(b"message-id", b"")),
        date=headers.unfold(written[:200]).decode("latin-1"),
        when=date(written) if written else None,
        subject=words(head.get(b"subject", b"")[:8000]),
        recipients=_recipients(head),
        complete=bounce.original_complete,
        head=block,
        body=source[body_at : min(end, body_at + BODY_LIMIT)],
    )


def _recipients(head: Mapping[bytes, bytes]) -> tuple[str, ...]:
    """To and Cc, each address once."""
    to = addresses(head[b"to"]) if b"to" in head else []
    return tuple(dict.fromkeys([*to, *addresses(head[b"cc"])] if b"cc" in head else to))


def _message_id(value: bytes) -> str:
    text = headers.unfold(value[:1000]).decode("utf-8", "replace")
    inside = text.partition("<")[2].partition(">")[0] if "<" in text else text
    return inside.strip()[:500]
