"""A nursery whose office computer sends by itself: the right password, from the right address, at the wrong hours."""

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


class InfectedComputer(Story):
    """The provider has one Exim for everything, and gives its log to the customer."""

    name = "infected-computer"
    language = "en"
    owner = Address("Orla Keane", "orla", "bramblelane.example")
    names: ClassVar = {"shop": "Bramble Lane Nursery", "short": "Bramble Lane", "given": "Orla", "surname": "Keane"}
    zone = _LONDON
    begin = datetime(2026, 10, 19, tzinfo=_LONDON)
    days = 18
    seed = 20261104
    mx = "mail.harbourmail.example"
    relay = mx
    home = ("cust-31.westfibre.example", "203.0.113.31")
    crooks: ClassVar = {}
    provider: ClassVar = {mx: "192.0.2.51"}
    morning = datetime(2026, 11, 4, 8, 40, tzinfo=_LONDON)

    def start_provider(self) -> Host:
        keeper = self.world.host(self.mx, "exim")
        address = self.owner.addr_spec
        exim.start(keeper, domains=[self.owner.domain], mailbox=address, passwords={address: PASSWORD}, strict=True)
        keeper.wait()
        return keeper

    def evidence(self) -> dict[str, bytes]:
        """The provider hands out what is about letters, without the daemon's talk about itself."""
        log = (self.world.place / self.mx / "root/var/log/exim4/mainlog").read_text()
        lines = [line for line in log.splitlines(keepends=True) if "queue run" not in line and "daemon" not in line]
        return {"exim_mainlog": "".join(lines).encode()}

    def trouble(self) -> Iterator[Event]:
        """On two working days the computer sends on its own, whenever it is switched on."""
        for day in range(2):
            moment = (self.morning + timedelta(days=day)).timestamp()
            for number in range(12):
                yield moment, self._spread
                moment += self.chance.expovariate(1 / 1500)
                if number % 6 == 4:
                    yield moment - 20, self.urgent
        yield moment + 180, self.rest
        yield (self.begin + timedelta(days=7, hours=14)).timestamp(), self._mistype

    def _spread(self, now: float) -> None:
        self.submit(self.writer.spam(now, self.victims(self.chance.randrange(2, 4)), "ORLA-PC"), self.home[0])

    def _mistype(self, now: float) -> None:
        self.write(now, "8beth@inkwelllane.example")
