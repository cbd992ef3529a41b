"""What is known, a line each: `modori knowledge list [KIND]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from modori.errors import UsageError
from modori.knowledge import phrasebook, table, words
from modori.knowledge.sources import sources


def lines(kind: str, lang: str) -> Iterator[str]:
    """The lines of one kind; without a kind, the kinds and how much is known of each."""
    if not kind:
        yield from (f"{name:<10} {sum(1 for _ in listed(lang)):>5}" for name, listed in KINDS.items())
        return
    if kind not in KINDS:
        raise UsageError(f"{kind}: {', '.join(KINDS)}")
    yield from KINDS[kind](lang)


def _reasons(lang: str) -> Iterator[str]:
    yield from (f"{key:<22} {words(lang).get(f'reasons.{key}.name', '')}" for key in table("reasons"))


def _phrases(lang: str) -> Iterator[str]:
    yield from (f"{phrase.reason:<22} {phrase.text}" for phrase in phrasebook.phrases())


def _dialects(lang: str) -> Iterator[str]:
    yield from (f"{key:<18} {entry['name']}" for key, entry in table("dialects").items())


def _remotes(lang: str) -> Iterator[str]:
    yield from (f"{key:<18} {entry['name']} ({len(entry['rule'])})" for key, entry in table("remotes").items())


def _providers(lang: str) -> Iterator[str]:
    for group in table("providers").values():
        yield from (f"{key:<14} {entry['name'][lang]}: {' '.join(entry['senders'])}" for key, entry in group.items())


def _signs(lang: str) -> Iterator[str]:
    yield from (f"{key:<34} {entry['group']}" for key, entry in table("signs")["sign"].items())


def _notices(lang: str) -> Iterator[str]:
    kinds, services = table("notices")["kinds"], table("notices")["services"]
    yield from (f"kind      {key}" for key, entry in kinds.items() if isinstance(entry, dict))
    yield from (f"service   {key}" for key, entry in services.items() if isinstance(entry, dict))


def _limits(lang: str) -> Iterator[str]:
    yield from table("limits")["provider"]


def _sources(lang: str) -> Iterator[str]:
    """Unverified is what was written from general knowledge."""
    yield from (
        f"{'checked' if entry.checked else 'unverified':<10} {entry.where:<34} {entry.date:<10} {entry.source}"
        for entry in sources()
    )


KINDS: dict[str, Callable[[str], Iterator[str]]] = {
    "reasons": _reasons,
    "phrases": _phrases,
    "dialects": _dialects,
    "remotes": _remotes,
    "providers": _providers,
    "signs": _signs,
    "notices": _notices,
    "limits": _limits,
    "sources": _sources,
}
