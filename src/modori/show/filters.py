"""Rules that file bounces by verdict, for mail servers (Sieve, RFC 5228) and for Gmail.

"Everything from MAILER-DAEMON" would also hide that one's own letters fail. What tells them apart is in the letter that
a bounce returns: one's own went through one's own server, a forger's did not; and what was sent by a break-in shows
where it was handed in. Whatever a rule does not know stays in the inbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from xml.sax.saxutils import quoteattr

from modori.octets.addresses import organisation
from modori.show.words import Words
from modori.types import ACT_NOW, Campaign, Owner, Report

_HARMLESS = re.compile(r"[A-Za-z0-9._:/-]{3,253}\Z")  # host names, addresses, programs: nothing that ends a string
_MOST = 50
_FOREIGN = frozenset({"forged"})
_REQUIRED = ("envelope", "body", "fileinto", "mailbox")


def marks(report: Report, causes: Iterable[str]) -> tuple[list[str], list[str]]:
    """(what a returned letter of one's own shows, what one of the break-in shows); either may be empty."""
    chosen = frozenset(causes)
    campaigns = [c for c in report.campaigns if c.cause in chosen]
    foreign = any(c.cause in _FOREIGN for c in campaigns)
    own = _servers(report.owner) if foreign else []
    culprit = [mark for c in campaigns if c.cause in ACT_NOW for mark in _origins(c)]
    return _kept(own), _kept(culprit)


def sieve(report: Report, causes: Iterable[str], folder: str, lang: str) -> str:
    """A Sieve script, "" when the report gives nothing to tell the bounces by."""
    own, culprit = marks(report, causes)
    if not own and not culprit:
        return ""
    words = Words(lang, report.zone_minutes)
    lines = [*_comment(words, "rescue.sieve.head"), f"require {_strings(_REQUIRED)};"]
    if culprit:
        test = f"body :raw :contains {_strings(culprit)}"
        lines += ["", *_comment(words, "rescue.sieve.culprit"), *_rule(test, folder)]
    if own:
        test = f"not body :raw :contains {_strings(own)}"
        lines += ["", *_comment(words, "rescue.sieve.foreign"), *_rule(test, folder)]
    return "\n".join(lines) + "\n"


def gmail(report: Report, causes: Iterable[str], folder: str, lang: str) -> str:
    """Filters to be imported at Gmail's settings, "" when there is nothing to tell the bounces by."""
    own, culprit = marks(report, causes)
    daemons = "from:(mailer-daemon OR postmaster)"
    searches = [f"{daemons} {{{' '.join(map(_quoted, culprit))}}}"] if culprit else []
    searches += [f"{daemons} {' '.join('-' + _quoted(mark) for mark in own)}"] if own else []
    if not searches:
        return ""
    note = " ".join(Words(lang).lines("rescue.sieve.gmail")).replace("--", "—")
    return "\n".join(
        [
            "<?xml version='1.0' encoding='UTF-8'?>",
            f"<!-- {note} -->",
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:apps='http://schemas.google.com/apps/2006'>",
            "  <title>Mail Filters</title>",
            *(line for search in searches for line in _entry(search, folder)),
            "</feed>",
            "",
        ]
    )


def difference(old: str, new: str, before: str, after: str) -> list[str]:
    """What would change in a script, as diff -u writes it; nothing in it moves the cursor of a terminal."""
    return list(unified_diff(_harmless(old), _harmless(new), before, after, lineterm=""))


def _harmless(script: str) -> list[str]:
    return ["".join(c if c.isprintable() else "�" for c in line.expandtabs()) for line in script.splitlines()]


def _servers(owner: Owner) -> list[str]:
    """The owner's servers, and the provider's whole domain, for there may be more of them; but not the owner's own
    domain, which stands in every letter that was forged in its name."""
    hosts = [*owner.outbound, *owner.inbound]
    names = [*hosts, *filter(None, map(organisation, hosts))]
    return [name for name in names if not any(name in domain for domain in owner.domains)]


def _origins(campaign: Campaign) -> Sequence[str]:
    return (*campaign.origin.ips, campaign.origin.ip, campaign.origin.script)


def _kept(found: Iterable[str]) -> list[str]:
    return [mark for mark in dict.fromkeys(found) if _HARMLESS.match(mark)][:_MOST]


def _comment(words: Words, key: str) -> list[str]:
    return [f"# {line}" for line in words.lines(key)]


def _rule(test: str, folder: str) -> list[str]:
    """Only reports, which have no return path (RFC 5321 section 4.5.5), are ever looked at."""
    return [
        'if allof (envelope :is "from" "",',
        f"          {test}) {{",
        f"    fileinto :create {_strings([folder])[1:-1]};",
        "    stop;",
        "}",
    ]


def _strings(texts: Sequence[str]) -> str:
    """A string list (RFC 5228 section 2.4.2)."""
    escaped = ("".join(c for c in text if c.isprintable()).replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "[" + ", ".join(f'"{text}"' for text in escaped) + "]"


def _quoted(mark: str) -> str:
    return f'"{mark}"'


def _entry(search: str, folder: str) -> list[str]:
    label = quoteattr("".join(c for c in folder if c.isprintable()))
    return [
        "  <entry>",
        "    <category term='filter'></category>",
        "    <title>Mail Filter</title>",
        "    <content></content>",
        f"    <apps:property name='hasTheWord' value={quoteattr(search)}/>",
        f"    <apps:property name='label' value={label}/>",
        "    <apps:property name='shouldArchive' value='true'/>",
        "  </entry>",
    ]
