"""What lies on the own site that sends mail, runs what strangers send it, or should not be there: text and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from modori.show.json import iso, place
from modori.show.page import Page
from modori.show.safe import encodable, line
from modori.show.words import Words
from modori.types import Problem, SiteFile, Usage

_HOSTILE = 0.7
_DOUBTFUL = 0.3
_CALLERS = 20
_KEPT = 200
_PROBLEMS = 20


def level(files: Iterable[SiteFile]) -> str:
    """The answer in one word: hostile, doubtful, or calm, by the worst file."""
    worst = max((f.risk for f in files), default=0.0)
    return "hostile" if worst >= _HOSTILE else "doubtful" if worst >= _DOUBTFUL else "calm"


def severity(files: Iterable[SiteFile]) -> str:
    """The same as a degree of danger, as verdicts have it."""
    return {"hostile": "critical", "doubtful": "warning", "calm": "calm"}[level(files)]


def text(files: Sequence[SiteFile], visits: Sequence[Usage], lang: str, zone: int, width: int, colour: bool) -> str:
    """The answer as text."""
    page = Page(Words(lang, zone), width, colour)
    tell(page, files, visits)
    return page.text()


def tell(
    page: Page, files: Sequence[SiteFile], visits: Sequence[Usage], problems: Sequence[Problem] = ()
) -> None:
    """Three lines that say whether it is dangerous and what to do; then every file with why, and who called it.

    `problems` are what could not be read, where that is not said elsewhere.
    """
    answer = level(files)
    style = {"hostile": "red", "doubtful": "yellow", "calm": "green"}[answer]
    for part in ("what", "danger", "now"):
        page.line(page.say(f"site.answer.{answer}.{part}"), style=style)
    for number, file in enumerate(_ordered(files)[:_KEPT]):
        if number == 0:
            page.heading("site.head.files")
        _file(page, file, [v for v in visits if _same(v, file)])
    strange = [v for v in visits if not any(_same(v, f) for f in files)]
    if strange:
        page.heading("site.head.visits")
        for visit in strange[:_CALLERS]:
            _visit(page, visit)
    if answer == "hostile":
        page.heading("site.head.steps")
        for step in page.words.lines("site.steps"):
            page.line(step, "  ・")
    if problems:
        page.heading("ui.head.problems")
    for problem in problems[:_PROBLEMS]:
        page.line(f"{line(problem.place.source, 160)}: {page.say(f'problems.{problem.id}', problem.params)}", "  ・")


def _ordered(files: Iterable[SiteFile]) -> list[SiteFile]:
    """The worst first; what a listing and the folder itself say of one file is said once."""
    joined: dict[str, SiteFile] = {}
    for file in sorted(files, key=lambda f: (-f.risk, f.path, f.place)):
        known = joined.get(file.path)
        if known is None:
            joined[file.path] = file
        else:
            marks = tuple(dict.fromkeys((*known.marks, *file.marks)))
            joined[file.path] = replace(known, marks=marks, when=known.when or file.when)
    return list(joined.values())


def _file(page: Page, file: SiteFile, visits: Sequence[Usage]) -> None:
    product = " ".join(filter(None, (file.product, file.version)))
    params = {"path": file.path, "kind": page.say(f"site.kind.{file.kind}"), "product": product, "when": file.when}
    page.gap()
    page.line(page.say("site.line.file", params), "  ", "bold")
    for mark in file.marks:
        known = page.words.has(f"site.mark.{mark}")
        page.line(page.say(f"site.mark.{mark}" if known else "site.mark.hole", {"id": mark}), "    - ")
    for visit in visits[:_CALLERS]:
        _visit(page, visit, "    ")


def _visit(page: Page, visit: Usage, indent: str = "  ") -> None:
    params = {
        "path": visit.what[0], "method": visit.what[1], "ip": visit.client_ip, "count": visit.count,
        "first": visit.first, "last": visit.last,
    }  # fmt: skip
    page.line(page.say("site.line.visit", params), indent + "← ")


def _same(visit: Usage, file: SiteFile) -> bool:
    """A request's path, without its query, ends in the file's place below the site's folder."""
    return unquote(visit.what[0].partition("?")[0]).lstrip("/").endswith(file.path.lstrip("/"))


def plain(files: Sequence[SiteFile], visits: Sequence[Usage]) -> dict[str, Any]:
    """The same as dicts and lists, for --format json."""
    return {
        "schema": "modori.site/1",
        "answer": level(files),
        "files": [
            {
                "path": encodable(f.path), "kind": f.kind, "product": encodable(f.product),
                "version": encodable(f.version), "risk": f.risk, "marks": list(f.marks), "when": iso(f.when),
                "size": f.size, "place": place(f.place),
            }
            for f in _ordered(files)
        ],
        "visits": [
            {
                "path": encodable(v.what[0]), "method": v.what[1], "status": v.what[2], "ip": v.client_ip,
                "count": v.count, "first": iso(v.first), "last": iso(v.last),
            }
            for v in visits
        ],
    }  # fmt: skip
