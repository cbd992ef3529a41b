"""A shop whose contact form thanks everybody who writes: robots fill it in under the addresses of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story, mailbox, site_files
from tests.servers.lab import opensmtpd, postfix
from tests.servers.lab.host import Host
from tests.servers.lab.website import Site

_TOKYO = ZoneInfo("Asia/Tokyo")
_FORM = "/cgi-bin/contact.cgi"


class FormAnswers(Story):
    """The provider's web server runs OpenSMTPD."""

    name = "form-answers"
    language = "ja"
    owner = Address("橘 千春", "toiawase", "utsuwakomichi.example")
    names: ClassVar = {
        "shop": "うつわの小径",
        "short": "小径",
        "name": "橘 千春",
        "family": "橘",
        "given": "Chiharu",
        "surname": "Tachibana",
    }
    zone = _TOKYO
    begin = datetime(2026, 10, 19, tzinfo=_TOKYO)
    days = 18
    seed = 20261102
    mx = "mx12.midorinet.example"
    relay = "out03.midorinet.example"
    web = "www05.midorinet.example"
    home = ("p0201.minami.oceanaccess.example", "203.0.113.20")
    crooks: ClassVar = {f"host{number}.pool.test": f"203.0.113.{number}" for number in range(70, 240, 11)}
    provider: ClassVar = {mx: "192.0.2.41", relay: "192.0.2.42", web: "192.0.2.45"}
    evening = datetime(2026, 11, 2, 19, 30, tzinfo=_TOKYO)

    def start_provider(self) -> Host:
        keeper, relay = self.world.host(self.mx, "postfix"), self.world.host(self.relay, "postfix")
        web = self.world.host(self.web, "opensmtpd")
        address = self.owner.addr_spec
        postfix.start(keeper, settings=mailbox(address))
        postfix.start(relay, settings={"notify_classes": ""}, passwords={address: PASSWORD})
        opensmtpd.start(web)
        self.site = Site(web, "komichi", 1019, self.zone)
        self.site.build(site_files("form"), (self.begin - timedelta(days=300)).timestamp()).serve()
        for host in (keeper, relay, web):
            host.wait()
        return keeper

    def evidence(self) -> dict[str, bytes]:
        return self.site.evidence()

    def trouble(self) -> Iterator[Event]:
        """Now and then a customer uses the form; for a night and a day robots do."""
        for day in range(1, self.days, 3):
            yield self._within(self.begin + timedelta(days=day, hours=8)), self._enquire
        moment = self.evening.timestamp()
        for number in range(46):
            yield moment, self._flood
            moment += self.chance.expovariate(1 / 1500)
            if number % 11 == 6:
                yield moment - 20, self.urgent
        yield moment + 180, self.rest

    def _enquire(self, now: float) -> None:
        post = self.writer.ordinary(now, ("customer",))
        form = {"name": "フォームのお客様", "mail": post.sender, "text": "日曜日も開いていますか。教えてください。"}
        self.site.visit(self.world.addresses["shops.example"], _FORM, form)

    def _flood(self, now: float) -> None:
        _, subject, body = self.writer.bait()
        form = {"name": subject, "mail": self.victims(1)[0], "text": body}
        client = self.chance.choice(tuple(self.crooks.values()))
        self.site.visit(client, _FORM, form, agent="Mozilla/5.0 (compatible)")
