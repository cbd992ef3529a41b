"""A shop with two troubles in one night: its password is stolen, and a botnet writes its address as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story, mailbox
from scripts.examples.world import ACCEPT_FIRST, DOMAINS
from tests.servers.lab import postfix
from tests.servers.lab.host import Host

_TOKYO = ZoneInfo("Asia/Tokyo")


class TwoAtOnce(Story):
    """Nine of ten bounces come from strangers' servers and mean nothing; the tenth does."""

    name = "two-at-once"
    language = "ja"
    owner = Address("水野 遥", "haruka", "mizuno-shokki.example")
    names: ClassVar = {
        "shop": "水野食器店",
        "short": "水野食器店",
        "name": "水野 遥",
        "family": "水野",
        "given": "Haruka",
        "surname": "Mizuno",
    }
    zone = _TOKYO
    begin = datetime(2026, 10, 24, tzinfo=_TOKYO)
    days = 13
    seed = 20261110
    mx = "mx12.midorinet.example"
    relay = "out03.midorinet.example"
    home = ("p0051.kita.oceanaccess.example", "203.0.113.51")
    thieves: ClassVar = {f"dyn{number}.farnet.test": f"203.0.113.{number}" for number in (73, 111, 158)}
    botnet: ClassVar = {f"host{number}.pool.test": f"203.0.113.{number}" for number in range(67, 250, 9)}
    crooks: ClassVar = {**botnet, **thieves}
    provider: ClassVar = {mx: "192.0.2.41", relay: "192.0.2.42"}
    evening = datetime(2026, 11, 4, 20, 15, tzinfo=_TOKYO)

    def start_provider(self) -> Host:
        keeper, relay = self.world.host(self.mx, "postfix"), self.world.host(self.relay, "postfix")
        address = self.owner.addr_spec
        postfix.start(keeper, settings=mailbox(address))
        postfix.start(relay, settings={"notify_classes": ""}, passwords={address: PASSWORD})
        keeper.wait()
        relay.wait()
        return keeper

    def trouble(self) -> Iterator[Event]:
        """The botnet all night and all day; the thief in the middle of it, carefully."""
        moment = self.evening.timestamp()
        for number in range(64):
            yield moment, self._forge
            if number in range(16, 58, 7):
                yield moment + 40, self._steal
            if number % 16 == 9:
                yield moment + 60, self.urgent
            moment += self.chance.expovariate(1 / 1100)
        yield moment + 180, self.rest

    def _forge(self, now: float) -> None:
        client = self.chance.choice(tuple(self.botnet))
        recipients = self.victims(1, domains=ACCEPT_FIRST)
        server = self.world.addresses[DOMAINS[recipients[0].partition("@")[2]]]
        self.hand_in(self.writer.spam(now, recipients, client), server, client)

    def _steal(self, now: float) -> None:
        client = self.chance.choice(tuple(self.thieves))
        self.submit(self.writer.spam(now, self.victims(2), client), client)
