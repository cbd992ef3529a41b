"""A shop that writes to everybody who ever bought something, for the first time in six years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.letters import Post
from scripts.examples.story import Event, Story, mailbox
from scripts.examples.world import CUSTOMERS
from tests.servers.lab import postfix, sendmail
from tests.servers.lab.host import Host

_TOKYO = ZoneInfo("Asia/Tokyo")
_LINES = 13  # the mail program splits the list: so many recipients at once


class StaleList(Story):
    """The provider's relay is a sendmail that lets its own lines in without a password."""

    name = "stale-list"
    language = "ja"
    owner = Address("富田 結", "yui", "tomita-togei.example")
    names: ClassVar = {
        "shop": "富田陶芸店",
        "short": "富田陶芸店",
        "name": "富田 結",
        "family": "富田",
        "given": "Yui",
        "surname": "Tomita",
    }
    zone = _TOKYO
    begin = datetime(2026, 10, 19, tzinfo=_TOKYO)
    days = 18
    seed = 20261101
    mx = "mx12.midorinet.example"
    relay = "out07.midorinet.example"
    home = ("p0088.higashi.midorinet.example", "203.0.113.28")
    crooks: ClassVar = {}
    provider: ClassVar = {mx: "192.0.2.41", relay: "192.0.2.44"}
    noon = datetime(2026, 11, 2, 12, 5, tzinfo=_TOKYO)

    def start_provider(self) -> Host:
        keeper, relay = self.world.host(self.mx, "postfix"), self.world.host(self.relay, "sendmail")
        postfix.start(keeper, settings=mailbox(self.owner.addr_spec))
        sendmail.start(relay, routes={})
        keeper.wait()
        relay.wait()
        return keeper

    def submit(self, post: Post, client: str) -> None:
        """No password is asked on the provider's own lines."""
        self.hand_in(post, self.world.addresses[self.relay], client)

    def trouble(self) -> Iterator[Event]:
        """Eleven letters with a dozen recipients each, within half an hour."""
        for number in range(11):
            moment = self.noon.timestamp() + 80 * number
            yield moment, self._invite
            yield moment + 5, self.rest

    def _invite(self, now: float) -> None:
        alive = self.chance.sample(CUSTOMERS, 5)
        post = self.writer.circular(now, (*alive, *self.victims(_LINES - len(alive))))
        self.sent.append((now, post.message))
        self.submit(post, self.home[0])
