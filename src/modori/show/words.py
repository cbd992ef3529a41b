"""Ids and params to sentences of one language: the only place where templates are filled.

A template (knowledge/words/<lang>/*.toml) may hold
    {name}          a param, made harmless; times are written in the user's zone, numbers with separators
    [[ ... ]]       a clause that is left out when one of its params is missing or empty
    <one|many>      the form that fits the number before it (English)
Params come out of letters, so they are only ever inserted as finished text: a brace in them means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from modori.knowledge import words as sentences
from modori.show import safe

_CLAUSE = re.compile(r"\[\[(.{1,400}?)\]\]", re.DOTALL)
_NAME = re.compile(r"\{(\w{1,40})\}")
_FILL = re.compile(r"\{(\w{1,40})\}|<([^<>|]{0,60})\|([^<>|]{0,60})>")
_TIMES = frozenset({"when", "from", "until", "first", "last", "begin", "end", "free_again", "crossed", "last_sent"})
_MOST_NAMED = 4
_LONGEST = 240  # of one param: a whole Received line, not a whole letter
# Not strftime: the process's locale is not the report's language.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)


def placeholders(template: str) -> frozenset[str]:
    """The params a sentence can use."""
    return frozenset(_NAME.findall(template))


class Words:
    """The sentences of one language, spoken for one user's clock."""

    def __init__(self, lang: str, zone_minutes: int = 0) -> None:
        self.lang = lang if lang in ("ja", "en") else "en"
        self.zone = zone_minutes
        self._all = sentences(self.lang)

    def has(self, key: str) -> bool:
        return key in self._all

    def say(self, key: str, params: Mapping[str, object] | None = None) -> str:
        """The sentence `key`, filled; for an unknown key its last part in readable form, never an error."""
        template = self._all.get(key)
        if template is None:
            return safe.line(key.rpartition(".")[2].replace("-", " "))
        return self.fill(template, params or {})

    def first(self, keys: list[str], params: Mapping[str, object] | None = None) -> str:
        """The sentence of the first key that exists, "" when none does."""
        return next((self.say(key, params) for key in keys if key in self._all), "")

    def template(self, key: str) -> str:
        """The unfilled words of `key`, "" when there are none."""
        return self._all.get(key, "")

    def lines(self, key: str, params: Mapping[str, object] | None = None) -> list[str]:
        """A template of several lines, each filled; [] when there is none."""
        return [self.fill(line, params or {}) for line in self.template(key).splitlines()]

    def fill(self, template: str, params: Mapping[str, object]) -> str:
        given = {name: text for name in placeholders(template) if (text := self._shown(name, params.get(name)))}
        if "until" in given and self._same_day(params):
            given["until"] = self.clock(float(str(params["until"])))
        kept = _CLAUSE.sub(lambda m: m[1] if all(n in given for n in _NAME.findall(m[1])) else "", template)
        return self._choose(kept, given, params).strip()

    def _same_day(self, params: Mapping[str, object]) -> bool:
        begin, end = params.get("from"), params.get("until")
        return isinstance(begin, float) and isinstance(end, float) and self.day(begin) == self.day(end)

    def _choose(self, template: str, given: Mapping[str, str], params: Mapping[str, object]) -> str:
        single = False

        def put(found: re.Match[str]) -> str:
            nonlocal single
            if found[1] is None:
                return found[2] if single else found[3]
            if isinstance(params.get(found[1]), int | float):
                single = params[found[1]] == 1
            return given.get(found[1], "…")

        return _FILL.sub(put, template)

    def _shown(self, name: str, value: object) -> str:
        if value is None or value == "" or isinstance(value, bool):
            return ""
        if isinstance(value, int | float):
            return self.when(value) if name in _TIMES and value > 1e8 else self.number(value)
        if isinstance(value, list | tuple | set | frozenset):
            return self._listed([self._shown(name, item) for item in value])
        known = self._all.get(f"ui.value.{name}.{value}")
        return known if known is not None else safe.line(value, _LONGEST)

    def _listed(self, items: list[str]) -> str:
        comma = "、" if self.lang == "ja" else ", "
        shown = comma.join(item for item in items[:_MOST_NAMED] if item)
        return shown + ("…" if len(items) > _MOST_NAMED else "")

    def number(self, value: float) -> str:
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"

    def _local(self, stamp: float) -> datetime:
        bounded = min(max(stamp, 0.0), 253_000_000_000.0)
        return datetime.fromtimestamp(bounded, UTC) + timedelta(minutes=self.zone)

    def day(self, stamp: float) -> str:
        at = self._local(stamp)
        if self.lang == "ja":
            return f"{at.year}年{at.month}月{at.day}日"
        return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"

    def clock(self, stamp: float) -> str:
        return f"{self._local(stamp):%H:%M}"

    def when(self, stamp: float) -> str:
        """2026年5月3日 14:02, or 3 May 2026, 14:02."""
        comma = " " if self.lang == "ja" else ", "
        return f"{self.day(stamp)}{comma}{self.clock(stamp)}"

    def span(self, begin: float, end: float) -> str:
        """From one moment to another, the day said once when it is the same."""
        dash = "〜" if self.lang == "ja" else " – "
        late = self.clock(end) if self.day(begin) == self.day(end) else self.when(end)
        return f"{self.when(begin)}{dash}{late}"

    def zone_name(self) -> str:
        hours, minutes = divmod(abs(self.zone), 60)
        offset = f"UTC{'-' if self.zone < 0 else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")
        return self.first([f"ui.zone.{self.zone}"]) or offset
