"""Reads the dialects that are data: every [[form]] of a knowledge/dialects/*.toml is one layout of a report's text."""

from __future__ import annotations

import re
from itertools import islice, zip_longest

from modori.knowledge.dialect import Dialect, Form
from modori.octets.addresses import clean
from modori.parse import smtp
from modori.parse.anatomy import Anatomy
from modori.parse.dsn import is_cut
from modori.types import Action, Failure

MOST_RECIPIENTS = 50_000
MOST_ADDRESSEES = 100
DIAGNOSIS_LIMIT = 4000
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def read(anatomy: Anatomy, dialect: Dialect) -> list[Failure]:
    """The failures that the first fitting form of the dialect finds in the words of a report."""
    for form in dialect.forms:
        found = _fill(anatomy, form) if form.recipient is not None else _addressed(anatomy, form)
        if found:
            return found
    return []


def build(recipient: str, diagnosis: str, action: Action = "failed") -> Failure:
    """A Failure of what plain words say about one recipient."""
    status, reply, command = smtp.figures("", diagnosis)
    return Failure(recipient, action, status, reply, command, diagnosis)


def one_line(text: str) -> str:
    """Unwrapped and bounded."""
    return " ".join(text[: 2 * DIAGNOSIS_LIMIT].split())[:DIAGNOSIS_LIMIT]


def _fill(anatomy: Anatomy, form: Form) -> list[Failure]:
    text = anatomy.text
    opening = form.begin.search(text)
    if opening is None:
        return []
    begin, end = opening.end(), len(text)
    if form.end is not None and (closing := form.end.search(text, begin)):
        end = closing.start()
    pattern = form.recipient
    hits = list(islice(pattern.finditer(text, begin, end), MOST_RECIPIENTS)) if pattern else []
    action = _action(form, anatomy)
    failures = []
    for hit, following in zip_longest(hits, hits[1:]):
        address = _address(hit, form.domain)
        if address and not is_cut(address):
            stop = following.start() if following is not None else end
            words = one_line(_diagnosis(form, text, opening, hit, stop))
            words = words or one_line(text[opening.start() : hit.start()])
            failures.append(build(address, words, action))
    return _once(failures)


def _addressed(anatomy: Anatomy, form: Form) -> list[Failure]:
    """The recipients of the returned original, for texts that do not repeat them."""
    opening = form.begin.search(anatomy.text)
    if opening is None:
        return []
    end = form.end.search(anatomy.text, opening.end()) if form.end else None
    words = one_line(anatomy.text[opening.start() : end.start() if end else len(anatomy.text)])
    return [build(r, words, _action(form, anatomy)) for r in anatomy.addressees()[:MOST_ADDRESSEES]]


def _address(hit: re.Match[str], domain: str) -> str:
    inside = next((g for g in hit.groups() if g), "").strip(" \t'\"<>").rstrip(".,;:")
    return clean((f"{inside}@{domain}" if domain and "@" not in inside else inside).encode())


def _diagnosis(form: Form, text: str, opening: re.Match[str], hit: re.Match[str], stop: int) -> str:
    if isinstance(form.diagnosis, re.Pattern):
        found = form.diagnosis.search(text, hit.end(), stop) or form.diagnosis.search(text, opening.start())
        return next((g for g in found.groups() if g), "") if found else ""
    if form.diagnosis == "around":
        return text[opening.start() : stop]
    if form.diagnosis == "above":
        return text[opening.end() : hit.start()]
    below = text[hit.end() : stop].lstrip(": \t")
    if form.diagnosis == "block":
        return below
    rest = below.lstrip("\n\t >:")
    blank = _BLANK_LINE.search(rest)
    return rest[: blank.start()] if blank else rest


def _action(form: Form, anatomy: Anatomy) -> Action:
    if form.action == "delayed" or (not form.action and anatomy.delayed):
        return "delayed"
    return "failed"


def _once(failures: list[Failure]) -> list[Failure]:
    """One per recipient: the first that says why."""
    best: dict[str, Failure] = {}
    for failure in failures:
        known = best.get(failure.recipient.lower())
        if known is None or (not known.diagnosis and failure.diagnosis):
            best[failure.recipient.lower()] = failure
    return list(best.values())
