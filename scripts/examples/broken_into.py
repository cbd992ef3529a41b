"""A pottery shop whose mail password was stolen: in one night somebody sends through its own provider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story, mailbox
from scripts.examples.world import CUSTOMERS
from tests.servers.lab import postfix
from tests.servers.lab.host import Host

_TOKYO = ZoneInfo("Asia/Tokyo")


class BrokenInto(Story):
    """The provider has one server for what comes in and another for what goes out."""

    name = "broken-into"
    language = "ja"
    owner = Address("小野寺 茜", "info", "utsuwa-hiyori.example")
    names: ClassVar = {
        "shop": "うつわ屋ひより",
        "short": "ひより",
        "name": "小野寺 茜",
        "family": "小野寺",
        "given": "Akane",
        "surname": "Onodera",
    }
    zone = _TOKYO
    begin = datetime(2026, 10, 12, tzinfo=_TOKYO)
    days = 29
    seed = 20261109
    mx = "mx12.midorinet.example"
    relay = "out03.midorinet.example"
    home = ("p0172.kita.oceanaccess.example", "203.0.113.17")
    crooks: ClassVar = {f"dyn{number}.farnet.test": f"203.0.113.{number}" for number in (71, 88, 94, 117, 133, 160)}
    provider: ClassVar = {mx: "192.0.2.41", relay: "192.0.2.42"}
    messages = 34
    night = datetime(2026, 11, 8, 22, 48, tzinfo=_TOKYO)

    def start_provider(self) -> Host:
        keeper, relay = self.world.host(self.mx, "postfix"), self.world.host(self.relay, "postfix")
        address = self.owner.addr_spec
        postfix.start(keeper, settings=mailbox(address))
        out = {"delay_warning_time": "4h", "notify_classes": ""}
        postfix.start(relay, settings=out, passwords={address: PASSWORD})
        keeper.wait()
        relay.wait()
        return keeper

    def trouble(self) -> Iterator[Event]:
        """A try to a mailbox of the culprit's own, then an hour later a wave of six and a half hours."""
        yield (self.night - timedelta(minutes=64)).timestamp(), self._probe
        moment = self.night.timestamp()
        for number in range(self.messages):
            yield moment, self._spam
            moment += self.chance.expovariate(1 / 680)
            if number % 7 == 3:
                yield moment - 20, self.urgent
        yield moment + 180, self.rest
        yield (self.begin + timedelta(days=9, hours=11)).timestamp(), self._mistype

    def _probe(self, now: float) -> None:
        client = next(iter(self.crooks))
        self.submit(self.writer.spam(now, CUSTOMERS[-1:], client), client)

    def _spam(self, now: float) -> None:
        client = self.chance.choice(tuple(self.crooks))
        self.submit(self.writer.spam(now, self.victims(self.chance.randrange(2, 6)), client), client)

    def _mistype(self, now: float) -> None:
        self.write(now, "3kubota@gallery-mugi.example")
