"""A seed merchant whose address is written on mail that never came near her provider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story, mailbox
from scripts.examples.world import ACCEPT_FIRST, DOMAINS
from tests.servers.lab import postfix
from tests.servers.lab.host import Host

_LONDON = ZoneInfo("Europe/London")


class Forged(Story):
    """The provider has one server for everything."""

    name = "forged"
    language = "en"
    owner = Address("Nora Whitlock", "nora", "fernandquill.example")
    names: ClassVar = {"shop": "Fern & Quill Seeds", "short": "Fern & Quill", "given": "Nora", "surname": "Whitlock"}
    zone = _LONDON
    begin = datetime(2026, 10, 5, tzinfo=_LONDON)
    days = 32
    seed = 20261103
    mx = "mail.harbourmail.example"
    relay = mx
    home = ("cust-58.westfibre.example", "203.0.113.58")
    crooks: ClassVar = {f"host{number}.pool.test": f"203.0.113.{number}" for number in range(64, 250, 6)}
    provider: ClassVar = {mx: "192.0.2.51"}
    dawn = datetime(2026, 11, 3, 4, 20, tzinfo=_LONDON)

    def start_provider(self) -> Host:
        keeper = self.world.host(self.mx, "postfix")
        address = self.owner.addr_spec
        postfix.start(keeper, settings=mailbox(address), passwords={address: PASSWORD})
        keeper.wait()
        return keeper

    def trouble(self) -> Iterator[Event]:
        """For a day and a half a botnet hands its mail to servers that accept everything first."""
        moment = self.dawn.timestamp()
        for number in range(92):
            yield moment, self._forge
            moment += self.chance.expovariate(1 / 1300)
            if number % 19 == 11:
                yield moment - 20, self.urgent
        yield moment + 180, self.rest
        yield (self.begin + timedelta(days=15, hours=14)).timestamp(), self._mistype

    def _forge(self, now: float) -> None:
        client = self.chance.choice(tuple(self.crooks))
        recipients = self.victims(1, domains=ACCEPT_FIRST)
        server = self.world.addresses[DOMAINS[recipients[0].partition("@")[2]]]
        self.hand_in(self.writer.spam(now, recipients, client), server, client)

    def _mistype(self, now: float) -> None:
        self.write(now, "8beth@inkwelllane.example")
