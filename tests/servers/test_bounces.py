"""Bounces written by real servers during this test run say what really happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from modori.explain import explain
from modori.parse import original, parse
from modori.read import one
from modori.recognise import recognise
from modori.types import Bounce, Letter, Place
from tests.servers.lab.backscatter import GATEWAYS, VICTIM, recipients

pytestmark = pytest.mark.servers

REASONS = {"nobody": "user-unknown", "full": "mailbox-full"}


def read(folder: Path, server: str) -> list[tuple[Letter, Bounce]]:
    pairs = []
    for file in sorted((folder / server).glob("*.eml")):
        letter = one(file.read_bytes(), Place(str(file), 0, file.stat().st_size))
        bounce = parse(letter, recognise(letter))
        assert bounce is not None, f"{server}: {file.read_text(errors='replace')}"
        pairs.append((letter, explain(bounce)))
    return pairs


@pytest.mark.parametrize("server", GATEWAYS)
def test_every_failed_recipient_is_found_with_its_reason(backscatter: Path, server: str) -> None:
    found = {}
    for _, bounce in read(backscatter, server):
        for failure in bounce.failures:
            assert failure.reason is not None
            found[failure.recipient] = failure.reason.code
    assert found == {address: REASONS[address.partition("@")[0]] for address in recipients(server)}


@pytest.mark.parametrize("server", GATEWAYS)
def test_the_writer_and_the_reply_are_known(backscatter: Path, server: str) -> None:
    for _, bounce in read(backscatter, server):
        (failure,) = bounce.failures
        assert bounce.writer == f"{server}.lab.example"
        assert (failure.action, failure.reply) == ("failed", 550 if failure.recipient.startswith("nobody") else 552)


@pytest.mark.parametrize("server", GATEWAYS)
def test_the_returned_letter_is_the_one_that_was_sent(backscatter: Path, server: str) -> None:
    for letter, bounce in read(backscatter, server):
        returned = original(letter, bounce)
        assert returned is not None
        assert (returned.sender, returned.subject) == (VICTIM, "お支払い方法の更新をお願いします")
        assert returned.message_id.endswith(".4711@botnet-44.example")
