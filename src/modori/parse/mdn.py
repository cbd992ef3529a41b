"""Message disposition notifications (RFC 8098). A read receipt is no failure; a refusal by a mail filter is.

Sieve's `reject` (RFC 5429) and Dovecot's delivery agent refuse with an MDN of disposition "deleted", sent by no human.
"""

from __future__ import annotations

import re

from modori.knowledge.dialect import Dialect
from modori.octets.headers import head_map
from modori.parse.anatomy import Anatomy
from modori.parse.dsn import recipient_of
from modori.parse.table import build, one_line
from modori.types import Failure

_REFUSED = re.compile(rb"(?i)automatic-action[^;]{0,80};\s{0,10}deleted")


def read(anatomy: Anatomy, dialect: Dialect) -> list[Failure]:
    """The refusal that the notification reports, if it reports one."""
    for piece in anatomy.parts:
        if piece.kind not in (b"message/disposition-notification", b"message/global-disposition-notification"):
            continue
        said = head_map(piece.content(anatomy.raw))
        if not _REFUSED.search(said.get(b"disposition", b"")):
            return []
        recipient = recipient_of(said, b"final-recipient") or recipient_of(said, b"original-recipient")
        return [build(recipient, one_line(anatomy.text))] if recipient else []
    return []
