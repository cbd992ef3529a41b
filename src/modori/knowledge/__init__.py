"""The data: what bounces say, who writes them, what to do, in which words. Editable without programming.

`table(name)` reads one TOML file (or a folder of them, merged) once per process. Compiled forms (the phrase trie, the
dialect patterns) live in the modules beside this one.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import tomli

from modori.errors import KnowledgeError


@lru_cache(maxsize=64)
def table(name: str) -> dict[str, Any]:
    """The contents of knowledge/<name>.toml, or of all *.toml under knowledge/<name>/, keyed by file stem.

    Raises KnowledgeError when the file is missing or no TOML. Callers must not change what they get.
    """
    root = files("modori.knowledge")
    single = root.joinpath(f"{name}.toml")
    if single.is_file():
        return _load(name, single.read_text(encoding="utf-8"))
    folder = root.joinpath(name)
    if folder.is_dir():
        entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
        return {e.name[:-5]: _load(f"{name}/{e.name}", e.read_text(encoding="utf-8")) for e in entries}
    raise KnowledgeError(f"knowledge/{name}: no such table")


def _load(name: str, text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as wrong:
        raise KnowledgeError(f"knowledge/{name}: {wrong}") from wrong


@lru_cache(maxsize=8)
def words(lang: str) -> dict[str, str]:
    """Every sentence of one language ("ja" or "en") under "<file>.<key>[.<key>]", with {placeholders}."""
    flat: dict[str, str] = {}

    def walk(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{prefix}.{key}", inner)
        else:
            flat[prefix] = str(value)

    for stem, content in table(f"words/{lang}").items():
        walk(stem, content)
    return flat
