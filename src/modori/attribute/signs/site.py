"""Does the owner's own site hold the program that sent, and did strangers call it?

Only for letters that a program handed in. A hidden mailer, a newsletter program anybody can reach, and a form that
answers visitors all get called from outside: the kind of the file tells them apart. A program that the bounces name
and the site does not hold, nor its log know, is another customer's. Names of files can be chosen by whoever drops them.
"""

from __future__ import annotations

from modori.attribute.case import Case, Signs, common, distinct, sign
from modori.attribute.signs.program import is_automatic, newsletter, script
from modori.attribute.signs.usual import usual
from modori.types import Sign, SiteFile, Usage

_DAY = 86_400.0
_HOSTILE = 0.7  # risk of a file from which it counts as planted
_LIBRARIES = ("mailer", "phpmail", "smtp", "sendmail", "wp-includes")  # they send for whatever program includes them
_PLANTED = ("dropper", "mailer", "unknown-new")


def signs(case: Case) -> Signs:
    found = case.routes("local")
    if not found:
        return
    named = _base(common(script(s) for s in found))
    yield from _files(case, named)
    visits = [use for use in case.background.visits if case.during(use.first, use.last, _DAY)]
    called = [use for use in visits if use.what[1] == "POST" and use.what[2] == "2xx" and _fits(case, use, named)]
    known = usual(case)
    if called:
        yield sign(
            "post-by-owner" if {use.client_ip for use in called} <= known else "post-to-script",
            places=[use.place for use in called if use.place],
            path=common(use.what[0] for use in called),
            count=sum(use.count for use in called),
            ips=", ".join(distinct(use.client_ip for use in called)[:3]),
        )
    elif visits and _is_page(named) and not _held(case, named):
        yield sign("script-not-on-site", found, script=named)


def _files(case: Case, named: str) -> Signs:
    """One sign for each kind of file that could have sent these letters."""
    files = case.background.site_files
    planted = [f for f in files if f.kind in _PLANTED and (f.risk >= _HOSTILE or (named and _base(f.path) == named))]
    if planted and not any(_base(f.path) == named for f in _forms(case)):
        yield _of("site-dropper", planted, named)
    newsletters = [f for f in files if f.kind == "newsletter-cgi"]
    if newsletters and any(newsletter(s) for s in case.seen):
        yield _of("site-mailer", newsletters, named)
    forms = [f for f in _forms(case) if _base(f.path) == named or not named]
    if forms and (named or any(is_automatic(s) for s in case.seen)):
        yield _of("site-form", forms, named)


def _of(identity: str, files: list[SiteFile], named: str) -> Sign:
    best = max(files, key=lambda f: (_base(f.path) == named, f.risk, f.path))
    return sign(identity, places=[best.place], path=best.path, product=best.product)


def _forms(case: Case) -> list[SiteFile]:
    return [f for f in case.background.site_files if f.kind == "form-mailer" and f.risk < _HOSTILE]


def _fits(case: Case, use: Usage, named: str) -> bool:
    """The program that the bounces name; where they name none, one of the site's files that can send."""
    path = use.what[0].partition("?")[0]
    if named:
        return _base(path) == named
    return any(_base(path) == _base(f.path) for f in case.background.site_files)


def _is_page(named: str) -> bool:
    """A program that is called by its own name: neither an interpreter nor a library."""
    return "." in named and not any(word in named for word in _LIBRARIES)


def _held(case: Case, named: str) -> bool:
    """The site's own files or its log know the name."""
    paths = [f.path for f in case.background.site_files] + [use.what[0] for use in case.background.visits]
    return any(_base(path.partition("?")[0]) == named for path in paths)


def _base(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].lower()
