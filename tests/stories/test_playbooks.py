"""Every step of every playbook is advice to somebody: each is reached from the mailbox of a story, or of one that went
on a little differently (another refusal, an answer, another provider)."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from modori import pipeline
from modori.knowledge import table
from modori.pipeline import Told
from modori.show.text import text
from modori.types import Report
from tests.stories import told
from tests.stories.told import STORIES

# What other servers would have said to the letters that came back from the stale list.
REFUSALS = (
    b"550 5.1.1 <someone@shop.example>: Recipient address rejected: User unknown",
    b"551 5.1.6 <someone@shop.example>: User has moved, please try another address",
    b"552 5.3.4 Message size exceeds fixed limit",
    b"554 5.7.1 Message rejected: infected with the virus Eicar-Test-Signature",
    b"554 5.6.0 Fragmented emails are not permitted",
    b"554 5.7.1 This message was classified as spam",
    b"554 5.7.1 Service unavailable; client host blocked using bl.blocklist.example",
    b"450 4.7.1 Too many messages from this sender, please slow down",
    b"550 5.7.1 Relaying denied",
    b"550 5.6.0 This message is not RFC 5322 compliant",
    b"554 5.4.6 Too many hops: mail loop detected",
    b"454 4.7.5 TLS handshake failed",
    b"550 5.7.26 Unauthenticated email is not accepted: the domain has neither SPF nor DKIM",
    b"554 5.7.1 Your account has been suspended from sending",
    b"450 4.4.7 The message could not be delivered for 5 days",
)
UNKNOWN = re.compile(rb"550 5\.1\.1 <([^>\n]{1,99})>(?:\.\.\.|:)[^\n]*User unknown[^\n)]*")
LIMIT = b"Domain bramblelane.example has exceeded the max emails per hour (125/100 (125%)) allowed. Message discarded."


def stories() -> Iterator[Report]:
    yield from map(told.report, STORIES)


def answered() -> Report:
    """The owner cannot log in any more, and somebody bought something."""
    ledger = told.read("broken-into")
    for question in ("cannot-login", "unknown-payment"):
        pipeline.answer(ledger, question, "yes")
    return told.conclude(ledger)


def at_provider(name: str, provider: str) -> Report:
    return told.conclude(told.read(name), Told(provider=provider))


def refused_otherwise(folder: Path, provider: str = "") -> Report:
    """The stale list again, refused for every reason there is."""
    sayings = itertools.cycle(REFUSALS)
    chosen: defaultdict[bytes, bytes] = defaultdict(lambda: next(sayings))
    for file in (told.ROOT / "examples/stale-list").iterdir():
        letters = file.read_bytes().replace(b"\nStatus: 5.1.1", b"\nStatus: 5.0.0")
        (folder / file.name).write_bytes(UNKNOWN.sub(lambda found: chosen[found[1]], letters))
    return told.conclude(pipeline.fold([str(folder)]), Told(provider=provider))


def over_the_limit(folder: Path) -> Report:
    """The infected computer again, until the provider's own server refuses more."""
    for file in (told.ROOT / "examples/infected-computer").iterdir():
        (folder / file.name).write_bytes(re.sub(rb"550 5\.1\.1 [^\n]*(?:\n    User[^\n]*)?", LIMIT, file.read_bytes()))
    return told.conclude(pipeline.fold([str(folder)]))


def before_it_began(name: str) -> Report:
    """The same mailbox on the day before the first letter came back."""
    first = min(campaign.first for campaign in told.report(name).campaigns)
    return told.conclude(pipeline.fold([str(told.ROOT / "examples" / name)], until=first - 60))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, ...]:
    return (
        *stories(),
        answered(),
        at_provider("inbox-only", "sakura"),
        refused_otherwise(tmp_path_factory.mktemp("refused")),
        over_the_limit(tmp_path_factory.mktemp("limit")),
        before_it_began("ordinary"),
    )


def test_every_step_of_every_playbook_is_reached(reports: tuple[Report, ...]) -> None:
    steps = {step for book in table("playbooks").values() for step in book}
    reached = {step.id for report in reports for step in report.plan.steps}
    assert steps - reached == set()


@pytest.mark.parametrize("provider", sorted(table("panels")))
def test_every_page_of_every_provider_is_shown_where_its_step_is(provider: str, tmp_path: Path) -> None:
    panel = table("panels")[provider]
    found = [at_provider("broken-into", provider), at_provider("inbox-only", provider)]
    if "publish-spf-dkim" in panel["pages"]:
        found.append(refused_otherwise(tmp_path, provider))
    for language in told.LANGUAGES:
        shown = bare("".join(text(report, language, verbose=True) for report in found))
        assert [step for step, page in panel["pages"].items() if bare(page[language]) not in shown] == []


def bare(written: str) -> str:
    """Without what the width of the page puts in."""
    return re.sub(r"\s", "", written)
