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


def install(wanted: Wanted, server: str, apply: bool) -> str:
    """Install the filter, or show what would be installed; what to tell the user."""
    made = managesieve.install(server, written(wanted, gmail=False), apply)
    words = Words(wanted.lang)
    told = {"host": _host(server), "name": managesieve.NAME, "before": made.before, "server": server}
    said = words.say(f"rescue.sieve.{'copied' if made.copied else 'installed'}", told)
    if apply:
        return said
    changes = filters.difference(made.old, made.new, made.before, managesieve.NAME)
    shown = [words.say(f"rescue.sieve.{'would-copy' if made.copied else 'would'}", told), "", *changes, ""]
    return "\n".join([*shown, words.say("rescue.sieve.apply")])


def remove(server: str, lang: str) -> str:
    """Take it away again; what to tell the user."""
    done = managesieve.remove(server)
    told = {"host": _host(server), "before": done.before}
    return Words(lang).say(f"rescue.sieve.{'kept' if done.changed else 'removed'}", told)


def _host(server: str) -> str:
    return server.rpartition("@")[2].partition(":")[0]
