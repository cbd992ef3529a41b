"""What one file of a site is, by what it does, where it lies and when it came: kind, risk, and marks that say why."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from modori.evidence import perlcode, phpcode
from modori.evidence.webpaths import in_odd_folder, is_program, is_setup
from modori.knowledge import table
from modori.types import Place, SiteFile

_PHP = re.compile(rb"<\?(?:php|=)")
_PERL = re.compile(rb"\A(?:\xef\xbb\xbf)?#! ?\S{0,60}perl")
_XMAILER = re.compile(
    rb"X-Mailer: ?([A-Za-z][\w .-]{1,38}?)[ _-]?v?(?:er\.? ?)?(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)?[\\\"'\r\n]"
)
_HOSTILE = {"runs-request": 0.95, "runs-decoded": 0.95, "writes-request": 0.9, "mails-decoded-request": 0.9}
_ADDED = {
    "odd-folder": 0.2,
    "poses-as-missing": 0.2,
    "newer-than-neighbours": 0.1,
    "known-name": 0.1,
    "out-of-month": 0.1,
}


def is_source(peek: bytes) -> bool:
    """The text of a program that a web server runs."""
    return bool(_PHP.search(peek[:2000]) or _PERL.match(peek))


def behaviour(code: bytes) -> frozenset[str]:
    """What the program does, whichever language it is in."""
    if _PHP.search(code):
        return phpcode.behaviour(code)
    return perlcode.behaviour(code) if _PERL.match(code) else frozenset()


def judged(
    place: Place, path: str, code: bytes, when: float | None, size: int, around: frozenset[str]
) -> SiteFile | None:
    """The file as a fact, None when it does not matter; `around` are marks of its time and folder."""
    found = behaviour(code) | around | _where(path)
    kind, risk = _kind(found, path, php=bool(_PHP.search(code)))
    if not kind:
        return None
    product, version = _named(code) if "sends-mail" in found else ("", "")
    risk = min(1.0, risk + sum(extra for mark, extra in _ADDED.items() if mark in found and risk >= 0.5))
    return SiteFile(place, path, kind, when, size, product, version, round(risk, 2), tuple(sorted(found)))


def _where(path: str) -> frozenset[str]:
    raw = os.fsencode(path)
    found = set()
    if is_program(raw) and in_odd_folder(raw):
        found.add("odd-folder")
    if is_setup(raw):
        found.add("setup")
    if path.rpartition("/")[2].partition(".")[0].lower() in _abused_names():
        found.add("known-name")
    return frozenset(found)


def _kind(found: frozenset[str], path: str, php: bool) -> tuple[str, float]:
    """(kind, risk) by the strongest thing the file does."""
    hostile = max((_HOSTILE[mark] for mark in found & _HOSTILE.keys()), default=0.0)
    if "mails-decoded-request" in found or (php and "recipients-from-request" in found):
        return "mailer", max(hostile, 0.8)
    if hostile:
        return "dropper", hostile
    if "encoded-blob" in found and "reads-request" in found:
        return "dropper", 0.7
    if found & {"recipients-from-request", "recipients-from-list"}:
        return "newsletter-cgi", 0.6 if {"recipients-from-request", "no-login"} <= found else 0.4
    if "answers-visitor" in found:
        return "form-mailer", 0.2
    if "odd-folder" in found and found & {"reads-request", "sends-mail", "encoded-blob", "newer-than-neighbours"}:
        return "unknown-new", 0.5
    if "newer-than-neighbours" in found and is_program(os.fsencode(path)):
        return "unknown-new", 0.3
    return "", 0.0


def _named(code: bytes) -> tuple[str, str]:
    """Product and version as the program signs its letters."""
    found = _XMAILER.search(code)
    if found is None:
        return "", ""
    return found[1].decode("latin-1").strip(), (found[2] or b"").decode()


@lru_cache(maxsize=1)
def _abused_names() -> frozenset[str]:
    return frozenset(table("droppers")["names"])
