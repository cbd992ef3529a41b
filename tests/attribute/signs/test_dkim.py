"""Signatures of the own domain: whole, on the head alone, broken, and missing where they are always there."""

from __future__ import annotations

from pathlib import Path

import dkim
import pytest

from tests.attribute.build import (
    HOME_IP,
    NOON,
    Mailbox,
    auth_line,
    forged,
    from_sent,
    many,
    original,
    own_bounce,
    sent,
)  # fmt: skip

HERE = Path(__file__).parent
PRIVATE = (HERE / "key.pem").read_bytes()  # made for these tests, signs nothing else
PUBLIC = "v=DKIM1; k=rsa; p=" + (HERE / "key.txt").read_text()


def _dns(name: str, kind: str) -> tuple[str, ...]:
    return (PUBLIC,) if (name, kind) == ("s1._domainkey.kitchen.example", "TXT") else ()


def _signed(number: int = 1, domain: bytes = b"kitchen.example", **more: str) -> str:
    letter = original([], number=number, **more)
    value = dkim.sign(letter.encode(), b"s1", domain, PRIVATE, include_headers=[b"from", b"to", b"subject"]).decode()
    return value.replace("\r\n", "\n") + letter


def _over(letter: str) -> str:
    return f"Received: {auth_line()}\n{letter}"


def test_a_whole_letter_with_a_valid_signature() -> None:
    found = many([own_bounce(_over(_signed(n))) for n in range(3)]).signs(_dns)["dkim-valid"]
    assert (found.bits, found.params["domain"]) == (6.0, "kitchen.example")


def test_the_head_alone_came_back() -> None:
    found = many([own_bounce(_over(_signed(n)), whole=False) for n in range(3)]).signs(_dns)
    assert found["dkim-valid-headers"].bits == 5.0
    assert "dkim-valid" not in found


def test_a_footer_under_the_text_leaves_the_head_valid() -> None:
    found = many([own_bounce(_over(_signed(n)) + "-- \nscanned\n") for n in range(3)]).signs(_dns)
    assert "dkim-valid-headers" in found


@pytest.mark.parametrize("whole", [True, False])
def test_a_copied_signature_over_another_subject_is_broken(whole: bool) -> None:
    letters = [own_bounce(_over(_signed(n).replace("Best offer", "Better offer")), whole=whole) for n in range(3)]
    found = many(letters).signs(_dns)
    assert "dkim-broken" in found
    assert not {"dkim-valid", "dkim-valid-headers"} & found.keys()


def test_another_domains_signature_is_none_of_the_owners() -> None:
    found = many([own_bounce(_over(_signed(n, b"mailer.example"))) for n in range(3)]).signs(_dns)
    assert not {"dkim-valid", "dkim-valid-headers", "dkim-broken"} & found.keys()


def test_without_dns_or_without_a_key_nothing_is_checked() -> None:
    letters = [own_bounce(_over(_signed(n).replace("Best", "Better"))) for n in range(3)]
    assert "dkim-broken" not in many(letters).signs()
    assert "dkim-broken" not in many(letters).signs(lambda name, kind: ())


def _own_samples(count: int, unsigned: int = 0) -> Mailbox:
    """Own letters that bounced: they show whether the owner's mail is signed."""
    mailbox = many(forged(40))
    for n in range(count + unsigned):
        extra = ["DKIM-Signature: v=1; a=rsa-sha256; d=kitchen.example; s=s1; h=from; bh=x; b=y"] if n < count else []
        letter = from_sent(n, [auth_line(HOME_IP, when=NOON)], extra=extra)
        mailbox.add(own_bounce(letter, when=NOON + n)).wrote(sent(n))
    return mailbox


def test_a_domain_that_always_signs() -> None:
    found = _own_samples(8).signs()["dkim-missing"]
    assert -4.0 < found.bits < -2.0
    assert found.params["samples"] == 8


def test_a_domain_that_signs_some_of_its_mail() -> None:
    assert "dkim-missing" not in _own_samples(8, unsigned=1).signs()


def test_two_signed_letters_are_no_rule() -> None:
    assert "dkim-missing" not in _own_samples(2).signs()
