"""Do the returned letters bear a valid signature of the own domain (RFC 6376), as the owner's mail does?

Valid means that the signing server let them pass: whole, or the header fields alone when the text was not returned.
Broken means little by itself, since gateways and bounces change letters: it counts only when no signature holds.
Missing counts as much as there are samples of the owner's own mail that all bore one. A valid signature can be an old
letter sent once more; a hijacked account's letters are signed by the relay: nothing here clears the owner's password.
"""

from __future__ import annotations

import math

from modori.attribute.case import Case, Seen, Signs, common, sign
from modori.attribute.dkimcheck import Lookup, check, domains
from modori.attribute.signs.sent import in_sent
from modori.octets.addresses import domain_of, organisation
from modori.types import Original

_TRIED = 5  # witnesses checked: a signature costs a millisecond, and one says as much as twenty
_FEW = 5
_FULL = 50  # samples after which the absence has its full weight


def signs(case: Case) -> Signs:
    returned = [s for s in case.seen if s.witness.original is not None and s.witness.original.head]
    signed = [s for s in returned if _own_signatures(case, s)]
    if case.lookup is not None and signed:
        yield from _checked(case, signed[:_TRIED], case.lookup)
    if returned and not signed:
        yield from _missing(case, returned)


def _checked(case: Case, signed: list[Seen], lookup: Lookup) -> Signs:
    results = [(s, _best(case, s, lookup)) for s in signed]
    for said in ("dkim-valid", "dkim-valid-headers", "dkim-broken"):
        found = [s for s, result in results if result == said]
        if found:
            yield sign(said, found, domain=common(d for s in found for _, d in _own_signatures(case, s)))
            return


def _best(case: Case, seen: Seen, lookup: Lookup) -> str:
    """The sign that the best of the letter's own signatures gives; "" when there was no key."""
    original = seen.witness.original or Original()
    numbers = [number for number, _ in _own_signatures(case, seen)]
    if original.complete and original.body and any(
        check(original.head, original.body, number, lookup) == "valid" for number in numbers
    ):
        return "dkim-valid"
    found = {check(original.head, None, number, lookup) for number in numbers}
    if "valid" in found:  # no text returned, or a gateway put its footer under it
        return "dkim-valid-headers"
    return "dkim-broken" if "broken" in found else ""


def _own_signatures(case: Case, seen: Seen) -> list[tuple[int, str]]:
    """(number, domain) of the signatures in the own domain's name."""
    own = {organisation(domain) or domain for domain in case.owner.domains}
    head = seen.witness.original.head if seen.witness.original else b""
    return [(n, d) for n, d in enumerate(domains(head)) if (organisation(d) or d) in own]


def _missing(case: Case, returned: list[Seen]) -> Signs:
    """With n samples that all bore a signature, a letter without one has odds of about 1 : n + 2 (Laplace)."""
    if not all(_in_own_name(case, s) for s in returned):
        return
    signed, unsigned = _samples(case)
    if signed < _FEW or unsigned:
        return
    strength = min(1.0, math.log(signed + 2) / math.log(_FULL + 2))
    yield sign("dkim-missing", returned, strength=strength, samples=signed, domain=case.owner.domains[0])


def _samples(case: Case) -> tuple[int, int]:
    """(signed, unsigned) letters that left through the own server: handed in there, or in Sent and returned."""
    background = case.background
    signed = sum(background.signed.get(domain, 0) for domain in case.owner.domains)
    unsigned = sum(background.unsigned.get(domain, 0) for domain in case.owner.domains)
    for seen in case.others:
        if seen.passage.route in {"auth", "own"} and in_sent(case, seen) and seen.witness.original:
            bears = bool(_own_signatures(case, seen))
            signed, unsigned = signed + bears, unsigned + (not bears)
    return signed, unsigned


def _in_own_name(case: Case, seen: Seen) -> bool:
    return seen.witness.original is not None and domain_of(seen.witness.original.sender) in case.owner.domains
