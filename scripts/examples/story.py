"""What all stories share: a provider, an owner with a mail program, and days that pass."""

from __future__ import annotations

import random
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from scripts.examples.letters import Post, Writer
from scripts.examples.world import ACCEPT_FIRST, LOST, STRICT, World
from tests.servers.lab.client import send
from tests.servers.lab.host import ACCOUNTS, FIRST_ID, Host

Event = tuple[float, Callable[[float], None]]
_VMAIL = FIRST_ID + ACCOUNTS.index("vmail")
PASSWORD = "summer2019"
_PAUSE = 0.35  # real seconds that the servers get to deliver, and to bounce, one letter


class Story(ABC):
    """One owner's weeks, played on real servers. A subclass says who provides and what goes wrong."""

    name: str
    language: str
    owner: Address
    names: ClassVar[dict[str, str]]  # what the letters call the owner
    zone: ZoneInfo
    begin: datetime
    days: int
    seed: int
    mx: str  # the provider's exchanger, which holds the mailbox
    relay: str  # the provider's server for the owner's own mail
    home: tuple[str, str]  # the owner's connection: name, address
    crooks: ClassVar[dict[str, str]]  # the culprit's connections
    provider: ClassVar[dict[str, str]]
    keeps_copies: ClassVar[bool] = True  # whether there is a Sent folder to look into

    def __init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.writer = Writer(self.language, self.owner, self.names, self.zone, self.seed)
        clients = {self.home[0]: self.home[1], **self.crooks}
        self.world = World(self.zone.key, self.provider, clients, self.owner.domain, self.mx, self.begin.timestamp())
        self.sent: list[tuple[float, bytes]] = []

    @abstractmethod
    def start_provider(self) -> Host:
        """Start the provider's servers; the one that holds the mailbox."""

    def evidence(self) -> dict[str, bytes]:
        """What the owner can get besides the mailbox: files by name."""
        return {}

    @abstractmethod
    def trouble(self) -> Iterator[Event]:
        """What goes wrong."""

    def play(self, folder: Path) -> None:
        """Let the weeks pass and leave the mailbox in `folder`."""
        keeper = self.start_provider()
        self.world.start_others()
        for moment, act in sorted([*self.everyday(), *self.trouble()], key=lambda event: event[0]):
            self.world.clock.at(moment)
            act(self.world.clock.now())
            time.sleep(_PAUSE)
        time.sleep(3)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(keeper.root / "var/mail/virtual/inbox", folder / "inbox.mbox")
        if self.keeps_copies:
            (folder / "Sent.mbox").write_bytes(b"".join(map(_thunderbird, self.sent)))
        for name, content in self.evidence().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    def everyday(self) -> Iterator[Event]:
        """Some letters come and one or two go each working day, between eight and half past six."""
        for day in range(self.days):
            morning = self.begin.replace(hour=8) + timedelta(days=day)
            quiet = morning.weekday() >= 5
            for _ in range(self.chance.randrange(1, 3) if quiet else self.chance.randrange(3, 6)):
                yield self._within(morning), self.receive
            for _ in range(0 if quiet else self.chance.randrange(3)):
                yield self._within(morning), self.write

    def receive(self, now: float) -> None:
        """An ordinary letter comes in."""
        self._bring(self.writer.ordinary(now))

    def urgent(self, now: float) -> None:
        """Something comes in that must not drown between the bounces."""
        self._bring(self.writer.ordinary(now, ("cart", "pay", "customer", "bank")))

    def rest(self, now: float) -> None:
        """The servers work off what they still have."""
        time.sleep(3)

    def write(self, now: float, to: str = "") -> None:
        """The owner writes, from home, through the provider's relay; the mail program keeps a copy."""
        post = self.writer.sent(now, to)
        self.sent.append((now, post.message))
        self.submit(post, self.home[0])

    def submit(self, post: Post, client: str) -> None:
        """Somebody who knows the owner's password hands in a letter."""
        login = (self.owner.addr_spec, PASSWORD)
        self.hand_in(post, self.world.addresses[self.relay], client, login)

    def victims(self, count: int, *, domains: tuple[str, ...] = (*ACCEPT_FIRST, *STRICT, LOST)) -> tuple[str, ...]:
        """Recipients as spammers have them: many that never existed, some that do."""
        return tuple(f"{self._local()}@{self.chance.choice(domains)}" for _ in range(count))

    def _bring(self, post: Post) -> None:
        """Hand a letter in where its sender does: at the sender's own server, or at the owner's exchanger."""
        if post.via == "direct":
            self.hand_in(post, self.world.addresses[self.mx], "shops.example")
        else:
            self.hand_in(post, self.world.addresses[post.via], self.home[0])

    def _local(self) -> str:
        number = self.chance.randrange(100, 9999)
        kinds = (f"{number}k", f"full{number}", f"closed{number}", f"guard{number}", f"reader{number}")
        return self.chance.choices(kinds, (12, 2, 1, 1, 4))[0]

    def _within(self, morning: datetime) -> float:
        return morning.timestamp() + self.chance.uniform(0, 10.5 * 3600)

    def hand_in(self, post: Post, server: str, client: str, login: tuple[str, str] | None = None) -> None:
        source = self.world.addresses[client]
        send(post.message, post.sender, post.recipients, server=server, source=source, helo=client, login=login)


def site_files(name: str) -> dict[str, str]:
    """Path -> text of a site under sites/."""
    root = Path(__file__).parent / "sites" / name
    return {str(file.relative_to(root)): file.read_text("utf-8") for file in sorted(root.rglob("*")) if file.is_file()}


def mailbox(owner: str) -> dict[str, str]:
    """Postfix's settings for the server that holds the owner's mailbox, as one mbox."""
    return {
        "virtual_mailbox_domains": owner.partition("@")[2],
        "virtual_mailbox_base": "/var/mail/virtual",
        "virtual_mailbox_maps": f"inline:{{ {{{owner} = inbox}} }}",
        "virtual_uid_maps": f"static:{_VMAIL}",
        "virtual_gid_maps": f"static:{_VMAIL}",
        "virtual_minimum_uid": "1",
        "virtual_mailbox_limit": "0",
        "delay_warning_time": "4h",
        "notify_classes": "",
    }


def _thunderbird(copy: tuple[float, bytes]) -> bytes:
    """A message as Thunderbird files it under Sent."""
    moment, message = copy
    head = f"From - {time.asctime(time.gmtime(moment))}\nX-Mozilla-Status: 0001\n"
    return head.encode() + message.rstrip(b"\n") + b"\n\n"
