"""Filters that file bounces by verdict: printed for the user to install, or installed over ManageSieve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modori.errors import ModoriError
from modori.filing import managesieve
from modori.show import filters
from modori.show.words import Words
from modori.types import Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """By which causes of which report, and into which folder."""

    report: Report
    causes: Sequence[str]
    folder: str
    lang: str


def written(wanted: Wanted, gmail: bool) -> str:
    """The filter itself; ModoriError when nothing in the mail tells these bounces from the owner's own."""
    make = filters.gmail if gmail else filters.sieve
    text = make(wanted.report, wanted.causes, wanted.folder, wanted.lang)
    if not text:
        raise ModoriError(Words(wanted.lang).say("rescue.sieve.nothing"))
    return text


def install(wanted: Wanted, server: str) -> str:
    """Install the filter; what to tell the user."""
    before = managesieve.install(server, written(wanted, gmail=False))
    told = {"host": server.rpartition("@")[2], "name": managesieve.NAME, "before": before, "server": server}
    return Words(wanted.lang).say("rescue.sieve.installed", told)


def remove(server: str, lang: str) -> str:
    """Take it away again; what to tell the user."""
    before = managesieve.remove(server)
    return Words(lang).say("rescue.sieve.removed", {"host": server.rpartition("@")[2], "before": before})
