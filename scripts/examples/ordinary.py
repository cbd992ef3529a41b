"""A seed merchant's ordinary weeks: two letters come back, each with a good reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story
from tests.servers.lab import exim
from tests.servers.lab.host import Host

_LONDON = ZoneInfo("Europe/London")


class Ordinary(Story):
    """The provider has one Exim for everything."""

    name = "ordinary"
    language = "en"
    owner = Address("Wren Hargreaves", "wren", "longmeadowseeds.example")
    names: ClassVar = {"shop": "Long Meadow Seeds", "short": "Long Meadow", "given": "Wren", "surname": "Hargreaves"}
    zone = _LONDON
    begin = datetime(2026, 10, 12, tzinfo=_LONDON)
    days = 26
    seed = 20261107
    mx = "mail.harbourmail.example"
    relay = mx
    home = ("cust-12.westfibre.example", "203.0.113.12")
    crooks: ClassVar = {}
    provider: ClassVar = {mx: "192.0.2.51"}

    def start_provider(self) -> Host:
        keeper = self.world.host(self.mx, "exim")
        address = self.owner.addr_spec
        exim.start(keeper, domains=[self.owner.domain], mailbox=address, passwords={address: PASSWORD}, strict=True)
        keeper.wait()
        return keeper

    def trouble(self) -> Iterator[Event]:
        """A mistyped address, and a mailbox that is full."""
        yield (self.begin + timedelta(days=8, hours=11)).timestamp(), self._mistype
        full = (self.begin + timedelta(days=19, hours=15)).timestamp()
        yield full, self._write_to_full
        yield full + 180, self.rest

    def _mistype(self, now: float) -> None:
        self.write(now, "8beth@inkwelllane.example")

    def _write_to_full(self, now: float) -> None:
        self.write(now, "full3@seaglass.example")
