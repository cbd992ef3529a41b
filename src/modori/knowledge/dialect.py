"""The dialects: who writes bounces, by which marks they are known, and how their texts are laid out.

One TOML file each under `dialects/`; this module compiles them once. `docs/dialects` is generated from the same files.

    name = "qmail"                      what people call the software
    grammar = "table"                   module under parse/ that reads it; "table" reads [[form]] below
    source = "...", date = "..."        where its wording was seen or documented, and when
    checked = true                      that source was opened; false = written from general knowledge

    [marks.certain]                     also .likely and .guess: how much one mark alone proves
    header = ["x-ahmailid"]             the letter has this header
    subject = ["failure notice"]        the decoded subject begins so (lower case)
    from = ["postmaster@ezweb.ne.jp"]   local part, or local part at a domain and those under it
    type = ["report-type=feedback"]     somewhere in Content-Type (lower case)
    value = { x-mailer = ["m-filter"] } somewhere in that header (lower case)
    report = ["x-postfix-queue-id"]     the delivery-status part has this field

    [[form]]                            one layout of the text; the first that yields a recipient wins
    begin = '...'                       must occur; recipients are looked for after it
    end = '...'                         they end before it
    recipient = '^<({addr})>:'          group 1 is the address; bounded patterns only; "original": To and Cc of the
                                        returned letter, for texts that name nobody
    domain = "aol.com"                  of recipients written without one
    diagnosis = "lines"                 the lines below the recipient (the default), "block": all up to the next
                                        recipient, "above": the text between begin and the recipient, "around":
                                        what begin found, and all up to the next recipient, or a pattern
                                        whose group 1 is searched between begin and end
    action = "delayed"                  default: failed, unless the words of a delay occur

    original = ["--- Below this line"]  beginnings of lines after which the returned letter follows
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from modori.errors import KnowledgeError
from modori.knowledge import table

# {addr} in patterns; an address cut short by a web archive ("jo...@exam...") is none. Japanese, Chinese and Korean
# write no space between an address and the words around it: either part is without their letters or ends in one.
# Ranges stay short: the engine's compiler looks at each of their characters, in each of the patterns.
_NO = r"\s<>\"'(),:;\[\]@"
_NARROW = r"!#-&*+\-./0-9=?A-Z\\^-~\xa1-\u05ff"  # what is not in _NO, of scripts that put spaces between words
_WIDE = r"[^\x00-\u05ff]"
_LOCAL = rf"(?:[{_NARROW}]{{1,128}}+|[^{_NO}]{{1,128}}+(?<={_WIDE}))"
_DOMAIN = (
    rf"(?:[{_NARROW}]{{1,254}}(?<!\.)(?!\.\.|\.{_WIDE}|[0-9A-Za-z_\xc0-\u05ff])"
    rf"|[^{_NO}]{{1,254}}[^{_NO}.](?!\.\.|\w))"
)
ADDRESS = f"{_LOCAL}@{_DOMAIN}"
TIERS = ("certain", "likely", "guess")
_MARKS = {"header", "subject", "from", "type", "value", "report"}
_FORM = {"begin", "end", "recipient", "diagnosis", "action", "domain"}
_DIALECT = {"name", "grammar", "source", "date", "checked", "marks", "form", "original"}


@dataclass(frozen=True, slots=True)
class Form:
    """One layout of a plain-text report, compiled."""

    begin: re.Pattern[str]
    end: re.Pattern[str] | None
    recipient: re.Pattern[str] | None
    diagnosis: str | re.Pattern[str] = "lines"
    action: str = ""
    domain: str = ""


@dataclass(frozen=True)
class Dialect:
    """One file of dialects/. `marks` maps tier -> kind of mark -> its values."""

    id: str
    name: str
    grammar: str
    source: str
    date: str
    marks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    layouts: tuple[Mapping[str, Any], ...] = ()
    originals: tuple[str, ...] = ()

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Its layouts, compiled when first asked for: most mailboxes need few. Raises KnowledgeError."""
        return tuple(_form(self.id, layout) for layout in self.layouts)


@lru_cache(maxsize=1)
def dialects() -> Mapping[str, Dialect]:
    """Every known dialect by id. Raises KnowledgeError when a file breaks the schema."""
    return {name: compile_dialect(name, raw) for name, raw in table("dialects").items()}


@lru_cache(maxsize=1)
def report_marks() -> Mapping[bytes, str]:
    """Field of a delivery-status part (lower case) -> the dialect that alone writes it."""
    return {
        mark.encode(): dialect.id
        for dialect in dialects().values()
        for mark in dialect.marks.get("certain", {}).get("report", ())
    }


def compile_dialect(name: str, raw: Mapping[str, Any]) -> Dialect:
    """One file of dialects/ as a Dialect. Raises KnowledgeError, naming the fault (a pattern's at its first use)."""
    _known(name, raw, _DIALECT)
    marks = raw.get("marks", {})
    _known(f"{name}.marks", marks, set(TIERS))
    for tier, kinds in marks.items():
        _known(f"{name}.marks.{tier}", kinds, _MARKS)
    for layout in raw.get("form", []):
        _known(f"{name}.form", layout, _FORM)
    try:
        return Dialect(
            id=name,
            name=raw["name"],
            grammar=raw.get("grammar", "table"),
            source=raw["source"],
            date=str(raw["date"]),
            marks=marks,
            layouts=tuple(raw.get("form", ())),
            originals=tuple(raw.get("original", ())),
        )
    except KeyError as missing:
        raise KnowledgeError(f"dialects/{name}: {missing} is missing") from missing


def _form(name: str, raw: Mapping[str, Any]) -> Form:
    diagnosis = raw.get("diagnosis", "lines")
    return Form(
        begin=_pattern(name, raw["begin"]),
        end=_pattern(name, raw["end"]) if "end" in raw else None,
        recipient=None if raw["recipient"] == "original" else _pattern(name, raw["recipient"]),
        diagnosis=diagnosis if diagnosis in ("lines", "block", "above", "around") else _pattern(name, diagnosis),
        action=raw.get("action", ""),
        domain=raw.get("domain", ""),
    )


def _pattern(name: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text.replace("{addr}", ADDRESS), re.MULTILINE)
    except re.error as wrong:
        raise KnowledgeError(f"dialects/{name}: {text!r}: {wrong}") from wrong


def _known(where: str, raw: Mapping[str, Any], keys: set[str]) -> None:
    if unknown := set(raw) - keys:
        raise KnowledgeError(f"dialects/{where}: unknown {', '.join(sorted(unknown))}")
