"""Where what is known comes from: every entry of the data that names a source.

`checked = true`: the source was opened and read, or letters of that software were seen, on `date`. `checked = false`:
written from general knowledge; the source begins with these words and says where it could be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from modori.knowledge import table

GENERAL = "general knowledge"
TABLES = (
    "accounts", "blocklists", "dialects", "droppers", "exports", "limits", "newsletter_marks", "newsletters", "notices",
    "panels", "passwords", "poses", "providers", "questions", "remotes", "report_words", "requirements",
)  # fmt: skip


class Source(NamedTuple):
    """The source of one entry; `checked` is None where the entry does not say."""

    where: str
    source: str
    date: str
    checked: bool | None


def sources() -> Iterator[Source]:
    """Every entry that names a source, in the order of the data."""
    for name in TABLES:
        yield from _under(name, table(name))


def faults() -> Iterator[str]:
    """Entries that do not say, or say two things about, whether their source was opened."""
    for where, source, date, checked in sources():
        if not date:
            yield f"{where}: no date"
        if checked is None:
            yield f"{where}: `checked` must say whether the source was opened"
        elif checked is source.startswith(GENERAL):
            yield f"{where}: checked = {str(checked).lower()}, but its source is {source!r}"


def _under(where: str, entry: dict[str, Any]) -> Iterator[Source]:
    if "source" in entry:
        yield Source(where, str(entry["source"]), str(entry.get("date", "")), entry.get("checked"))
    for key, value in entry.items():
        if isinstance(value, dict):
            yield from _under(f"{where}/{key}", value)
        for number, item in enumerate(value if isinstance(value, list) else (), 1):
            if isinstance(item, dict):
                yield from _under(f"{where}/{key}-{number}", item)
