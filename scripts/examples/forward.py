"""A seed merchant who has everything sent on to a freemail, spam included, and the freemail will not have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story
from tests.servers.lab import exim
from tests.servers.lab.host import Host

_LONDON = ZoneInfo("Europe/London")
_ELSEWHERE = "kit.ballard@lanternmail.example"


class Forward(Story):
    """The provider has one Exim; it writes the mailbox's address on what it sends on, as panels set it up."""

    name = "forward"
    language = "en"
    owner = Address("Kit Ballard", "kit", "hollowoakseeds.example")
    names: ClassVar = {"shop": "Hollow Oak Seeds", "short": "Hollow Oak", "given": "Kit", "surname": "Ballard"}
    zone = _LONDON
    begin = datetime(2026, 10, 19, tzinfo=_LONDON)
    days = 18
    seed = 20261106
    mx = "mail.harbourmail.example"
    relay = mx
    home = ("cust-22.westfibre.example", "203.0.113.22")
    crooks: ClassVar = {f"host{number}.pool.test": f"203.0.113.{number}" for number in range(66, 250, 8)}
    provider: ClassVar = {mx: "192.0.2.51"}
    week = datetime(2026, 11, 2, 3, 10, tzinfo=_LONDON)

    def start_provider(self) -> Host:
        keeper = self.world.host(self.mx, "exim")
        address = self.owner.addr_spec
        exim.start(
            keeper,
            domains=[self.owner.domain],
            mailbox=address,
            forwards={address: _ELSEWHERE},
            passwords={address: PASSWORD},
            strict=True,
        )
        keeper.wait()
        return keeper

    def trouble(self) -> Iterator[Event]:
        """More spam than usual, from many senders, for four days."""
        moment = self.week.timestamp()
        for _ in range(34):
            yield moment, self._junk
            moment += self.chance.expovariate(1 / 9000)
        yield moment + 180, self.rest

    def _junk(self, now: float) -> None:
        client = self.chance.choice(tuple(self.crooks))
        sender = f"news{self.chance.randrange(100, 999)}@offers-{self.chance.randrange(10, 99)}.test"
        post = self.writer.spam(now, (self.owner.addr_spec,), client, sender)
        self.hand_in(post, self.world.addresses[self.mx], client)
