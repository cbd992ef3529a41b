"""Amazon SES's notifications by SNS: JSON in the body of a letter (SES developer guide, "notification contents").

Bounces, complaints and deliveries each list their recipients with what the remote server said.
"""

from __future__ import annotations

import json
import re
from typing import Any

from modori.knowledge.dialect import Dialect
from modori.parse.anatomy import Anatomy
from modori.parse.table import build, one_line
from modori.types import Failure

_MOST = 1000
_LIMIT = 512 * 1024
_BROKEN = re.compile(r"!?\r?\n ")  # how sendmail splits lines of more than 990 characters


def read(anatomy: Anatomy, dialect: Dialect) -> list[Failure]:
    """The recipients of one notification."""
    first = anatomy.parts[0]
    body = first.content(anatomy.raw, _LIMIT) if first.encoding(anatomy.raw) else anatomy.raw[first.body_at :]
    begin = body.find(b"{", 0, 4096)
    if begin < 0:
        return []
    try:
        text = _BROKEN.sub("", body[begin : begin + _LIMIT].decode("utf-8", "replace"))
        said, _ = json.JSONDecoder(strict=False).raw_decode(text)
        if isinstance(said, dict) and isinstance(said.get("Message"), str):
            said = json.loads(said["Message"])
    except (ValueError, RecursionError):
        return []
    return _failures(said) if isinstance(said, dict) else []


def _failures(said: dict[str, Any]) -> list[Failure]:
    for key, listed, make in (
        ("bounce", "bouncedRecipients", _bounced),
        ("complaint", "complainedRecipients", _complained),
        ("delivery", "recipients", _delivered),
    ):
        event = said.get(key)
        if isinstance(event, dict) and isinstance(event.get(listed), list):
            return [f for item in event[listed][:_MOST] if (f := make(item, event)) is not None]
    return []


def _bounced(item: Any, event: dict[str, Any]) -> Failure | None:
    if not isinstance(item, dict) or not item.get("emailAddress"):
        return None
    words = f"{item.get('diagnosticCode') or event.get('bounceSubType', '')} {item.get('status') or ''}"
    return build(str(item["emailAddress"])[:320], one_line(words.removeprefix("smtp; ")))


def _complained(item: Any, event: dict[str, Any]) -> Failure | None:
    if not isinstance(item, dict) or not item.get("emailAddress"):
        return None
    kind = str(event.get("complaintFeedbackType") or "abuse")[:40]
    return Failure(recipient=str(item["emailAddress"])[:320], action="complaint", feedback=kind)


def _delivered(item: Any, event: dict[str, Any]) -> Failure | None:
    if not isinstance(item, str) or not item:
        return None
    return build(item[:320], one_line(str(event.get("smtpResponse", ""))), "delivered")
