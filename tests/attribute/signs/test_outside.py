"""What anybody can write is named and weighs next to nothing."""

from __future__ import annotations

from tests.attribute.build import OWNER, auth_line, forged, hijacked, many

PASTED = ["Authentication-Results: mx.shop.example; spf=pass smtp.mailfrom=info@kitchen.example"]


def test_own_lines_under_a_strangers_hop() -> None:
    found = many(forged(below=[auth_line()])).signs()["own-below-untrusted"]
    assert found.bits <= 0.3


def test_fields_that_name_a_sender() -> None:
    assert many(forged(extra=PASTED)).signs()["outside-headers"].bits <= 0.3
    assert "outside-headers" in many(forged(extra=[f"X-Authenticated-Sender: {OWNER}"])).signs()


def test_nothing_pasted_nothing_said() -> None:
    assert not {"own-below-untrusted", "outside-headers"} & many(forged()).signs().keys()


def test_trusted_lines_are_not_outside() -> None:
    assert not {"own-below-untrusted", "outside-headers"} & many(hijacked()).signs().keys()
