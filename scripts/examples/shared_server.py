"""A seed merchant on a shared server: another customer's broken-into site writes her address on its spam."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.letters import Post
from scripts.examples.story import PASSWORD, Event, Story
from tests.servers.lab import exim
from tests.servers.lab.host import Host

_LONDON = ZoneInfo("Europe/London")
_MINE, _NEIGHBOUR = "ashgrove", "kitefly"


class SharedServer(Story):
    """The provider has one Exim for mailboxes and sites; it names the Unix user that hands a letter in."""

    name = "shared-server"
    language = "en"
    owner = Address("Mina Aldous", "hello", "ashgroveseeds.example")
    names: ClassVar = {"shop": "Ashgrove Seeds", "short": "Ashgrove", "given": "Mina", "surname": "Aldous"}
    zone = _LONDON
    begin = datetime(2026, 10, 19, tzinfo=_LONDON)
    days = 18
    seed = 20261107
    mx = "box4.harbourmail.example"
    relay = mx
    home = ("cust-47.westfibre.example", "203.0.113.47")
    crooks: ClassVar = {}
    provider: ClassVar = {mx: "192.0.2.54"}
    night = datetime(2026, 11, 3, 2, 20, tzinfo=_LONDON)

    def start_provider(self) -> Host:
        self.box = self.world.host(self.mx, "exim")
        address = self.owner.addr_spec
        exim.start(self.box, domains=[self.owner.domain], mailbox=address, passwords={address: PASSWORD}, strict=True)
        for number, account in enumerate((_MINE, _NEIGHBOUR), 1031):
            self.box.add_account(account, number)
        self.box.wait()
        return self.box

    def trouble(self) -> Iterator[Event]:
        """The owner's own site passes on enquiries; for five hours of one night the neighbour's site sends."""
        for day in range(0, self.days, 2):
            yield self._within(self.begin + timedelta(days=day, hours=8)), self._enquiry
        moment = self.night.timestamp()
        for number in range(44):
            yield moment, self._spam
            moment += self.chance.expovariate(1 / 420)
            if number % 11 == 5:
                yield moment - 20, self.urgent
        yield moment + 180, self.rest

    def _enquiry(self, now: float) -> None:
        self._run(_MINE, self.writer.enquiry(now, self.mx))

    def _spam(self, now: float) -> None:
        self._run(_NEIGHBOUR, self.writer.spam(now, self.victims(1), self.mx))

    def _run(self, account: str, post: Post) -> None:
        self.box.run_as(account, "/usr/sbin/exim4", "-i", "-f", post.sender, *post.recipients, given=post.message)
