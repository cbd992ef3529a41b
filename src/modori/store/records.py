"""Nouns to JSON and back: what the columns hold.

A report is stored as its own fields, so that it can be shown again in any language; a field that is added later has a
default, one that is unknown is skipped. JSON has no place for what UTF-8 cannot hold, for bytes or for infinity: params
come out of letters, so all of that is made harmless here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import msgspec

from modori.types import Change, Params, Place, Problem, Report, SiteFile, Step, Usage


class Stored(msgspec.Struct):
    """A report whose quotes are pairs, because a Place can be no key in JSON."""

    report: Report
    quotes: list[tuple[Place, str]]


class Site(msgspec.Struct, frozen=True):
    """What lies on the own site, who called it, and what of it could not be read."""

    files: tuple[SiteFile, ...] = ()
    visits: tuple[Usage, ...] = ()
    problems: tuple[Problem, ...] = ()


def report(told: Report) -> str:
    """The whole report as JSON."""
    quotes = [[_plain(at), _plain(line)] for at, line in sorted(told.quotes.items())]
    return _json({"report": _plain(replace(told, quotes={})), "quotes": quotes})


def read_report(text: str) -> Report | None:
    """The report again; None when it was written by a version whose reports this one does not understand."""
    try:
        stored = msgspec.json.decode(text, type=Stored)
    except (msgspec.DecodeError, RecursionError):
        return None
    return replace(stored.report, quotes=dict(stored.quotes))


def site(told: Site) -> str:
    return _json({name: _plain(getattr(told, name)) for name in told.__struct_fields__})


def read_site(text: str) -> Site | None:
    """The site again; None when another version wrote it."""
    try:
        return msgspec.json.decode(text, type=Site)
    except msgspec.DecodeError:
        return None


def step(told: Step) -> str:
    return _json(_plain(told))


def read_step(text: str) -> Step:
    return msgspec.json.decode(text, type=Step)


def params(told: Params) -> str:
    return _json(_plain(told))


def read_params(text: str) -> dict[str, object]:
    return msgspec.json.decode(text, type=dict[str, object])


def changes(told: Iterable[Change]) -> str:
    return _json([_plain(change) for change in told])


def read_changes(text: str) -> tuple[Change, ...]:
    return msgspec.json.decode(text, type=tuple[Change, ...])


def place(told: Place) -> str:
    return _json(_plain(told))


def read_place(text: str) -> Place:
    return msgspec.json.decode(text, type=Place)


def clean(text: str) -> str:
    """The same text as UTF-8 can hold it, without the NUL that ends a string elsewhere."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def _plain(value: object) -> Any:
    if isinstance(value, str):
        return clean(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {clean(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, set | frozenset):
        return sorted((_plain(inner) for inner in value), key=str)
    if isinstance(value, Iterable):
        return [_plain(inner) for inner in value]
    return _number(value)


def _number(value: object) -> Any:
    """Numbers, booleans and None as they are; infinity as the largest number, for a null would be no number."""
    if isinstance(value, float) and not math.isfinite(value):
        return math.copysign(1e308, value) if math.isinf(value) else 0.0
    return value if value is None or isinstance(value, bool | int | float) else clean(str(value))
