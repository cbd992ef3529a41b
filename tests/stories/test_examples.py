"""The two mailboxes of `make demo`: what really happened to their owners is known, and must be found."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

import modori
from modori.types import Report
from scripts.examples.broken_into import BrokenInto
from scripts.examples.forged import Forged
from scripts.examples.story import Story

ROOT = Path(__file__).parents[2]
STORIES = {story.name: story for story in (BrokenInto, Forged)}
CAUSES = {"broken-into": "hijacked", "forged": "forged"}
STATUS = {"broken-into": 12, "forged": 10}


@lru_cache
def report(name: str) -> Report:
    return modori.examine(str(ROOT / "examples" / name))


@pytest.mark.parametrize("name", STORIES)
def test_the_cause_is_found_from_the_mailbox_alone(name: str) -> None:
    verdict = report(name).verdict
    assert verdict.cause == CAUSES[name]
    assert verdict.confidence > 0.99


@pytest.mark.parametrize("name", STORIES)
def test_the_owner_and_the_provider_are_learned(name: str) -> None:
    story: type[Story] = STORIES[name]
    owner = report(name).owner
    assert owner.addresses == (story.owner.addr_spec,)
    assert set(owner.inbound) == {story.mx}
    assert set(owner.outbound) <= {story.relay}


@pytest.mark.parametrize("name", STORIES)
def test_the_owner_s_own_mistyped_letter_is_told_apart(name: str) -> None:
    causes = {campaign.cause: campaign.bounces for campaign in report(name).campaigns}
    assert causes.keys() == {CAUSES[name], "own"}
    assert causes["own"] == 1


def test_the_break_in_names_account_and_connections() -> None:
    campaign = next(c for c in report("broken-into").campaigns if c.cause == "hijacked")
    assert campaign.origin.account == BrokenInto.owner.addr_spec
    assert set(campaign.origin.ips) <= set(BrokenInto.crooks.values())


def test_the_number_of_messages_that_really_left_is_estimated() -> None:
    volume = report("broken-into").volume
    assert volume is not None
    assert volume.low <= BrokenInto.messages <= volume.high


def test_nothing_is_said_to_have_left_when_the_address_was_only_forged() -> None:
    assert report("forged").volume is None


@pytest.mark.parametrize("name", STORIES)
def test_letters_of_people_are_rescued(name: str) -> None:
    rescued = report(name).rescue
    assert any(letter.sender.endswith("@kumopost.example") for letter in rescued)
    assert not any("MAILER-DAEMON" in letter.sender.upper() for letter in rescued)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", STORIES)
def test_make_demo_prints_the_verdict_and_its_status(name: str, lang: str) -> None:
    command = [str(Path(sys.executable).with_name("modori")), "check", "--lang", lang, f"examples/{name}"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "COLUMNS": "80"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == STATUS[name], done.stderr
    assert done.stderr == ""
    first, second, third, blank, *_ = done.stdout.splitlines()
    assert all((first, second, third))
    assert blank == ""
