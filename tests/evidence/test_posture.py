"""What a domain publishes, what is amiss, and the record that mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from modori.evidence.blocklists import listed_address, listed_domain
from modori.evidence.posture import Posture, posture
from modori.evidence.spf_record import spf_record
from modori.knowledge import table, words

KEY = "v=DKIM1; k=rsa; p=" + "M" * 392
GOOD: Mapping[str, Mapping[str, Sequence[str]]] = {
    "farm.example": {"TXT": ["v=spf1 ip4:192.0.2.1 -all", "site=1"], "MX": ["10 mx.farm.example"]},
    "mx.farm.example": {"A": ["192.0.2.1"]},
    "192.0.2.1": {"PTR": ["mx.farm.example"]},
    "s1._domainkey.farm.example": {"TXT": [KEY]},
    "_dmarc.farm.example": {"TXT": ["v=DMARC1; p=reject; rua=mailto:d@farm.example"]},
    "_mta-sts.farm.example": {"TXT": ["v=STSv1; id=1"]},
    "_smtp._tls.farm.example": {"TXT": ["v=TLSRPTv1; rua=mailto:t@farm.example"]},
    "default._bimi.farm.example": {"TXT": ["v=BIMI1; l=https://farm.example/l.svg"]},
}


def asked(zone: Mapping[str, Mapping[str, Sequence[str]]], selectors: Sequence[str] = ("s1",)) -> Posture:
    return posture("farm.example", lambda name, kind: tuple(zone.get(name, {}).get(kind, ())), selectors)


def changed(name: str, kind: str = "TXT", *values: str) -> Posture:
    zone = {key: dict(records) for key, records in GOOD.items()}
    zone.setdefault(name, {})[kind] = list(values)
    return asked(zone)


def test_a_domain_in_good_order_lacks_nothing() -> None:
    found = asked(GOOD)
    assert (found.wrong, found.unmet, found.publish, found.listed) == ((), (), (), ())
    assert found.mta_sts
    assert found.tls_rpt
    assert found.bimi
    assert found.outbound[0].confirmed
    assert found.dmarc_policy == "reject"


def test_a_bare_domain_lacks_everything_and_is_told_what_to_publish() -> None:
    found = asked({}, ())
    assert {"spf-missing", "dmarc-missing", "mx-missing"} <= set(found.wrong)
    assert {unmet.id for unmet in found.unmet} == {entry["id"] for entry in table("requirements")["requirement"]}
    assert [(record.name, record.value) for record in found.publish] == [
        ("farm.example", "v=spf1 mx ~all"),
        ("_dmarc.farm.example", "v=DMARC1; p=none; rua=mailto:dmarc@farm.example"),
    ]


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (changed("farm.example", "TXT", "v=spf1 +all"), "spf-allows-all"),
        (changed("farm.example", "TXT", "v=spf1 mx ?all"), "spf-neutral"),
        (changed("farm.example", "TXT", "v=spf1 mx"), "spf-no-all"),
        (changed("farm.example", "TXT", "v=spf1 ptr -all"), "spf-ptr"),
        (changed("farm.example", "TXT", "v=spf1 ip4:203.0.0.0/8 -all"), "spf-wide"),
        (changed("farm.example", "TXT", "v=spf1 -all", "v=spf1 mx -all"), "spf-several"),
        (changed("_dmarc.farm.example", "TXT", "v=DMARC1; p=none"), "dmarc-none"),
        (changed("_dmarc.farm.example", "TXT", "v=DMARC1; p=none", "v=DMARC1; p=reject"), "dmarc-missing"),
        (changed("s1._domainkey.farm.example", "TXT", "v=DKIM1; p="), "dkim-missing"),
        (changed("s1._domainkey.farm.example", "TXT", "v=DKIM1; p=" + "M" * 128), "dkim-weak"),
        (changed("192.0.2.1", "PTR"), "ptr-missing"),
        (changed("192.0.2.1", "PTR", "other.example"), "ptr-unconfirmed"),
        (changed("1.2.0.192.zen.spamhaus.org", "A", "127.0.0.2"), "address-listed"),
    ],
)
def test_each_fault_has_its_id(found: Posture, wrong: str) -> None:
    assert wrong in found.wrong


def test_a_policy_is_tightened_one_step_at_a_time() -> None:
    found = changed("_dmarc.farm.example", "TXT", "v=DMARC1; p=none; rua=mailto:d@farm.example")
    assert found.publish[0].value == "v=DMARC1; p=quarantine; rua=mailto:d@farm.example"
    assert changed("farm.example", "TXT", "v=spf1 mx +all").publish[0].value == "v=spf1 mx ~all"


def test_look_ups_are_counted_through_includes_and_loops_end() -> None:
    zone = {
        "a.example": ["v=spf1 include:b.example mx -all"],
        "b.example": ["v=spf1 include:a.example a exists:%{i}.x -all"],
    }
    found = spf_record("a.example", lambda name, kind: tuple(zone.get(name, ())))
    assert found.lookups == 5


def test_too_many_look_ups_break_the_record() -> None:
    zone = {f"n{n}.example": [f"v=spf1 include:n{n + 1}.example -all"] for n in range(30)}
    found = spf_record("n0.example", lambda name, kind: tuple(zone.get(name, ())))
    assert "spf-too-many-lookups" in found.wrong


def test_lists_that_refuse_to_answer_do_not_list() -> None:
    def refused(name: str, kind: str) -> tuple[str, ...]:
        return ("127.255.255.254",)

    assert listed_address("192.0.2.1", refused) == ()
    assert listed_address("no address", refused) == ()
    assert listed_domain("farm.example", lambda name, kind: ("127.0.0.1",)) == ()


@pytest.mark.parametrize("kind", ["address", "domain"])
def test_every_list_is_asked(kind: str) -> None:
    names = [entry["name"] for entry in table("blocklists")[kind]]
    ask = listed_address if kind == "address" else listed_domain
    assert list(ask("192.0.2.1" if kind == "address" else "farm.example", lambda name, kind: ("127.0.0.4",))) == names


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_finding_has_its_sentence(language: str) -> None:
    sentences = words(language)
    found = asked({}, ())
    needs = {need for entry in table("requirements")["requirement"] for need in entry["needs"]}
    keys = [f"posture.wrong.{name}" for name in found.wrong] + [f"posture.need.{need}" for need in needs]
    keys += [f"posture.who.{entry['who']}" for entry in table("requirements")["requirement"]]
    assert [key for key in keys if key not in sentences] == []
