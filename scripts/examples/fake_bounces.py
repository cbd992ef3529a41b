"""A shop that gets letters which pose as bounces and want its password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story, mailbox
from tests.servers.lab import postfix
from tests.servers.lab.host import Host

_TOKYO = ZoneInfo("Asia/Tokyo")


class FakeBounces(Story):
    """The provider has one server for what comes in and another for what goes out."""

    name = "fake-bounces"
    language = "ja"
    owner = Address("森 陽介", "mori", "kinousha.example")
    names: ClassVar = {
        "shop": "木濃舎",
        "short": "木濃舎",
        "name": "森 陽介",
        "family": "森",
        "given": "Yosuke",
        "surname": "Mori",
    }
    zone = _TOKYO
    begin = datetime(2026, 10, 19, tzinfo=_TOKYO)
    days = 18
    seed = 20261108
    mx = "mx12.midorinet.example"
    relay = "out03.midorinet.example"
    home = ("p0190.kita.oceanaccess.example", "203.0.113.19")
    crooks: ClassVar = {f"vps{number}.farnet.test": f"203.0.113.{number}" for number in range(90, 200, 17)}
    provider: ClassVar = {mx: "192.0.2.41", relay: "192.0.2.42"}
    week = datetime(2026, 11, 1, 9, 0, tzinfo=_TOKYO)

    def start_provider(self) -> Host:
        keeper, relay = self.world.host(self.mx, "postfix"), self.world.host(self.relay, "postfix")
        address = self.owner.addr_spec
        postfix.start(keeper, settings=mailbox(address))
        postfix.start(relay, settings={"notify_classes": ""}, passwords={address: PASSWORD})
        keeper.wait()
        relay.wait()
        return keeper

    def trouble(self) -> Iterator[Event]:
        """Two dozen in five days, and one real bounce of a mistyped letter."""
        moment = self.week.timestamp()
        for number in range(24):
            yield moment, self._pose
            moment += self.chance.expovariate(1 / 17000)
            if number % 8 == 5:
                yield moment - 20, self.urgent
        yield (self.begin + timedelta(days=9, hours=11)).timestamp(), self._mistype

    def _pose(self, now: float) -> None:
        client = self.chance.choice(tuple(self.crooks))
        self.hand_in(self.writer.fake(now, client), self.world.addresses[self.mx], client)

    def _mistype(self, now: float) -> None:
        self.write(now, "3kubota@gallery-mugi.example")
