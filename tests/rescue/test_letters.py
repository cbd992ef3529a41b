"""Whole letters, as strangers and programs write them, through the path: each is first, later, or never listed."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from modori.attribute.letters import correspondence
from modori.octets.digest import hash64
from modori.read import one
from modori.rescue import classify, rescue
from modori.types import Owner, Place, Rescued, Surge

T = 1_794_186_000.0  # 9 November 2026
FLOOD = (Surge(T - 3600, T, T + 3600, 300, 0.1),)
OWNER = Owner(("info@hanaya.example",), ("hanaya.example",))
CONTACTS = {"naoko@partner.example", "shop@wholesale.example"}
LETTERS = tomllib.loads((Path(__file__).parent / "letters.toml").read_text("utf-8"))["letter"]
LATER = {"newsletter", "list"}


def written(told: dict[str, Any], stamps: bool = True) -> bytes:
    """As the owner's own Postfix delivered it."""
    domain = told["from"].rpartition("@")[2].rstrip(">")
    head = [f"Delivered-To: {told.get('delivered', 'info@hanaya.example')}"]
    head += [f"Authentication-Results: mx1.hosting.example; {told['stamp']}"] if "stamp" in told and stamps else []
    head += [
        f"Received: from mx.{domain} (mx.{domain} [198.51.100.9]) by mx1.hosting.example (Postfix) with ESMTPS id 4D;",
        "\tMon, 9 Nov 2026 01:00:00 +0900",
        f"From: {told['from']}",
        f"To: {told.get('to', 'info@hanaya.example')}",
        f"Subject: {told['subject']}",
        f"Message-ID: <{abs(hash(told['subject']))}@{domain}>",
        "Date: Mon, 9 Nov 2026 01:00:00 +0900",
        *told.get("head", "").strip().splitlines(),
    ]
    return ("\n".join(head) + "\n\n" + told.get("body", "本文です。") + "\n").encode()


def found(raw: bytes) -> Rescued | None:
    letter = one(raw, Place("inbox", 0, len(raw)))
    record, _ = correspondence(letter)
    kind, why = classify(letter.head, record.sender, record.subject, name=record.name, authentic=record.authentic)
    listed = rescue([replace(record, kind=kind, why=why)], FLOOD, (), OWNER, CONTACTS, {hash64("mine@hanaya.example")})
    return listed[0] if listed else None


@pytest.mark.parametrize("told", LETTERS, ids=lambda told: f"{told['subject'][:24]} {told['from'][-24:]}")
def test_each_letter_is_where_it_belongs(told: dict[str, Any]) -> None:
    listed = found(written(told))
    place = "never" if listed is None else "later" if listed.why in LATER else "first"
    assert (place, listed and listed.why if "why" in told else None) == (told["expect"], told.get("why"))
