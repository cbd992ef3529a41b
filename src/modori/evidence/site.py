"""The site's own files: newsletter programs, forms that answer, hidden mailers, dropped programs (source id "site").

Takes a folder, or one program's text. Reads only; what a file does is told by `siteverdict`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from modori.evidence.newsletters import Product, products
from modori.evidence.sitetimes import newer, out_of_month, telling
from modori.evidence.sitetree import Entry, entries, head
from modori.evidence.siteverdict import is_source, judged
from modori.evidence.webpaths import is_program
from modori.types import Fact, Paper, Place, Problem, SiteFile

_PROGRAM_MOST = 20_000  # programs read


def recognises(peek: bytes) -> bool:
    """The text of one program, or one page."""
    return is_source(peek) or peek.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))


def facts(paper: Paper, note: Callable[[Problem], None]) -> Iterator[Fact]:
    """The files that matter, of a folder or of a single program."""
    if paper.folder:
        yield from _folder(paper.folder, note)
        return
    with paper.open() as stream:
        code = stream.read(256 * 1024)
    found = judged(Place(paper.place.source), paper.name, code, paper.modified, len(code), frozenset())
    if found is not None:
        yield found


def _folder(root: str, note: Callable[[Problem], None]) -> Iterator[Fact]:
    files = list(entries(root, note))
    by_path = {entry.path: entry for entry in files}
    times = telling(files)
    late = newer(files)
    known = products(by_path.keys(), lambda path: head(root, path))
    for product in known:
        yield from _product(root, product, by_path, times)
    mains = {product.main for product in known}
    programs = [entry for entry in files if is_program(os.fsencode(entry.path)) and entry.path not in mains]
    for entry in programs[:_PROGRAM_MOST]:
        found = _file(root, entry, times, late)
        if found is not None:
            yield found


def _file(root: str, entry: Entry, times: bool, late: frozenset[str]) -> SiteFile | None:
    around = set()
    if entry.path in late:
        around.add("newer-than-neighbours")
    if times and out_of_month(entry):
        around.add("out-of-month")
    if entry.world_writable:
        around.add("world-writable")
    when = entry.modified if times else None
    return judged(
        _place(root, entry.path), _shown(entry.path), head(root, entry.path), when, entry.size, frozenset(around)
    )


def _product(root: str, product: Product, by_path: dict[str, Entry], times: bool) -> Iterator[Fact]:
    main = by_path[product.main]
    marks = [*product.holes]
    if product.leftovers:
        marks.append("installer-left")
    data = tuple(f"{folder}/" for folder in product.data)
    if any(entry.world_writable for path, entry in by_path.items() if path.startswith(data)):
        marks.append("world-writable")
    risk = 0.8 if product.holes else 0.6 if product.leftovers else 0.3
    when = main.modified if times else None
    place = _place(root, main.path)
    yield SiteFile(place, main.path, product.kind, when, main.size, product.name, product.version, risk, tuple(marks))
    for path in product.leftovers:
        left = by_path[path]
        when = left.modified if times else None
        yield SiteFile(
            _place(root, path), _shown(path), "installer", when, left.size, product.name, product.version, 0.6
        )


def _place(root: str, path: str) -> Place:
    return Place(f"{root.rstrip('/')}/{_shown(path)}")


def _shown(path: str) -> str:
    """A path as text that can be written anywhere: names on disk need not be UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
