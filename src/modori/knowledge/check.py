"""The data's own tests (`modori knowledge check`, also a test of the project): a list of faults, empty when sound.

Here are the plain tables; phrases and patterns have their own files. That every phrase and rule is hit by a sample is
tested where the samples lie (tests/explain, tests/parse), by `check_phrases.unproven` and `check_reports.unproven`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from modori.errors import KnowledgeError
from modori.knowledge import table, words
from modori.knowledge.check_patterns import patterns
from modori.knowledge.check_phrases import phrases
from modori.knowledge.check_reports import report_words
from modori.knowledge.check_told import accounts, questions
from modori.knowledge.sources import faults as sources

_PERMANENCE = ("always", "never", "by-code")
_FAULTS = ("address", "recipient", "sender", "message", "server", "list", "none")
_RULE_KEYS = {"reason", "text", "status", "reply", "command"}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_STATUS = re.compile(r"(?:[245]\.)?\d{1,3}\.\d{1,3}|[245]")
_DATE = re.compile(r"20\d\d(?:-\d\d){0,2}")


def check() -> list[str]:
    """Every fault of the shipped data, one line each."""
    return [fault for test in TESTS for fault in _safely(test)]


def _safely(test: Callable[[], Iterator[str]]) -> Iterator[str]:
    try:
        yield from test()
    except KnowledgeError as wrong:
        yield str(wrong)
    except (KeyError, TypeError, AttributeError) as wrong:
        yield f"{test.__name__}: {type(wrong).__name__} {wrong}: the schema does not hold"


def reasons() -> Iterator[str]:
    """Each reason has its permanence, its name in Sisimai, whose move it is, and its words."""
    names = table("sisimai")["status"].keys() | {"feedback", "vacation"}
    for key, entry in table("reasons").items():
        if entry["permanent"] not in _PERMANENCE:
            yield f"reasons.{key}: permanent = {entry['permanent']!r}"
        if entry["sisimai"] not in names:
            yield f"reasons.{key}: sisimai = {entry['sisimai']!r} is no name of Sisimai's"
        if entry["fault"] not in _FAULTS:
            yield f"reasons.{key}: fault = {entry['fault']!r}"
        yield from _unsaid(f"reasons.{key}", "name", "meaning", "do")


def codes() -> Iterator[str]:
    """Codes are codes, stand once, and name reasons."""
    data = table("codes")
    for part in ("status", "stage", "reply"):
        counted = Counter(code for group in data[part].values() for code in group)
        yield from (f"codes.{part}: {code!r} stands {count} times" for code, count in counted.items() if count > 1)
    statuses = [code for group in data["status"].values() for code in group]
    yield from (f"codes.status: {code!r} is no status" for code in statuses if not _STATUS.fullmatch(code))
    named = {*data["feedback"], *data["status"], *data["stage"], *data["reply"], *data["dialect"].values()}
    named.update(rule["into"] for rule in data["turned"])
    yield from (f"codes: no reason {reason!r}" for reason in sorted(named - table("reasons").keys()))
    yield from (f"codes.dialect: no dialect {name!r}" for name in data["dialect"].keys() - table("dialects").keys())


def remotes() -> Iterator[str]:
    """Rules for hosts: known keys, known reasons, something to match, and where it was read."""
    for name, remote in table("remotes").items():
        yield from _sourced(f"remotes/{name}", remote)
        for rule in remote["rule"]:
            if unknown := rule.keys() - _RULE_KEYS:
                yield f"remotes/{name}: unknown {', '.join(sorted(unknown))}"
            if rule["reason"] not in table("reasons"):
                yield f"remotes/{name}: no reason {rule['reason']!r}"
            if not rule.keys() & {"text", "status", "reply"}:
                yield f"remotes/{name}: a rule for {rule['reason']} that fits everything"
    hosts = Counter(host for remote in table("remotes").values() for host in remote["hosts"])
    yield from (f"remotes: the host {host!r} stands {count} times" for host, count in hosts.items() if count > 1)


def providers() -> Iterator[str]:
    """Bounce senders: each with its source, a sender once, every special meaning in words."""
    seen: Counter[str] = Counter()
    for group in table("providers").values():
        for key, entry in group.items():
            yield from _sourced(f"providers.{key}", entry)
            seen.update(entry["senders"])
            specials = [special["id"] for special in entry.get("special", ())]
            if bool(specials) == (entry.get("meanings") == "unknown"):
                yield f'providers.{key}: either special meanings, or meanings = "unknown"'
            yield from _unsaid(f"providers.{key}", "about", *specials)
    yield from (f"providers: {sender} stands {count} times" for sender, count in seen.items() if count > 1)


def languages() -> Iterator[str]:
    """Both languages have the same sentences with the same placeholders."""
    japanese, english = words("ja"), words("en")
    yield from (f"words: {key} is missing in one language" for key in sorted(japanese.keys() ^ english.keys()))
    for key in sorted(japanese.keys() & english.keys()):
        if set(_PLACEHOLDER.findall(japanese[key])) != set(_PLACEHOLDER.findall(english[key])):
            yield f"words: {key} has other placeholders in ja than in en"


def facts() -> Iterator[str]:
    """What is said about providers' limits and pages carries its source and date."""
    for name, entry in table("limits")["provider"].items():
        yield from _sourced(f"limits.provider.{name}", entry)
    for name, entry in table("panels").items():
        if isinstance(entry, dict):
            yield from _sourced(f"panels.{name}", entry)
    for name, entry in table("logins").items():
        yield from _sourced(f"logins.{name}", entry)
    for name, entry in table("dialects").items():
        yield from _sourced(f"dialects/{name}", entry)


def _sourced(where: str, entry: dict[str, Any]) -> Iterator[str]:
    if not str(entry.get("source", "")).strip():
        yield f"{where}: no source"
    if not _DATE.fullmatch(str(entry.get("date", ""))):
        yield f"{where}: no date"


def _unsaid(prefix: str, *parts: str) -> Iterator[str]:
    for part in parts:
        for lang in ("ja", "en"):
            if not words(lang).get(f"{prefix}.{part}"):
                yield f"words/{lang}: {prefix}.{part} is missing"


TESTS = (
    reasons, phrases, report_words, codes, remotes, providers, patterns, languages, facts, sources, questions, accounts,
)  # fmt: skip
