"""What a domain publishes for its mail, in words: what is amiss, who demands it, what to publish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modori.show.page import Page
from modori.show.words import Words


def text(found: Mapping[str, Any], lang: str, width: int, colour: bool) -> str:
    """`found` is a Posture as a dict."""
    page = Page(Words(lang), width, colour)
    tell(page, found)
    return page.text()


def level(found: Mapping[str, Any]) -> str:
    """The answer in one word: good, wanting, or listed."""
    if not found["wrong"] and not found["unmet"]:
        return "good"
    return "listed" if _listed(found) else "wanting"


def tell(page: Page, found: Mapping[str, Any]) -> None:
    """The answer first, then the records, the demands, and what to publish."""
    wrong, answer = list(found["wrong"]), level(found)
    style = {"good": "green", "wanting": "yellow", "listed": "red"}[answer]
    page.line(page.say(f"domain.answer.{answer}", {"domain": found["domain"], "count": len(wrong)}), style=style)
    if wrong:
        page.heading("domain.head.wrong")
        for identity in wrong:
            page.line(page.say(f"posture.wrong.{identity}"), "  ・")
    _published(page, found)
    _outbound(page, found)
    _demands(page, found)
    if found["publish"]:
        page.heading("domain.head.publish")
        for record in found["publish"]:
            page.line(page.say("domain.line.record", record), "  ・")


def _listed(found: Mapping[str, Any]) -> bool:
    return bool(found["listed"]) or any(address["listed"] for address in found["outbound"])


def _published(page: Page, found: Mapping[str, Any]) -> None:
    page.heading("domain.head.published")
    rows = [
        ("SPF", found["spf"]["text"], {"count": found["spf"]["lookups"]} if found["spf"]["text"] else {}),
        ("DMARC", found["dmarc"], {}),
        ("MX", ", ".join(found["mx"]), {}),
        *((f"DKIM {key['selector']}", page.say(f"domain.dkim.{key['state']}"), {}) for key in found["dkim"]),
        *((name, page.say("domain.there") if found[key] else "", {}) for name, key in _OPTIONAL),
    ]
    for name, value, params in rows:
        shown = {"name": name, "value": value or page.say("domain.nothing"), **params}
        page.line(page.say("domain.line.published", shown), "  ")


_OPTIONAL = (("MTA-STS", "mta_sts"), ("TLS-RPT", "tls_rpt"), ("BIMI", "bimi"))


def _outbound(page: Page, found: Mapping[str, Any]) -> None:
    if not found["outbound"] and not found["listed"]:
        return
    page.heading("domain.head.outbound")
    for address in found["outbound"]:
        state = "confirmed" if address["confirmed"] else "unconfirmed" if address["names"] else "nameless"
        params = {"ip": address["ip"], "name": ", ".join(address["names"]), "lists": list(address["listed"])}
        page.line(page.say(f"domain.line.{state}", params), "  ・")
        if address["listed"]:
            page.line(page.say("domain.line.listed", params), "    ")
    if found["listed"]:
        page.line(page.say("domain.line.domain_listed", {"lists": list(found["listed"])}), "  ・")


def _demands(page: Page, found: Mapping[str, Any]) -> None:
    if not found["unmet"]:
        return
    page.heading("domain.head.unmet")
    for demand in found["unmet"]:
        lacks = [page.say(f"posture.need.{need}") for need in demand["lacks"]]
        params = {"receiver": demand["receiver"], "who": page.say(f"posture.who.{demand['who']}"), "lacks": lacks}
        page.line(page.say("domain.line.unmet", params), "  ・")
