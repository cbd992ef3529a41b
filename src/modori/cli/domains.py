"""modori domain: what a domain publishes for its mail, asked of DNS because the user said so."""

from __future__ import annotations

import sys
from dataclasses import asdict

import msgspec

from modori.cli import console
from modori.cli.guard import FAILED, guarded
from modori.errors import UsageError
from modori.octets.addresses import is_ip
from modori.show import posture as shown
from modori.show.words import Words


def run(
    name: str, selectors: list[str], addresses: list[str], online: bool, resolver: str, lang: str, form: str, out: str
) -> int:
    """0 all is well, 10 something is amiss, 1 when DNS does not answer."""
    return guarded(lambda: _run(name, selectors, addresses, online, resolver, lang, form, out))


def _run(
    name: str, selectors: list[str], addresses: list[str], online: bool, resolver: str, lang: str, form: str, out: str
) -> int:
    tongue = console.language(lang)
    if not online:
        raise UsageError(Words(tongue).say("domain.offline"))
    if form not in {"text", "json"}:
        raise UsageError(f"--format {form}: use text or json")
    if "." not in name or is_ip(name) or len(name) > 253:
        raise UsageError(f"{name}: not a domain name")
    from modori.evidence.dns import Resolver
    from modori.evidence.posture import posture

    asked = Resolver.at(resolver)
    found = asdict(posture(name, asked.lookup, selectors, addresses))
    if asked.failed and not found["mx"] and not found["spf"]["text"] and not found["dmarc"]:
        print(f"modori: {Words(tongue).say('domain.silent')}", file=sys.stderr)
        return FAILED
    with console.output(out) as target:
        if form == "json":
            target.write(msgspec.json.encode({"schema": "modori.domain/1", **found}) + b"\n")
        else:
            colour = not out and sys.stdout.isatty()
            target.write(shown.text(found, tongue, console.width(), colour).encode("utf-8", "replace"))
    return 10 if found["wrong"] or found["unmet"] else 0
