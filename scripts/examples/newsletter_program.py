"""A shop whose newsletter program asks nobody for a password: one night strangers write through it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.story import PASSWORD, Event, Story, mailbox, site_files
from tests.servers.lab import postfix
from tests.servers.lab.host import Host
from tests.servers.lab.website import Site

_TOKYO = ZoneInfo("Asia/Tokyo")
_PROGRAM = "/cgi-bin/tayori/send.cgi"


class NewsletterProgram(Story):
    """The provider has a server for what comes in, one for what goes out, and a web server with Postfix on it."""

    name = "newsletter-program"
    language = "ja"
    owner = Address("早川 澄江", "shop", "sumiredo.example")
    names: ClassVar = {
        "shop": "木と器 すみれ堂",
        "short": "すみれ堂",
        "name": "早川 澄江",
        "family": "早川",
        "given": "Sumie",
        "surname": "Hayakawa",
    }
    zone = _TOKYO
    begin = datetime(2026, 10, 20, tzinfo=_TOKYO)
    days = 18
    seed = 20261105
    mx = "mx12.midorinet.example"
    relay = "out03.midorinet.example"
    web = "www27.midorinet.example"
    home = ("p0144.kita.oceanaccess.example", "203.0.113.14")
    crooks: ClassVar = {f"vps{number}.farnet.test": f"203.0.113.{number}" for number in (81, 126, 201)}
    provider: ClassVar = {mx: "192.0.2.41", relay: "192.0.2.42", web: "192.0.2.47"}
    night = datetime(2026, 11, 5, 1, 12, tzinfo=_TOKYO)

    def start_provider(self) -> Host:
        keeper, relay, web = (self.world.host(name, "postfix") for name in self.provider)
        address = self.owner.addr_spec
        postfix.start(keeper, settings=mailbox(address))
        postfix.start(relay, settings={"notify_classes": ""}, passwords={address: PASSWORD})
        postfix.start(web, settings={"notify_classes": ""})
        self.site = Site(web, "sumiredo", 1043, self.zone)
        self.site.build(site_files("newsletter"), (self.begin - timedelta(days=420)).timestamp()).serve()
        for host in (keeper, relay, web):
            host.wait()
        return keeper

    def evidence(self) -> dict[str, bytes]:
        return self.site.evidence()

    def everyday(self) -> Iterator[Event]:
        """People look at the site as well."""
        yield from super().everyday()
        for day in range(self.days):
            yield self._within(self.begin + timedelta(days=day, hours=8)), self._look

    def trouble(self) -> Iterator[Event]:
        """The owner's own newsletter of each fortnight; then, in one night, nine letters of strangers."""
        for day in (2, 13):
            yield (self.begin + timedelta(days=day, hours=10)).timestamp(), self._newsletter
        yield (self.night - timedelta(hours=5)).timestamp(), self._search
        for number in range(9):
            moment = self.night.timestamp() + number * 1140
            yield moment, self._abuse
            yield moment + 8, self.rest
            if number % 3 == 1:
                yield moment + 300, self.urgent

    def _look(self, now: float) -> None:
        self.site.visit(self.world.addresses["shops.example"], self.chance.choice(("/", "/letter.html")))

    def _newsletter(self, now: float) -> None:
        form = {"subject": "すみれ堂だより", "body": "秋の新作が入りました。お立ち寄りください。\n\nすみれ堂 早川\n"}
        self.site.visit(self.home[1], _PROGRAM, form)

    def _search(self, now: float) -> None:
        client = next(iter(self.crooks.values()))
        for path in ("/wp-login.php", "/cgi-bin/mailform.cgi", "/mail/send.cgi", _PROGRAM.replace("send", "admin")):
            self.site.visit(client, path, agent="python-requests/2.32")

    def _abuse(self, now: float) -> None:
        _, subject, body = self.writer.bait()
        form = {"subject": subject, "body": body, "list": "\n".join(self.victims(6))}
        client = self.chance.choice(tuple(self.crooks.values()))
        self.site.visit(client, _PROGRAM, form, agent="python-requests/2.32")
