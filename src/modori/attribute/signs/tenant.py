"""Whose part of the server: the owner's own machine, or the site that the control panel names.

cPanel's Exim adds X-Source-Dir: DOMAIN:/path, and PHP X-PHP-Script: DOMAIN/path for ADDRESS. A program can write both
itself, but not take away the last X-Source-Dir, which the server adds after it. What a program may have written leaves
the owner's own site under suspicion: it opens the case, and never clears the owner.
"""

from __future__ import annotations

from modori.attribute.case import Case, Seen, Signs, common, sign
from modori.attribute.houses import is_public
from modori.octets.addresses import organisation
from modori.octets.headers import every, unfold


def signs(case: Case) -> Signs:
    left = case.routes("auth", "local", "own")
    own = {organisation(domain) for domain in case.owner.domains if not is_public(domain)} - {""}
    if left and case.zone.organisations and case.zone.organisations <= own:
        yield sign("server-own", left, host=common(s.witness.bounce.writer for s in left))
    named = [(s, name) for s in case.routes("local") if (name := site(s))]
    mine = [s for s, name in named if organisation(name) in own]
    if named and len(mine) == len(named):
        yield sign("site-own", mine, site=common(name for _, name in named))
    elif named and own and not mine:
        yield sign("site-other", [s for s, _ in named], site=common(name for _, name in named))


def site(seen: Seen) -> str:
    """The domain of the site whose program sent, "" when nothing names it."""
    original = seen.witness.original
    head = original.head if original else b""
    folders = [unfold(value).partition(b":")[0] for value in every(head, b"x-source-dir")]
    scripts = [unfold(value).partition(b"/")[0] for value in every(head, b"x-php-script")]
    found = [*scripts[:1], *folders[-1:]]  # the panel's own, where there is one
    name = found[-1].decode("utf-8", "replace").strip().lower() if found else ""
    return name[:255] if "." in name and " " not in name else ""
