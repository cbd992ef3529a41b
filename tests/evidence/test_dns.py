"""The one door to DNS, against a server on loopback; and that nobody else opens one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import modori.evidence
from modori.evidence.dns import Resolver
from modori.octets.senderpolicy import check_host
from tests.evidence.nameserver import nameserver

LONG = "v=DKIM1; k=rsa; p=" + "A" * 1200
ZONE = {
    "farm.example": {"TXT": ["v=spf1 include:_spf.provider.example mx -all"], "MX": ["10 mx.provider.example"]},
    "_spf.provider.example": {"TXT": ["v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/48 ~all"]},
    "mx.provider.example": {"A": ["192.0.2.200"], "AAAA": ["2001:db8:1::5"]},
    "200.2.0.192.in-addr.arpa": {"PTR": ["mx.provider.example"]},
    "s1._domainkey.farm.example": {"TXT": [LONG]},
    "loop.example": {"TXT": ["v=spf1 include:loop.example -all"]},
}


def test_every_kind_is_answered_as_text() -> None:
    with nameserver(ZONE) as (port, _):
        resolver = Resolver("127.0.0.1", port)
        assert resolver.lookup("Farm.example.", "mx") == ("10 mx.provider.example",)
        assert resolver.lookup("mx.provider.example", "A") == ("192.0.2.200",)
        assert resolver.lookup("mx.provider.example", "AAAA") == ("2001:db8:1::5",)
        assert resolver.lookup("192.0.2.200", "PTR") == ("mx.provider.example",)
        assert resolver.lookup("nowhere.example", "A") == ()
        assert resolver.failed == set()


def test_a_long_answer_comes_over_tcp() -> None:
    with nameserver(ZONE) as (port, _):
        assert Resolver("127.0.0.1", port).lookup("s1._domainkey.farm.example", "TXT") == (LONG,)


def test_a_question_is_asked_once() -> None:
    with nameserver(ZONE) as (port, table):
        resolver = Resolver("127.0.0.1", port)
        for _ in range(3):
            resolver.lookup("farm.example", "TXT")
        assert len(table.asked) == 1
        assert [(answer.name, answer.kind) for answer in resolver.answers()] == [("farm.example", "TXT")]


def test_the_budget_ends_the_asking() -> None:
    with nameserver(ZONE) as (port, table):
        resolver = Resolver("127.0.0.1", port, budget=2)
        for number in range(5):
            resolver.lookup(f"n{number}.example", "A")
        assert len(table.asked) == 2
        assert len(resolver.failed) == 3


@pytest.mark.parametrize("name", ["", ".", "a..b", "x" * 70 + ".example", "ü.example", "\x00", "a b", "*"])
def test_no_name_raises(name: str) -> None:
    with nameserver({}) as (port, _):
        assert Resolver("127.0.0.1", port, timeout=0.2).lookup(name, "A") == ()


def test_a_silent_server_is_a_failure_and_no_exception() -> None:
    resolver = Resolver("127.0.0.1", 1, timeout=0.2)
    assert resolver.lookup("farm.example", "A") == ()
    assert resolver.failed == {("farm.example", "A")}


@pytest.mark.parametrize("where", ["127.0.0.1:{port}", "localhost:{port}"])
def test_a_server_is_named_with_its_port(where: str) -> None:
    with nameserver(ZONE) as (port, _):
        assert Resolver.at(where.format(port=port)).lookup("mx.provider.example", "A") == ("192.0.2.200",)


@pytest.mark.parametrize("where", ["::1", "[::1]:5353", "no such host", "host:99999999"])
def test_any_name_of_a_server_is_taken(where: str) -> None:
    assert isinstance(Resolver.at(where), Resolver)


@pytest.mark.parametrize(
    ("ip", "sender", "result"),
    [
        ("192.0.2.5", "info@farm.example", "pass"),
        ("2001:db8::9", "info@farm.example", "pass"),
        ("192.0.2.200", "info@farm.example", "pass"),
        ("203.0.113.9", "info@farm.example", "fail"),
        ("203.0.113.9", "info@unknown.example", "none"),
        ("203.0.113.9", "info@loop.example", "permerror"),
        ("no address", "info@farm.example", "permerror"),
    ],
)
def test_spf_is_evaluated_behind_the_resolver(ip: str, sender: str, result: str) -> None:
    with nameserver(ZONE) as (port, _):
        assert check_host(Resolver("127.0.0.1", port).lookup, ip, sender, "pc.isp.example") == result


def test_no_other_module_of_evidence_can_reach_the_network() -> None:
    doors = {"socket", "ssl", "http", "urllib.request", "smtplib", "imaplib", "ftplib", "asyncio", "dns", "requests"}
    reaching = set()
    for module in Path(modori.evidence.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name in doors or name.split(".")[0] in doors - {"urllib.request"} for name in names):
                reaching.add(module.name)
    assert reaching == {"dns.py"}
