"""Drafts for the user to send: the words are data, a line whose param is unknown is left out whole.

Evidence lines are what the user's own server wrote about the sending; the user's private mail is never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from modori.show import safe
from modori.show.words import Words, placeholders
from modori.types import Draft, Report

_SAMPLES = 5
_RECIPIENT = re.compile(r"\s+for <[^<>]{0,320}>")  # whose mailbox it was meant for is nobody else's business


@dataclass(frozen=True, slots=True)
class Written:
    """A draft in words. `to` is empty when nobody knows the address."""

    id: str
    title: str
    to: str
    subject: str
    body: str

    def mailto(self) -> str:
        """RFC 6068 link that opens the user's own mail program with the letter filled in."""
        subject, body = (quote(text, safe="") for text in (self.subject, self.body.replace("\n", "\r\n")))
        return f"mailto:{quote(self.to, safe='@')}?subject={subject}&body={body}"


def written(report: Report, draft: Draft, lang: str) -> Written:
    """One draft in `lang`, its facts filled in, its unknowns left out."""
    # An abuse desk abroad reads English, and its clock is UTC.
    words = Words("en") if draft.id == "abuse" else Words(lang, report.zone_minutes)
    params = {**draft.params, **_evidence(report, words)}
    template = words.template(f"drafts.{draft.id}.body")
    body = "\n".join(line for raw in template.splitlines() for line in _line(words, raw, params))
    return Written(
        id=draft.id,
        title=Words(lang).say(f"drafts.{draft.id}.title"),
        to=safe.line(draft.to),
        subject=words.say(f"drafts.{draft.id}.subject", params),
        body=body.strip() + "\n",
    )


def _evidence(report: Report, words: Words) -> dict[str, object]:
    """What every draft may name beside the plan's own params."""
    return {
        "zone": words.zone_name(),
        "finding": words.first([f"drafts.provider.finding.{report.verdict.cause}"]),
        "samples": [safe.line(_RECIPIENT.sub("", line), 300) for line in _samples(report)],
    }


def _samples(report: Report) -> list[str]:
    carrying = (at for sign in sorted(report.verdict.signs, key=lambda s: -s.bits) for at in sign.places)
    return list(dict.fromkeys(report.quotes[at] for at in carrying if at in report.quotes))[:_SAMPLES]


def _line(words: Words, raw: str, params: Mapping[str, object]) -> list[str]:
    """A template line filled: [] when it speaks of something unknown, several when it is the list of samples."""
    if raw.strip() == "{samples}":
        samples = params.get("samples")
        return [f"  {line}" for line in samples] if isinstance(samples, list) and samples else ["  —"]
    known = all(params.get(name) not in (None, "", (), []) for name in placeholders(raw))
    return [words.fill(raw, params)] if known else []
