"""The domain page: what a domain publishes for its mail, asked of DNS once the user has said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from modori.evidence.dns import Resolver
from modori.evidence.posture import posture
from modori.knowledge import table
from modori.octets.addresses import is_ip
from modori.show import posture as shown
from modori.show.outline import told
from modori.show.words import Words
from modori.types import Report
from modori.web.forms import fields
from modori.web.online import Online, lookup
from modori.web.page import language, page

_FIELDS = ("name", "selectors", "addresses")
_MOST = 20  # selectors, and addresses
_LONGEST = 253  # RFC 1035 section 2.3.4
_OFFERED = 3
_SEVERITY = {"good": "calm", "wanting": "warning", "listed": "critical"}


def start(request: Request) -> Response:
    """The form; a link may bring the domain along, but asking takes a click."""
    return _form(request, {"name": request.query_params.get("name", "")[:_LONGEST]})


def _form(request: Request, given: Mapping[str, str], wrong: str = "") -> Response:
    words, given = Words(language(request)), {name: given.get(name, "") for name in _FIELDS}
    return page(
        request, "domain.html.jinja", 422 if wrong else 200, given=given, online=_online(request),
        wrong=words.say(f"domain.{wrong}") if wrong else "",
    )  # fmt: skip


def _online(request: Request) -> Online:
    found: Online = request.app.state.online
    return found


async def ask(request: Request) -> Response:
    given = await fields(request)
    name = _name(given.get("name", ""))
    if not name:
        return _form(request, given, "page.no_domain")
    if not _online(request).allowed and given.get("consent") != "yes":
        return _form(request, given, "page.no_consent")
    found = await run_in_threadpool(_found, name, given, _online(request))
    if found is None:
        return _form(request, given, "page.silent")
    sections = told(Words(language(request)), lambda page: shown.tell(page, found))
    return page(request, "domain_result.html.jinja", sections=sections, severity=_SEVERITY[shown.level(found)])


def _name(text: str) -> str:
    """The domain in what was typed: also out of an address or the address of a page; "" when it is none."""
    bare = text.strip().rpartition("://")[2].partition("/")[0].rpartition("@")[2].rstrip(".").lower()
    try:
        plain = bare.encode("idna").decode("ascii") if not bare.isascii() else bare
    except UnicodeError:
        return ""
    fits = "." in plain and len(plain) <= _LONGEST and all(c.isalnum() or c in "-._" for c in plain)
    return plain if fits and not is_ip(plain) else ""


def _found(name: str, given: Mapping[str, str], online: Online) -> dict[str, Any] | None:
    """The posture as a dict; None when DNS does not answer."""
    asked = Resolver.at(online.resolver)
    selectors = [s for s in _several(given.get("selectors", "")) if len(s) < 64]
    senders = [one for one in _several(given.get("addresses", "")) if is_ip(one)]
    found = asdict(posture(name, lookup(asked), selectors, senders))
    if asked.failed and not found["mx"] and not found["spf"]["text"] and not found["dmarc"]:
        return None
    return found


def _several(text: str) -> list[str]:
    return text.replace(",", " ").split()[:_MOST]


def offered(report: Report) -> tuple[str, ...]:
    """The owner's domains that are worth a look; those of large mail services are nobody's own."""
    foreign = {domain for panel in table("panels").values() for domain in panel.get("domains", ())}
    return tuple(domain for domain in report.owner.domains if domain not in foreign)[:_OFFERED]
