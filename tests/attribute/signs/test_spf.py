"""SPF: stamped by the refusing server where no sender can write, or looked up."""

from __future__ import annotations

import pytest

from tests.attribute.build import (
    BOTS,
    RELAY_IP,
    STRANGER,
    Mailbox,
    client_line,
    crossing_line,
    foreign_bounce,
    many,
    original,
    own_bounce,
)  # fmt: skip

RECORD = {("kitchen.example", "TXT"): ("v=spf1 include:_spf.hosting.example -all",),
          ("_spf.hosting.example", "TXT"): (f"v=spf1 ip4:{RELAY_IP} -all",)}  # fmt: skip


def _dns(name: str, kind: str) -> tuple[str, ...]:
    return RECORD.get((name, kind), ())


def _stamped(field: str, *, above: bool = True, known: bool = True, domain: str = "kitchen.example") -> Mailbox:
    field = field.replace("DOMAIN", domain)
    where = {"above": [field]} if above else {"extra": [field]}
    return many([foreign_bounce(original([client_line()], number=n, **where), known=known) for n in range(3)])  # type: ignore[arg-type]


RESULTS = f"Authentication-Results: {STRANGER}; spf=RESULT smtp.mailfrom=info@DOMAIN"
RECEIVED = f"Received-SPF: RESULT (x) receiver={STRANGER}; client-ip={BOTS[0]}; envelope-from=<info@DOMAIN>"


@pytest.mark.parametrize("form", [RESULTS, RECEIVED])
@pytest.mark.parametrize(("identity", "bits"), [("spf-fail", -6.0), ("spf-softfail", -5.0), ("spf-pass", 4.0)])
def test_the_refusing_servers_own_stamp(form: str, identity: str, bits: float) -> None:
    assert _stamped(form.replace("RESULT", identity[4:])).signs()[identity].bits == bits


@pytest.mark.parametrize("form", [RESULTS, RECEIVED])
def test_a_stamp_that_says_neither(form: str) -> None:
    assert not [s for s in _stamped(form.replace("RESULT", "neutral")).signs() if s.startswith("spf-")]


PASS = RESULTS.replace("RESULT", "pass")


def test_a_pass_that_the_sender_wrote() -> None:
    assert "spf-pass" not in _stamped(PASS, above=False).signs()


def test_a_stamp_under_another_servers_name() -> None:
    assert "spf-pass" not in _stamped(PASS.replace(STRANGER, "mx.other.example")).signs()


def test_a_stamp_about_another_domain() -> None:
    assert "spf-pass" not in _stamped(PASS, domain="mailer.example").signs()


def test_a_stamp_of_a_writer_nobody_can_confirm() -> None:
    assert "spf-pass" not in _stamped(PASS, known=False).signs()


def test_an_address_that_the_record_does_not_allow() -> None:
    letters = [foreign_bounce(original([client_line()], number=n)) for n in range(3)]
    found = many(letters).signs(_dns)["spf-ip-denied"]
    assert (found.params["ip"], found.params["domain"]) == (BOTS[0], "kitchen.example")


def test_an_address_that_the_record_allows() -> None:
    letters = [foreign_bounce(original([crossing_line()], number=n)) for n in range(3)]
    teach = own_bounce(original([], number=99))
    assert "spf-ip-allowed" in many([*letters, teach]).signs(_dns)


@pytest.mark.parametrize("record", ["v=spf1 ?all", "v=spf1 ip4:300.1.1.1 -all", "v=spf1 include:loop.example -all", ""])
def test_a_record_that_is_neutral_broken_endless_or_absent(record: str) -> None:
    names = {("kitchen.example", "TXT"): (record,), ("loop.example", "TXT"): ("v=spf1 include:loop.example -all",)}
    letters = [foreign_bounce(original([client_line()], number=n)) for n in range(3)]
    found = many(letters).signs(lambda name, kind: names.get((name, kind), ()))
    assert not {"spf-ip-denied", "spf-ip-allowed"} & found.keys()
