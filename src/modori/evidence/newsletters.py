"""Newsletter and form programs known by the names of their files (knowledge/newsletters/*.toml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modori.knowledge import table

_READ = 64 * 1024


@dataclass(frozen=True, slots=True)
class Product:
    """A program found below `folder` ("" or "mail/"): its main file, version and what is wrong with it."""

    folder: str
    kind: str
    name: str
    main: str
    version: str
    leftovers: tuple[str, ...]
    holes: tuple[str, ...]
    data: tuple[str, ...]


def products(paths: Collection[str], read: Callable[[str], bytes]) -> list[Product]:
    """Every known program among the files of a site; `read` gives a file's first bytes."""
    known = paths if isinstance(paths, frozenset) else frozenset(paths)
    found = []
    for entry in table("newsletters").values():
        for folder in _folders(known, entry):
            present = [name for name in entry["files"] if _present(folder + name, known)]
            if len(present) >= entry["least"] and _confirmed(entry, folder, known, read, present):
                found.append(_product(entry, folder, known, read))
    return found


def _folders(known: Collection[str], entry: dict[str, Any]) -> list[str]:
    """The folders in which one of the program's main files lies."""
    folders = set()
    for path in known:
        for main in entry["main"]:
            if path == main or path.endswith("/" + main):
                folders.add(path[: -len(main)])
    return sorted(folders)[:100]


def _present(stem: str, known: Collection[str]) -> bool:
    """A file of that name, or for a stem without an ending ("lib/clsMail") any that begins so."""
    if stem in known:
        return True
    return "." not in stem.rpartition("/")[2] and any(path.startswith(stem) for path in known)


def _confirmed(
    entry: dict[str, Any], folder: str, known: Collection[str], read: Callable[[str], bytes], present: list[str]
) -> bool:
    """Common file names alone are not enough: all of them but one, or the program's own words."""
    if len(present) >= len(entry["files"]) - 1:
        return True
    candidates = [folder + name for name in (*entry["main"], *entry["version_in"]) if folder + name in known]
    return any(word.encode() in read(path)[:_READ] for path in candidates for word in entry["words"])


def _product(entry: dict[str, Any], folder: str, known: Collection[str], read: Callable[[str], bytes]) -> Product:
    version = ""
    for name in entry["version_in"]:
        if folder + name in known and not version:
            said = _pattern(entry["version"]).search(read(folder + name)[:_READ])
            version = said[1].decode() if said else ""
    return Product(
        folder=folder,
        kind=entry["kind"],
        name=entry["name"],
        main=folder + next(name for name in entry["main"] if folder + name in known),
        version=version,
        leftovers=tuple(folder + name for name in entry["leftovers"] if folder + name in known),
        holes=tuple(hole["id"] for hole in entry["holes"] if version and not _newer(version, hole["up_to"])),
        data=tuple(folder + name for name in entry["data"]),
    )


@lru_cache(maxsize=100)
def _pattern(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode())


def _newer(version: str, bound: str) -> bool:
    def key(text: str) -> tuple[int, ...]:
        return tuple(int(number) for number in text.split("."))

    return key(version) > key(bound)
