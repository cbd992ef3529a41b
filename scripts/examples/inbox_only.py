"""A nursery that can show its inbox and nothing else: whoever sent used one connection, and no account is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story, mailbox
from tests.servers.lab import postfix
from tests.servers.lab.host import Host

_LONDON = ZoneInfo("Europe/London")


class InboxOnly(Story):
    """The provider has one server for what comes in and another for what goes out, which returns headers only."""

    name = "inbox-only"
    language = "en"
    owner = Address("Fay Dunmore", "fay", "rowanandreed.example")
    names: ClassVar = {"shop": "Rowan & Reed", "short": "Rowan & Reed", "given": "Fay", "surname": "Dunmore"}
    zone = _LONDON
    begin = datetime(2026, 10, 19, tzinfo=_LONDON)
    days = 18
    seed = 20261109
    mx = "mx1.harbourmail.example"
    relay = "out2.harbourmail.example"
    home = ("cust-62.westfibre.example", "203.0.113.62")
    crooks: ClassVar = {"cust-149.westfibre.example": "203.0.113.149"}
    provider: ClassVar = {mx: "192.0.2.56", relay: "192.0.2.57"}
    keeps_copies = False
    night = datetime(2026, 11, 4, 23, 5, tzinfo=_LONDON)

    def start_provider(self) -> Host:
        keeper, relay = self.world.host(self.mx, "postfix"), self.world.host(self.relay, "postfix")
        address = self.owner.addr_spec
        postfix.start(keeper, settings=mailbox(address))
        short = {"notify_classes": "", "bounce_size_limit": "1"}
        postfix.start(relay, settings=short, passwords={address: PASSWORD}, name_account=False)
        keeper.wait()
        relay.wait()
        return keeper

    def trouble(self) -> Iterator[Event]:
        """Five hours of one night."""
        moment = self.night.timestamp()
        for number in range(26):
            yield moment, self._spam
            moment += self.chance.expovariate(1 / 700)
            if number % 7 == 3:
                yield moment - 20, self.urgent
        yield moment + 180, self.rest

    def _spam(self, now: float) -> None:
        (client,) = self.crooks
        strict = ("kumopost.example", "inkwelllane.example")
        self.submit(self.writer.spam(now, self.victims(self.chance.randrange(1, 4), domains=strict), client), client)
