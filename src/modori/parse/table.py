"""Reads the dialects that are data: every [[form]] of a knowledge/dialects/*.toml is one layout of a report's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    return _built([(recipient, diagnosis)], action)[0]


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
    spoken, words = _Spoken(form, text, opening), dict[str, tuple[str, str]]()
    for hit, following in zip_longest(hits, hits[1:]):
        address = _address(hit, form.domain)
        if address and not is_cut(address) and not words.get(address.lower(), ("", ""))[1]:  # the first that says why
            stop = following.start() if following is not None else end
            words[address.lower()] = (address, spoken.about(hit, stop) or spoken.upto(hit.start()))
    return _built(words.values(), _action(form, anatomy))


def _built(words: Iterable[tuple[str, str]], action: Action) -> list[Failure]:
    """Failures of (recipient, what is said of it), long words of many recipients read once."""
    told: dict[str, tuple[str, int, str]] = {}
    failures = []
    for recipient, diagnosis in words:
        if diagnosis not in told:
            told[diagnosis] = smtp.figures("", diagnosis)
        status, reply, command = told[diagnosis]
        failures.append(Failure(recipient, action, status, reply, command, diagnosis))
    return failures


def _addressed(anatomy: Anatomy, form: Form) -> list[Failure]:
    """The recipients of the returned original, for texts that do not repeat them."""
    opening = form.begin.search(anatomy.text)
    if opening is None:
        return []
    end = form.end.search(anatomy.text, opening.end()) if form.end else None
    words = one_line(anatomy.text[opening.start() : end.start() if end else len(anatomy.text)])
    return _built([(r, words) for r in anatomy.addressees()[:MOST_ADDRESSEES]], _action(form, anatomy))


def _address(hit: re.Match[str], domain: str) -> str:
    inside = next((g for g in hit.groups() if g), "").strip(" \t'\"<>").rstrip(".,;:")
    return clean((f"{inside}@{domain}" if domain and "@" not in inside else inside).encode())


class _Spoken:
    """What a text says of each recipient. What it says of them together is read once, however many there are."""

    def __init__(self, form: Form, text: str, opening: re.Match[str]) -> None:
        self._form = form
        self._text = text
        self._opening = opening
        self._last = (-1, -1, "")
        self._somewhere: str | None = None

    def about(self, hit: re.Match[str], stop: int) -> str:
        """Why this recipient was not reached, as the form says where to look; "" when nothing stands there."""
        where, text = self._form.diagnosis, self._text
        if isinstance(where, re.Pattern):
            found = where.search(text, hit.end(), stop)
            return one_line(_group(found)) if found else self._anywhere(where)
        if where == "around":
            return self.upto(stop)
        if where == "above":
            return self._between(self._opening.end(), hit.start())
        return one_line(_below(text[hit.end() : stop].lstrip(": \t"), whole=where == "block"))

    def upto(self, end: int) -> str:
        """From the opening line to `end`."""
        return self._between(self._opening.start(), end)

    def _between(self, begin: int, end: int) -> str:
        end = min(end, begin + 2 * DIAGNOSIS_LIMIT)  # no more is read of a diagnosis
        if self._last[:2] != (begin, end):
            self._last = (begin, end, one_line(self._text[begin:end]))
        return self._last[2]

    def _anywhere(self, pattern: re.Pattern[str]) -> str:
        if self._somewhere is None:
            found = pattern.search(self._text, self._opening.start())
            self._somewhere = one_line(_group(found)) if found else ""
        return self._somewhere


def _group(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group), "")


def _below(text: str, whole: bool) -> str:
    """The block below an address, up to a blank line unless it is wanted whole."""
    if whole:
        return text
    rest = text.lstrip("\n\t >:")
    blank = _BLANK_LINE.search(rest)
    return rest[: blank.start()] if blank else rest


def _action(form: Form, anatomy: Anatomy) -> Action:
    if form.action == "delayed" or (not form.action and anatomy.delayed):
        return "delayed"
    return "failed"
