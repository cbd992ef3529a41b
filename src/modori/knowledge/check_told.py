"""The tests of what is asked of the user: questions lead to signs, and kinds of accounts have names and an order."""

from __future__ import annotations

from collections.abc import Iterator

from modori.knowledge import table, words

_EXPORT = {"all", "name", "url", "user", "password"}


def questions() -> Iterator[str]:
    """Each question has words, and an answer that says something; each such answer is a sign."""
    known = table("signs")["sign"]
    for key, entry in table("questions")["question"].items():
        named = [entry["yes"], entry["no"]]
        if not any(named):
            yield f"questions.{key}: no answer says anything"
        yield from (f"questions.{key}: no sign {name!r}" for name in named if name and name not in known)
        yield from _unsaid(f"questions.ask.{key}")


def accounts() -> Iterator[str]:
    """Kinds of accounts stand in the order of their urgency and have names; exports name columns that must be there."""
    data = table("accounts")
    named = {*data["kind"], "own-mail", "other"}
    yield from (f"accounts: {kind!r} is either not ordered or not known" for kind in sorted(named ^ set(data["order"])))
    for kind in data["order"]:
        yield from _unsaid(f"password.kind.{kind}")
    for key, entry in table("exports")["export"].items():
        if entry.keys() != _EXPORT:
            yield f"exports.{key}: has other parts than {', '.join(sorted(_EXPORT))}"
        elif not {entry["url"], entry["user"], entry["password"]} <= set(entry["all"]):
            yield f"exports.{key}: address, user and password must be among the columns that are demanded"


def _unsaid(key: str) -> Iterator[str]:
    yield from (f"words/{lang}: {key} is missing" for lang in ("ja", "en") if not words(lang).get(key))
